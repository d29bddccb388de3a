//! The dossier for people: one page of HTML that stands alone, with no script, and keeps what it asks of others: a
//! language, headings in order, tables with heads, links with words, colours that stand out.
//!
//! Pictures of the pages stand in it where they are given. A release gives none: processors differ in the last bit of a
//! blended pixel, and its files have the same bytes on every machine.

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use super::criteria::Standard;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::dossier::{Dossier, Entry, Status};
use super::heard::HeardLine;
use super::places::{self, Place};
use crate::base::diagnostic::many;

const STYLE: &str = "body{font:1rem/1.5 sans-serif;color:#1a1a1a;background:#fff;max-width:60rem;margin:2rem auto;padding:0 1rem}\
table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:start;font-weight:bold;padding:.3rem 0}\
th,td{border:1px solid #595959;padding:.3rem .5rem;text-align:start;vertical-align:top}th{background:#eee}\
a{color:#003a8c}.failed,.lapsed{font-weight:bold;color:#8c0000}ul{padding-inline-start:1.2rem;margin:.3rem 0}\
.page{display:flex;flex-wrap:wrap;gap:1rem}.page img{border:1px solid #595959;max-width:100%;height:auto;align-self:start}\
.page>div{flex:1 1 20rem}.page p{margin:.2rem 0}.what{color:#4a4a4a;font-style:italic}";

type Result = std::io::Result<()>;

/// Writes elements, each with its text escaped.
struct Page(Writer<Vec<u8>>);

impl Page {
    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> Result {
        let mut start = BytesStart::new(name);
        for attribute in attributes {
            start.push_attribute(*attribute);
        }
        self.0.write_event(Event::Start(start))
    }

    /// An element that holds nothing.
    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> Result {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.0.write_event(Event::Empty(start))
    }

    fn close(&mut self, name: &str) -> Result {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    fn text(&mut self, text: &str) -> Result {
        self.0.write_event(Event::Text(BytesText::new(text)))
    }

    fn element(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> Result {
        self.open(name, attributes)?;
        self.text(text)?;
        self.close(name)
    }

    /// The head of a table.
    fn table(&mut self, caption: &str, columns: &[&str]) -> Result {
        self.open("table", &[])?;
        self.element("caption", &[], caption)?;
        self.open("thead", &[])?;
        self.open("tr", &[])?;
        for column in columns {
            self.element("th", &[("scope", "col")], column)?;
        }
        self.close("tr")?;
        self.close("thead")?;
        self.open("tbody", &[])
    }

    fn end_table(&mut self) -> Result {
        self.close("tbody")?;
        self.close("table")
    }
}

/// The page, with pictures of the first pages of the file.
pub(super) fn page(dossier: &Dossier, pictures: &[Vec<u8>]) -> std::io::Result<Vec<u8>> {
    let mut page = Page(Writer::new(b"<!DOCTYPE html>\n".to_vec()));
    let title = format!("Accessibility of {} ({})", dossier.title, dossier.file);
    page.open("html", &[("lang", "en")])?;
    page.open("head", &[])?;
    page.open("meta", &[("charset", "utf-8")])?;
    page.open(
        "meta",
        &[("name", "viewport"), ("content", "width=device-width")],
    )?;
    page.element("title", &[], &title)?;
    page.element("style", &[], STYLE)?;
    page.close("head")?;
    page.open("body", &[])?;
    page.open("main", &[])?;
    head(&mut page, dossier)?;
    urgent(&mut page, dossier)?;
    for standard in [Standard::En301549, Standard::Matterhorn, Standard::Quality] {
        criteria(&mut page, dossier, standard)?;
    }
    looks(&mut page, dossier)?;
    contrast(&mut page, dossier)?;
    pages(&mut page, dossier, pictures)?;
    page.close("main")?;
    page.close("body")?;
    page.close("html")?;
    let mut bytes = page.0.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn head(page: &mut Page, dossier: &Dossier) -> Result {
    page.element("h1", &[], "Accessibility dossier")?;
    page.open("p", &[])?;
    page.text("About the file ")?;
    page.element("a", &[("href", &dossier.file)], &dossier.file)?;
    page.text(", ")?;
    let own = [("lang", dossier.language.as_str()), ("dir", "auto")];
    page.element("cite", &own, &dossier.title)?;
    page.text(&format!(
        ": language {}, layout {}, {}, SHA-256 {}. It should lie next to this one.",
        dossier.language,
        dossier.layout,
        many(dossier.pages, "page"),
        dossier.sha256
    ))?;
    page.close("p")?;
    page.element("p", &[], &format!("{}.", dossier.summary()))?;
    page.element(
        "p",
        &[],
        "A machine cannot say that a file is accessible: it can say what is broken. What it cannot decide is asked here, \
         with the places to look at. Whoever has looked signs with gmg-export access sign CRITERION --by NAME; a sign-off \
         lapses when what was looked at changes.",
    )
}

/// What is to be done first.
fn urgent(page: &mut Page, dossier: &Dossier) -> Result {
    page.element("h2", &[("id", "to-do")], "What is to be done")?;
    for (status, what) in [
        (Status::Failed, "These fail and must be mended:"),
        (Status::Lapsed, "These were signed and have changed since:"),
        (Status::Open, "These wait for a person:"),
    ] {
        let all = dossier.criteria.iter();
        let own: Vec<&Entry> = all
            .filter(|one| one.status == status && one.rests.is_empty())
            .collect();
        if own.is_empty() {
            continue;
        }
        page.element("p", &[], what)?;
        page.open("ul", &[])?;
        for entry in own {
            page.open("li", &[])?;
            page.element(
                "a",
                &[("href", &format!("#{}", anchor(&entry.id)))],
                &entry.id,
            )?;
            page.text(&format!(" {}", entry.title))?;
            page.close("li")?;
        }
        page.close("ul")?;
    }
    let done = [Status::Failed, Status::Lapsed, Status::Open];
    if !dossier
        .criteria
        .iter()
        .any(|one| done.contains(&one.status))
    {
        page.element("p", &[], "Nothing: every criterion is decided.")?;
    }
    Ok(())
}

fn anchor(id: &str) -> String {
    format!("c-{id}")
}

fn criteria(page: &mut Page, dossier: &Dossier, standard: Standard) -> Result {
    page.element("h2", &[], standard.name())?;
    let columns = [
        "Criterion",
        "What must hold",
        "How it stands",
        "What decides it",
    ];
    page.table(&format!("Criteria: {}", standard.name()), &columns)?;
    for entry in dossier
        .criteria
        .iter()
        .filter(|one| one.standard == standard.name())
    {
        page.open("tr", &[("id", &anchor(&entry.id))])?;
        let number = match entry.clause.is_empty() {
            true => entry.id.clone(),
            false => format!("{} ({})", entry.id, entry.clause),
        };
        page.element("th", &[("scope", "row")], &number)?;
        page.element("td", &[], &entry.title)?;
        let class = match entry.status {
            Status::Failed => "failed",
            Status::Lapsed => "lapsed",
            _ => "rest",
        };
        page.element("td", &[("class", class)], entry.status.word())?;
        page.open("td", &[])?;
        decided(page, dossier, entry)?;
        page.close("td")?;
        page.close("tr")?;
    }
    page.end_table()
}

/// What decided a criterion, with all that belongs to it.
fn decided(page: &mut Page, dossier: &Dossier, entry: &Entry) -> Result {
    page.text(&sentence(&entry.decided_by))?;
    if let Some(reason) = &entry.reason {
        page.text(&format!(" {}", sentence(reason)))?;
    }
    if !entry.findings.is_empty() {
        page.open("ul", &[])?;
        for one in &entry.findings {
            page.open("li", &[])?;
            page.text(&format!("{} ", one.message))?;
            link(page, dossier, one.page)?;
            page.text(&format!(" {}", one.words))?;
            if one.count > 1 {
                page.text(&format!(", {} times", one.count))?;
            }
            page.close("li")?;
        }
        page.close("ul")?;
    }
    if let Some(question) = &entry.question {
        page.text(&format!(" {question} "))?;
    }
    if let Some(look) = &entry.look {
        let target = format!("#look-{look}");
        page.element(
            "a",
            &[("href", &target)],
            &format!("Look at: {}", places::title(look)),
        )?;
        page.text(".")?;
    }
    if let Some(signed) = &entry.sign_off {
        page.text(&format!(" Signed by {} on {}.", signed.by, signed.on))?;
        if let Some(note) = &signed.note {
            page.text(&format!(" “{note}”."))?;
        }
        if !signed.changed.is_empty() {
            page.text(" Since then:")?;
            page.open("ul", &[])?;
            for change in &signed.changed {
                page.element("li", &[], change)?;
            }
            page.close("ul")?;
        }
    }
    Ok(())
}

/// Words as a sentence.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}.", letters.as_str())
}

/// A link to what stands here of a page of the file.
fn link(page: &mut Page, dossier: &Dossier, number: usize) -> Result {
    match number {
        0 => Ok(()),
        number => {
            let target = match number <= dossier.pages {
                true => format!("#page-{number}"),
                false => format!("{}#page={number}", dossier.file),
            };
            page.element("a", &[("href", &target)], &format!("page {number}"))
        }
    }
}

fn looks(page: &mut Page, dossier: &Dossier) -> Result {
    page.element("h2", &[], "What to look at")?;
    for look in &dossier.looks {
        let title = places::title(&look.topic);
        page.element("h3", &[("id", &format!("look-{}", look.topic))], title)?;
        // What is read aloud stands below, page by page, and so do the pages.
        let (elsewhere, others): (Vec<&Place>, Vec<&Place>) =
            look.places.iter().partition(|place| place.is_elsewhere());
        let alone = others.is_empty();
        if alone && !matches!(look.topic.as_str(), "words" | "structure" | "pages") {
            let none = "The file has none; the question is whether it should.";
            page.element("p", &[], none)?;
        }
        if !elsewhere.is_empty() {
            page.open("p", &[])?;
            page.text("Go through ")?;
            page.element(
                "a",
                &[("href", "#pages")],
                "the pages, and what is read aloud of them",
            )?;
            page.text(if alone {
                "."
            } else {
                ", for what is missing from this list."
            })?;
            page.close("p")?;
        }
        let shown = match matches!(look.topic.as_str(), "words" | "structure" | "pages") {
            true => elsewhere,
            false => others,
        };
        if shown.is_empty() {
            continue;
        }
        let columns = ["Place", "What there is", "Page", "Chapter", "In the source"];
        page.table(title, &columns)?;
        for place in shown {
            row(page, dossier, place)?;
        }
        page.end_table()?;
    }
    Ok(())
}

fn row(page: &mut Page, dossier: &Dossier, place: &Place) -> Result {
    page.open("tr", &[])?;
    let own = [("lang", dossier.language.as_str()), ("dir", "auto")];
    let head = [&[("scope", "row")], &own[..]].concat();
    page.element("th", &head, &place.key)?;
    page.element("td", &[("dir", "auto")], &place.detail)?;
    page.open("td", &[])?;
    link(page, dossier, place.page)?;
    page.close("td")?;
    page.element("td", &own, &place.chapter)?;
    page.element("td", &[], place.source.as_deref().unwrap_or_default())?;
    page.close("tr")
}

fn contrast(page: &mut Page, dossier: &Dossier) -> Result {
    page.element("h2", &[], "Colours of text and ground")?;
    if dossier.contrast.is_empty() {
        return page.element("p", &[], "There is no text on a flat ground.");
    }
    let columns = [
        "Text on ground",
        "Contrast",
        "At least",
        "First at",
        "Texts",
    ];
    page.table(
        "Every pair on the pages, those that stand out least first",
        &columns,
    )?;
    for pair in &dossier.contrast {
        page.open("tr", &[])?;
        let large = if pair.large { ", large" } else { "" };
        let colours = format!("{} on {}{large}", pair.text, pair.ground);
        page.element("th", &[("scope", "row")], &colours)?;
        page.element("td", &[], &format!("{:.2}:1", pair.ratio))?;
        page.element("td", &[], &format!("{}:1", pair.least))?;
        page.open("td", &[])?;
        link(page, dossier, pair.page)?;
        page.text(&format!(" {}", pair.words))?;
        page.close("td")?;
        page.element("td", &[], &pair.count.to_string())?;
        page.close("tr")?;
    }
    page.end_table()
}

/// The pages, each with what is read aloud of it.
fn pages(page: &mut Page, dossier: &Dossier, pictures: &[Vec<u8>]) -> Result {
    let title = "The pages, and what is read aloud of them";
    page.element("h2", &[("id", "pages")], title)?;
    page.element(
        "p",
        &[],
        "Each line is as a screen reader says it, in the order in which it says it; what it announces stands before the \
         words. What stands on a page and not beside it here, nobody hears.",
    )?;
    let pictured = match pictures.len() {
        0 => "There are no pictures of the pages here; in the page that gmg-export access writes there are.".to_owned(),
        some if some < dossier.pages => format!("There are pictures of the first {some} pages."),
        _ => String::new(),
    };
    if !pictured.is_empty() {
        page.element("p", &[], &pictured)?;
    }
    for number in 1..=dossier.pages {
        let name = format!("page-{number}");
        page.element("h3", &[("id", &name)], &format!("Page {number}"))?;
        page.open("p", &[])?;
        let target = format!("{}#page={number}", dossier.file);
        let words = format!("Open page {number} of the file");
        page.element("a", &[("href", &target)], &words)?;
        page.close("p")?;
        page.open("div", &[("class", "page")])?;
        if let Some(picture) = pictures.get(number - 1) {
            let data = format!("data:image/png;base64,{}", BASE64.encode(picture));
            let alt = format!("Page {number} as it looks");
            page.empty("img", &[("src", &data), ("alt", &alt)])?;
        }
        page.open("div", &[])?;
        let mut lines = dossier
            .heard
            .iter()
            .filter(|line| line.page == number)
            .peekable();
        if lines.peek().is_none() {
            page.element("p", &[], "Nothing is read aloud of this page.")?;
        }
        for line in lines {
            heard(page, dossier, line)?;
        }
        page.close("div")?;
        page.close("div")?;
    }
    Ok(())
}

fn heard(page: &mut Page, dossier: &Dossier, line: &HeardLine) -> Result {
    page.open("p", &[])?;
    if !line.what.is_empty() {
        let end = if line.words.is_empty() { "" } else { ": " };
        page.element("span", &[("class", "what")], &format!("{}{end}", line.what))?;
    }
    let language = line.language.as_deref().unwrap_or(&dossier.language);
    page.element("span", &[("lang", language), ("dir", "auto")], &line.words)?;
    page.close("p")
}
