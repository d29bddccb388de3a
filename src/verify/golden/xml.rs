//! XML as an indented listing, one element to a line, for review in a diff.
//!
//! Attributes, entities and text are as they are in the file. White space between elements is left out; text that
//! shares an element with other elements gets a line of its own.

use crate::verify::xml::{Element, parse};

/// The listing, with a final line end, or what is wrong with the XML.
pub(super) fn listing(xml: &[u8]) -> Result<String, String> {
    let document = parse(xml)?;
    let text = document.input_text();
    let mut list = Listing {
        text,
        out: String::new(),
    };
    // The declaration is no part of the tree.
    if let Some((declaration, _)) = text
        .strip_prefix("<?xml")
        .and_then(|_| text.split_once("?>"))
    {
        list.line(0, &format!("{declaration}?>"));
    }
    document
        .root()
        .children()
        .for_each(|node| list.node(node, 0));
    Ok(list.out)
}

struct Listing<'a> {
    text: &'a str,
    out: String,
}

impl Listing<'_> {
    fn node(&mut self, node: Element<'_>, depth: usize) {
        let whole = &self.text[node.range()];
        if node.is_text() {
            let text = visible(whole);
            if !blank(&text) {
                self.line(depth, &text);
            }
        } else if let (Some(first), Some(last)) = (node.first_child(), node.last_child()) {
            let start = &self.text[node.range().start..first.range().start];
            let end = &self.text[last.range().end..node.range().end];
            if node.children().all(|child| child.is_text()) {
                let inside = &self.text[first.range().start..last.range().end];
                return self.line(depth, &format!("{start}{}{end}", visible(inside)));
            }
            self.line(depth, start);
            node.children()
                .for_each(|child| self.node(child, depth + 1));
            self.line(depth, end);
        } else if node.is_element() {
            self.line(depth, whole);
        } else {
            self.line(depth, &whole.replace('\n', " "));
        }
    }

    fn line(&mut self, depth: usize, text: &str) {
        for _ in 0..depth {
            self.out.push_str("  ");
        }
        self.out.push_str(text);
        self.out.push('\n');
    }
}

fn visible(text: &str) -> String {
    text.replace('\n', "&#10;").replace('\r', "&#13;")
}

fn blank(text: &str) -> bool {
    text.replace("&#10;", "")
        .replace("&#13;", "")
        .trim_matches([' ', '\t'])
        .is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_element_stands_on_a_line_and_text_as_it_is() {
        let xml = br#"<?xml version="1.0"?><w:p xmlns:w="w" a="1" b='2'><w:r><w:t xml:space="preserve"> a &amp; b </w:t><w:br/></w:r></w:p>"#;
        let expected = "<?xml version=\"1.0\"?>\n<w:p xmlns:w=\"w\" a=\"1\" b='2'>\n  <w:r>\n    <w:t xml:space=\"preserve\"> a &amp; b </w:t>\n    <w:br/>\n  </w:r>\n</w:p>\n";
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
}
