//! Signs of a Word file as CommonMark, with their marks.

use super::edit::Refusal;
use super::flow::{self, Shown, Sign};
use crate::document::markup::Look;

/// Signs as CommonMark, with their marks.
pub(super) fn marked(
    signs: &[Sign],
    marks: &dyn Fn(&Sign) -> Look,
    in_cell: bool,
    label: &mut dyn FnMut(&Shown) -> Result<String, Refusal>,
) -> Result<String, Refusal> {
    let mut text = String::new();
    let mut open: Vec<&'static str> = Vec::new();
    let mut link: Option<String> = None;
    let mut at = 0;
    while at < signs.len() {
        let look = marks(&signs[at]);
        // White space and marks of notes belong to no emphasis: a closing sign would not be read behind a space.
        let loose = |sign: &Sign| flow::is_space(sign) || matches!(sign.shown, Shown::Note(..));
        if loose(&signs[at]) {
            let end = signs[at..].iter().position(|sign| !loose(sign));
            let end = end.map_or(signs.len(), |end| at + end);
            let next = signs.get(end).map(marks);
            let notes = signs[at..end]
                .iter()
                .any(|sign| matches!(sign.shown, Shown::Note(..)));
            let same = next.is_some_and(|next| {
                delimiters(&next) == open && next.link == link && !notes && !next.code
            });
            if !same {
                close(&mut text, &mut open, &mut link);
            }
            for sign in &signs[at..end] {
                match &sign.shown {
                    Shown::Char(c) => text.push(if c.is_whitespace() { ' ' } else { *c }),
                    Shown::Break => text.push_str("\\\n"),
                    note => text.push_str(&label(note)?),
                }
            }
            at = end;
            continue;
        }
        if look.code {
            close(&mut text, &mut open, &mut link);
            let end = signs[at..]
                .iter()
                .position(|sign| !marks(sign).code)
                .map_or(signs.len(), |end| at + end);
            let code: String = signs[at..end]
                .iter()
                .filter_map(|sign| match sign.shown {
                    Shown::Char(c) => Some(c),
                    _ => None,
                })
                .collect();
            if code.contains('`') {
                return Err("a backquote within code".to_owned());
            }
            text.push_str(&format!("`{code}`"));
            at = end;
            continue;
        }
        let wanted = delimiters(&look);
        if wanted != open || look.link != link {
            close(&mut text, &mut open, &mut link);
            if look.link.is_some() {
                text.push('[');
                link = look.link.clone();
            }
            wanted.iter().for_each(|sign| text.push_str(sign));
            open = wanted;
        }
        match &signs[at].shown {
            Shown::Char(c) => push(*c, &mut text, in_cell),
            Shown::Picture(_) => {
                return Err("a picture cannot be put into a line; add it as a `figure`".to_owned());
            }
            Shown::Filled => {
                return Err("a field was added, which the source writes as a reference".to_owned());
            }
            Shown::Break | Shown::Note(..) => {}
        }
        at += 1;
    }
    close(&mut text, &mut open, &mut link);
    Ok(text)
}

/// The signs around words of a look, the outermost first.
fn delimiters(look: &Look) -> Vec<&'static str> {
    [
        (look.strong, "**"),
        (look.emphasis, "*"),
        (look.struck, "~~"),
        (look.raised, "^"),
        (look.lowered, "~"),
    ]
    .into_iter()
    .filter_map(|(has, sign)| has.then_some(sign))
    .collect()
}

fn close(text: &mut String, open: &mut Vec<&'static str>, link: &mut Option<String>) {
    for sign in open.drain(..).rev() {
        text.push_str(sign);
    }
    if let Some(address) = link.take() {
        text.push_str(&format!("]({address})"));
    }
}

/// Adds a character so that it stands for itself; a star between spaces does so anyway.
pub(super) fn push(c: char, text: &mut String, in_cell: bool) {
    let escaped = match c {
        '\\' | '`' | '[' | ']' | '~' | '^' | '<' | '*' => true,
        '|' => in_cell,
        _ => false,
    };
    if escaped {
        text.push('\\');
    } else if c.is_whitespace() && text.ends_with(" \\*") {
        text.truncate(text.len() - 2);
        text.push('*');
    }
    text.push(if c.is_whitespace() { ' ' } else { c });
}
