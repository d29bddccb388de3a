//! Markup of other programs, which is printed as it stands: commands of templates, of LaTeX, of Pandoc and of wikis,
//! and references and names of characters that nothing defines.

/// What it seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Foreign {
    Reference,
    Entity,
    Template,
    Wiki,
    Contents,
    Citation,
    Attributes,
    Callout,
    InlineNote,
    Command,
    Fence,
    Emoji,
    Highlight,
    Backquote,
    Underscore,
    Conflict,
    Row,
    Heading,
    Bullet,
}

/// What the markup begins with.
const SIGNS: [char; 14] = [
    '[', ']', '{', '$', '&', '\\', '^', ':', '+', '=', '`', '_', '<', '#',
];
/// What other programs set items of a list out with.
const BULLETS: [char; 7] = ['•', '◦', '▪', '●', '■', '‣', '⁃'];
/// How much of a line is looked at: each sign of a long one is looked at by itself.
const WINDOW: usize = 200;

/// The line that a text starts with, as far as it is looked at.
fn start_of(text: &str) -> &str {
    let end = text.floor_char_boundary(WINDOW.min(text.len()));
    text[..end].lines().next().unwrap_or_default()
}

/// What a sign of the text begins, from the sign on; `before` is the character before it.
pub(super) fn begins(rest: &str, before: Option<char>) -> Option<Foreign> {
    if !rest.starts_with(SIGNS) && !rest.starts_with(BULLETS) {
        return None;
    }
    let line = start_of(rest);
    let after = |start: &str| line.strip_prefix(start);
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_start = matches!(before, None | Some('\n'));
    match line.chars().next()? {
        '[' => bracket(line, before),
        ']' => after("]{")
            .filter(|rest| rest.contains('}'))
            .map(|_| Foreign::Attributes),
        '{' if line[1..].starts_with(['{', '%']) => Some(Foreign::Template),
        '{' if before != Some(']')
            && line[1..].starts_with(['.', '#', ':'])
            && line.contains('}') =>
        {
            Some(Foreign::Attributes)
        }
        '$' if is_start && line.trim_end() == "$$" => Some(Foreign::Fence),
        '$' => after("${")
            .filter(|rest| rest.contains('}'))
            .map(|_| Foreign::Template),
        '&' => after("&")
            .filter(|rest| is_entity(rest))
            .map(|_| Foreign::Entity),
        '\\' => is_command(line, before).then_some(Foreign::Command),
        '^' => after("^[")
            .filter(|rest| rest.contains(']'))
            .map(|_| Foreign::InlineNote),
        ':' | '+' if is_start && (line.starts_with(":::") || line.trim_end() == "+++") => {
            Some(Foreign::Fence)
        }
        ':' if !word(before) => is_emoji(&line[1..]).then_some(Foreign::Emoji),
        sign @ ('=' | '+') if !word(before) && before != Some(sign) => {
            is_highlight(line, sign).then_some(Foreign::Highlight)
        }
        '`' if before != Some('`') => Some(Foreign::Backquote),
        '_' => is_underscore(line, before).then_some(Foreign::Underscore),
        '<' if is_start => after("<<<<<<<").map(|_| Foreign::Conflict),
        '#' if is_start => is_heading(line).then_some(Foreign::Heading),
        sign if is_start && BULLETS.contains(&sign) => {
            let item = line[sign.len_utf8()..].starts_with(char::is_whitespace);
            item.then_some(Foreign::Bullet)
        }
        _ => None,
    }
}

/// A line that looks like a row of a table: it begins and ends with a bar.
pub(super) fn is_row(line: &str) -> bool {
    let line = line.trim_end();
    line.len() > 2 && line.starts_with('|') && line.ends_with('|') && !line.ends_with("\\|")
}

fn bracket(line: &str, before: Option<char>) -> Option<Foreign> {
    let inner = line[1..].split(']').next().unwrap_or_default();
    let contents = ["toc", "[toc", "_toc_"].contains(&inner.to_ascii_lowercase().as_str());
    match inner.chars().next()? {
        // The second of two.
        _ if before == Some('[') => None,
        _ if contents => Some(Foreign::Contents),
        '[' if line.contains("]]") => Some(Foreign::Wiki),
        '@' if inner.len() > 1 => Some(Foreign::Citation),
        '!' if inner.len() > 1 && inner[1..].bytes().all(|c| c.is_ascii_alphabetic()) => {
            Some(Foreign::Callout)
        }
        _ => is_reference(&line[1 + inner.len()..]).then_some(Foreign::Reference),
    }
}

/// Brackets directly behind brackets, as in `[text][name]`, unless the second are those of a link, of a note or of a
/// number.
fn is_reference(rest: &str) -> bool {
    let Some(inner) = rest.strip_prefix("][") else {
        return false;
    };
    let end = inner
        .find(['[', ']'])
        .filter(|end| inner[*end..].starts_with(']'));
    end.is_some_and(|end| {
        let (name, after) = (&inner[..end], &inner[end + 1..]);
        let number = !name.is_empty() && name.bytes().all(|c| c.is_ascii_digit());
        !number && !name.starts_with('^') && !after.starts_with(['(', '['])
    })
}

/// A name of a character that Markdown knows none of, with its semicolon. Of those that it knows, `&` alone is still one
/// in the text.
fn is_entity(rest: &str) -> bool {
    let known = ["amp;", "#38;", "#x26;", "#038;", "#0038;", "#x0026;"];
    if known
        .iter()
        .any(|name| starts_with_ignoring_case(rest, name))
    {
        return false;
    }
    let end = rest
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '#')
        .unwrap_or(rest.len());
    (2..32).contains(&end)
        && rest[end..].starts_with(';')
        && !rest.starts_with(|c: char| c.is_ascii_digit())
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len())
        .is_some_and(|found| found.eq_ignore_ascii_case(start))
}

/// A command of LaTeX, and no path of Windows.
fn is_command(line: &str, before: Option<char>) -> bool {
    let name = &line[1..];
    let end = name
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(name.len());
    let braces = name[end..].starts_with('{');
    let parted = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '{' | '}' | '~'));
    end > 1 && (braces && before != Some('\\') || parted && !name[end..].starts_with('\\'))
}

/// The name of a picture of a smile, such as `:smile:`.
fn is_emoji(rest: &str) -> bool {
    let end = rest
        .find(|c: char| !c.is_ascii_lowercase() && c != '_')
        .unwrap_or(rest.len());
    end > 1 && rest[end..].starts_with(':') && !rest[end + 1..].starts_with(char::is_alphanumeric)
}

/// Two signs around words, as in `==so==`.
fn is_highlight(line: &str, sign: char) -> bool {
    let pair = format!("{sign}{sign}");
    let Some(inner) = line.strip_prefix(&pair) else {
        return false;
    };
    inner.starts_with(char::is_alphanumeric) && inner[1..].contains(&pair)
}

/// Several number signs with a word directly behind them; one alone is a keyword of social networks.
fn is_heading(line: &str) -> bool {
    let words = line.trim_start_matches('#');
    (2..=6).contains(&(line.len() - words.len())) && words.starts_with(char::is_alphabetic)
}

/// One that emphasis would begin or end with.
fn is_underscore(line: &str, before: Option<char>) -> bool {
    let after = line[1..].chars().next();
    let solid = |c: Option<char>| {
        c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | ')' | '('))
    };
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let blank = |c: Option<char>| c.is_none_or(|c| c.is_whitespace());
    word(after) && blank(before) || solid(before) && blank(after)
}

impl Foreign {
    /// What is said of it, and what to do.
    pub(super) fn words(self) -> (&'static str, &'static str) {
        match self {
            Foreign::Reference => (
                "a link refers to an address that is nowhere, and is printed as it stands",
                "write where it goes in parentheses, as in [UNHCR](org:unhcr); for plain brackets write \\[",
            ),
            Foreign::Entity => (
                "this is the name of no character, and is printed as it stands",
                "write the character itself; for a plain & write \\&",
            ),
            Foreign::Template => (
                "a command for a program that fills in templates is printed as it stands",
                "write what should stand there; for a plain brace write \\{",
            ),
            Foreign::Wiki => (
                "a link of a wiki is printed as it stands",
                "write [words](https://…), or [](#id) for a place in the report; for plain brackets write \\[",
            ),
            Foreign::Contents => (
                "a command for a table of contents is printed as it stands",
                "delete it: the report has its contents by itself; for plain brackets write \\[",
            ),
            Foreign::Citation => (
                "the key of a work is in no citation and is printed as it stands",
                "a citation is [@key], [@key, p. 12] or [@one; @other]; for plain brackets write \\[",
            ),
            Foreign::Attributes => (
                "attributes in braces are printed as they stand",
                "delete them: how things look is up to the layout; for a plain brace write \\{",
            ),
            Foreign::Callout => (
                "the mark of a note that is set apart is printed as it stands",
                "make it a `box` block; for plain brackets write \\[",
            ),
            Foreign::InlineNote => (
                "a footnote inside its line is printed as it stands",
                "put a mark such as [^name] there, and the note below the text as `[^name]: …`; for a plain caret write \\^",
            ),
            Foreign::Command => (
                "a command of LaTeX is printed as it stands",
                "write the words themselves; for a plain backslash write two",
            ),
            Foreign::Fence => (
                "a line of signs that other programs set text apart with is printed as it stands",
                "delete it, and make the text a `box` block; for plain signs put a backslash before the first",
            ),
            Foreign::Emoji => (
                "the name of a sign between colons is printed as it stands",
                "write the sign itself; for a plain colon write \\:",
            ),
            Foreign::Highlight => (
                "signs that other programs mark or insert text with are printed as they stand",
                "write *words* or **words**; for plain signs put a backslash before the first",
            ),
            Foreign::Backquote => (
                "a backquote begins or ends no code and is printed as it stands",
                "code goes between two; for a quotation mark write ‘, and for a plain backquote \\`",
            ),
            Foreign::Underscore => (
                "an underscore opens or closes no emphasis and is printed as it stands",
                "emphasis goes between two; for a plain one write \\_",
            ),
            Foreign::Conflict => (
                "two versions of the text were joined and do not agree: the mark is printed as it stands",
                "keep one of the versions, and delete the lines of signs",
            ),
            Foreign::Row => (
                "a line between bars is in no table and is printed as it stands",
                "below its first line a table has one such as | --- | --- |, and an empty line is above it; for a plain bar write \\|",
            ),
            Foreign::Heading => (
                "a heading without a blank behind its signs is printed as it stands",
                "headings are the `title` of an entry of `sections`; for plain signs put a backslash before the first",
            ),
            Foreign::Bullet => (
                "the sign of a list at the start of a line makes no list, and the line runs on from the one above",
                "write `- ` in its place, with an empty line above the first",
            ),
        }
    }
}
