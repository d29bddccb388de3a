//! XML as an indented listing, one element to a line, for review in a diff.
//!
//! Attributes, entities and text are as they are in the file. White space between elements is left out; text that
//! shares an element with other elements gets a line of its own. Document type declarations are refused (no part of
//! our artifacts has one, and they are the way to blow a file up), as is nesting deeper than [`DEPTH`].

use quick_xml::Reader;
use quick_xml::events::Event;

/// Deepest nesting of elements that is listed.
const DEPTH: usize = 200;

/// The listing, with a final line end, or what is wrong with the XML and at which byte.
pub(super) fn listing(xml: &[u8]) -> Result<String, String> {
    let text = std::str::from_utf8(xml)
        .map_err(|error| format!("not UTF-8 from byte {} on", error.valid_up_to()))?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut list = Listing::default();
    loop {
        let event = reader
            .read_event()
            .map_err(|error| format!("byte {}: {error}", reader.error_position()))?;
        let end = matches!(event, Event::Eof);
        list.event(event)
            .map_err(|error| format!("byte {}: {error}", reader.buffer_position()))?;
        if end {
            return Ok(list.out);
        }
    }
}

#[derive(Default)]
struct Listing {
    out: String,
    depth: usize,
    /// A start tag that is not written yet, because text alone may follow it on its line.
    open: Option<String>,
    /// Text since the last tag.
    text: String,
    /// Whether the document element was there.
    seen: bool,
}

impl Listing {
    fn event(&mut self, event: Event) -> Result<(), String> {
        match event {
            Event::Start(tag) => {
                self.settle();
                self.open = Some(format!("<{}>", utf8(&tag)?));
                self.depth += 1;
                self.seen = true;
                if self.depth > DEPTH {
                    return Err(format!("elements are nested deeper than {DEPTH}"));
                }
            }
            Event::Empty(tag) => {
                self.settle();
                self.seen = true;
                self.line(&format!("<{}/>", utf8(&tag)?.trim_end()));
            }
            Event::End(tag) => self.close(&utf8(&tag)?)?,
            Event::Text(text) => self
                .text
                .push_str(&utf8(&text)?.replace('\n', "&#10;").replace('\r', "&#13;")),
            Event::GeneralRef(name) => self.text.push_str(&format!("&{};", utf8(&name)?)),
            Event::CData(text) => self.text.push_str(&format!(
                "<![CDATA[{}]]>",
                utf8(&text)?.replace('\n', "&#10;")
            )),
            Event::Comment(text) => {
                self.settle();
                self.line(&format!("<!--{}-->", utf8(&text)?.replace('\n', " ")));
            }
            Event::Decl(declaration) => self.line(&format!("<?{}?>", utf8(&declaration)?)),
            Event::PI(instruction) => {
                self.settle();
                self.line(&format!("<?{}?>", utf8(&instruction)?.replace('\n', " ")));
            }
            Event::DocType(_) => return Err("document type declarations are refused".into()),
            Event::Eof => self.finish()?,
        }
        Ok(())
    }

    /// Writes what waits: a start tag, and text that is between elements.
    fn settle(&mut self) {
        if let Some(open) = self.open.take() {
            let depth = self.depth - 1;
            self.write(depth, &open);
        }
        let text = std::mem::take(&mut self.text);
        if !blank(&text) {
            self.write(self.depth, &text);
        }
    }

    fn close(&mut self, name: &str) -> Result<(), String> {
        let depth = self
            .depth
            .checked_sub(1)
            .ok_or("an end tag without a start tag")?;
        match self.open.take() {
            Some(open) if self.text.is_empty() => self.write(depth, &format!("{open}</{name}>")),
            Some(open) => {
                let text = std::mem::take(&mut self.text);
                self.write(depth, &format!("{open}{text}</{name}>"));
            }
            None => {
                self.settle();
                self.write(depth, &format!("</{name}>"));
            }
        }
        self.depth = depth;
        Ok(())
    }

    fn finish(&mut self) -> Result<(), String> {
        self.settle();
        match (self.depth, self.seen) {
            (0, true) => Ok(()),
            (0, false) => Err("there is no element".into()),
            _ => Err("the XML ends before its elements do".into()),
        }
    }

    fn line(&mut self, text: &str) {
        self.write(self.depth, text);
    }

    fn write(&mut self, depth: usize, text: &str) {
        for _ in 0..depth {
            self.out.push_str("  ");
        }
        self.out.push_str(text);
        self.out.push('\n');
    }
}

fn blank(text: &str) -> bool {
    text.replace("&#10;", "")
        .replace("&#13;", "")
        .trim_matches([' ', '\t'])
        .is_empty()
}

fn utf8(bytes: &[u8]) -> Result<String, String> {
    std::str::from_utf8(bytes)
        .map(str::to_string)
        .map_err(|_| "not UTF-8".to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_element_stands_on_a_line_and_text_as_it_is() {
        let xml = br#"<?xml version="1.0"?><w:p a="1" b='2'><w:r><w:t xml:space="preserve"> a &amp; b </w:t><w:br/></w:r></w:p>"#;
        let expected = "<?xml version=\"1.0\"?>\n<w:p a=\"1\" b='2'>\n  <w:r>\n    <w:t xml:space=\"preserve\"> a &amp; b </w:t>\n    <w:br/>\n  </w:r>\n</w:p>\n";
        assert_eq!(listing(xml).unwrap(), expected);
    }

    #[test]
    fn white_space_between_elements_is_left_out_and_a_text_of_blanks_is_kept() {
        assert_eq!(
            listing(b"<a>\n  <b> </b>\n</a>").unwrap(),
            "<a>\n  <b> </b>\n</a>\n"
        );
    }

    #[test]
    fn text_beside_elements_gets_its_own_line() {
        assert_eq!(
            listing(b"<a>one<b/>two</a>").unwrap(),
            "<a>\n  one\n  <b/>\n  two\n</a>\n"
        );
    }

    #[test]
    fn line_ends_in_text_stay_visible() {
        assert_eq!(listing(b"<a>x\ny</a>").unwrap(), "<a>x&#10;y</a>\n");
    }

    #[test]
    fn hostile_xml_is_an_error() {
        let deep = "<a>".repeat(5_000);
        let cases: [&[u8]; 8] = [
            b"",
            b"<a>",
            b"</a>",
            b"<a></b>",
            b"<a",
            b"<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
            b"<a>\xff</a>",
            deep.as_bytes(),
        ];
        for xml in cases {
            assert!(
                listing(xml).is_err(),
                "{:?}",
                String::from_utf8_lossy(&xml[..xml.len().min(40)])
            );
        }
    }
}
