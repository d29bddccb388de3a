//! From the character codes of a font to Unicode: ToUnicode CMaps (ISO 32000-1, 9.10.3) and, where a simple font has
//! none, the Windows code page.

use std::collections::BTreeMap;

use encoding_rs::WINDOWS_1252;

use super::file::utf16;

/// Most codes of one CMap.
const CODES: usize = 1 << 17;

/// A map from character codes to text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CMap(BTreeMap<u32, String>);

impl CMap {
    /// The text of a code.
    pub(crate) fn get(&self, code: u32) -> Option<&str> {
        self.0.get(&code).map(String::as_str)
    }

    /// The texts of all codes.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }

    /// Reads a CMap; what is no `bfchar` or `bfrange` section is passed over.
    pub(crate) fn parse(content: &[u8]) -> Result<CMap, String> {
        let mut map = CMap::default();
        let mut section = Section::None;
        for token in Tokens(content) {
            section = match (&section, token) {
                (_, Token::Word(b"beginbfchar")) => Section::Chars(Vec::new()),
                (_, Token::Word(b"beginbfrange")) => Section::Ranges(Vec::new()),
                (Section::None, _) => Section::None,
                (_, Token::Word(_)) => {
                    map.add(section)?;
                    Section::None
                }
                (_, Token::Hex(bytes)) => section.with(Item::Code(bytes)),
                (_, Token::Open) => section.with(Item::Open),
                (_, Token::Close) => section.with(Item::Close),
            };
        }
        Ok(map)
    }

    fn add(&mut self, section: Section) -> Result<(), String> {
        match section {
            Section::None => {}
            Section::Chars(items) => {
                for pair in items.chunks(2) {
                    if let [Item::Code(code), Item::Code(text)] = pair {
                        self.put(number(code), utf16(text))?;
                    }
                }
            }
            Section::Ranges(items) => self.add_ranges(&items)?,
        }
        Ok(())
    }

    fn add_ranges(&mut self, mut items: &[Item]) -> Result<(), String> {
        while let [Item::Code(first), Item::Code(last), rest @ ..] = items {
            let (first, last) = (number(first), number(last));
            if last.saturating_sub(first) as usize > CODES {
                return Err("a font's character map has too large a range".into());
            }
            if let [Item::Open, rest @ ..] = rest {
                let end = rest
                    .iter()
                    .position(|item| *item == Item::Close)
                    .unwrap_or(rest.len());
                for (code, item) in (first..=last).zip(&rest[..end]) {
                    if let Item::Code(text) = item {
                        self.put(code, utf16(text))?;
                    }
                }
                items = rest.get(end + 1..).unwrap_or_default();
            } else if let [Item::Code(text), rest @ ..] = rest {
                for code in first..=last {
                    self.put(code, following(text, code - first))?;
                }
                items = rest;
            } else {
                break;
            }
        }
        Ok(())
    }

    fn put(&mut self, code: u32, text: String) -> Result<(), String> {
        self.0.insert(code, text);
        if self.0.len() > CODES {
            Err("a font's character map is too large".into())
        } else {
            Ok(())
        }
    }
}

/// The text that follows `text` by `steps`: its last code unit counted up.
fn following(text: &[u8], steps: u32) -> String {
    let mut bytes = text.to_vec();
    let at = bytes.len().saturating_sub(2);
    let last = number(&bytes[at..]).wrapping_add(steps) as u16;
    bytes.truncate(at);
    bytes.extend(last.to_be_bytes());
    utf16(&bytes)
}

fn number(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .fold(0, |number, &byte| number << 8 | u32::from(byte))
}

/// The character of a code of the Windows code page 1252.
pub(crate) fn windows_1252(code: u8) -> char {
    let code = [code];
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(&code);
    let codes_without_letter = '\u{80}'..='\u{9f}';
    let letter = text.chars().next();
    letter
        .filter(|c| !codes_without_letter.contains(c))
        .unwrap_or('\u{fffd}')
}

#[derive(Debug, PartialEq, Eq)]
enum Item {
    Code(Vec<u8>),
    Open,
    Close,
}

enum Section {
    None,
    Chars(Vec<Item>),
    Ranges(Vec<Item>),
}

impl Section {
    fn with(self, item: Item) -> Section {
        match self {
            Section::None => Section::None,
            Section::Chars(mut items) => {
                items.push(item);
                Section::Chars(items)
            }
            Section::Ranges(mut items) => {
                items.push(item);
                Section::Ranges(items)
            }
        }
    }
}

enum Token<'a> {
    Word(&'a [u8]),
    Hex(Vec<u8>),
    Open,
    Close,
}

struct Tokens<'a>(&'a [u8]);

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let (&first, rest) = self.0.split_first()?;
            match first {
                b'%' => {
                    self.0 = &rest[rest
                        .iter()
                        .position(|&byte| byte == b'\n')
                        .unwrap_or(rest.len())..]
                }
                b'[' | b']' => {
                    self.0 = rest;
                    return Some(if first == b'[' {
                        Token::Open
                    } else {
                        Token::Close
                    });
                }
                b'<' if rest.first() != Some(&b'<') => {
                    let end = rest
                        .iter()
                        .position(|&byte| byte == b'>')
                        .unwrap_or(rest.len());
                    self.0 = rest.get(end + 1..).unwrap_or_default();
                    return Some(Token::Hex(hex(&rest[..end])));
                }
                b if b.is_ascii_alphanumeric() => {
                    let end = self
                        .0
                        .iter()
                        .position(|byte| !byte.is_ascii_alphanumeric())
                        .unwrap_or(self.0.len());
                    let (word, rest) = self.0.split_at(end);
                    self.0 = rest;
                    return Some(Token::Word(word));
                }
                _ => self.0 = rest,
            }
        }
    }
}

fn hex(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = digits
        .iter()
        .filter_map(|&digit| char::from(digit).to_digit(16))
        .map(|d| d as u8)
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_codes_ranges_and_lists_are_read() {
        let text = b"1 begincodespacerange <0000> <ffff> endcodespacerange\n2 beginbfchar\n<0001> <0041>\n<0002> <00660069>\n\
            endbfchar 2 beginbfrange <0010> <0012> <0061> <0020> <0021> [<0078> <D83DDE42>] endbfrange";
        let map = CMap::parse(text).unwrap();
        let found: Vec<_> = [1, 2, 0x10, 0x12, 0x20, 0x21]
            .iter()
            .map(|&code| map.get(code).unwrap())
            .collect();
        assert_eq!(found, ["A", "fi", "a", "c", "x", "🙂"]);
        assert_eq!(map.get(0), None);
    }

    #[test]
    fn a_hostile_map_is_an_error_or_empty_and_ends() {
        assert!(CMap::parse(b"beginbfrange <00000000> <ffffffff> <0041> endbfrange").is_err());
        for text in [
            &b"beginbfchar <00"[..],
            b"beginbfrange <01> <02> [",
            b"<<>>[]<",
            b"beginbfrange <02> <01> <0041> endbfrange",
        ] {
            assert_eq!(CMap::parse(text).unwrap(), CMap::default());
        }
    }
}
