//! The fixed words of a language, such as "Contents" or "Table {n}", and its patterns of dates, times and names.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::spacing::Spacing;

/// Fixed words of a language: `layouts/strings/<code>.yaml`. The same words serve every backend.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Strings {
    /// What is between a label and what it labels, with its spaces, such as `: `.
    pub colon: String,
    /// What separates the items of a list in a line, with its space, such as `, `.
    pub comma: String,
    /// What separates such items where they have commas of their own, with its spaces; `; ` where it is left out.
    #[serde(default = "semicolon")]
    pub semicolon: String,
    /// What ends a sentence, with the space after it; `. ` where it is left out.
    #[serde(default = "full_stop")]
    pub full_stop: String,
    /// Names of the months, January first, as they stand in a date.
    pub months: Vec<String>,
    /// A date, with {day}, {month} (its name) and {year}.
    pub date: String,
    /// A span of days; two dates with a dash between them where it is left out.
    pub dates: Option<DateSpans>,
    /// A time of the day, with {hour} (as typed, two digits), {hour24} or {hour12} (without a leading zero), {minute}
    /// and {half} (the word for the half of the day); `{hour}:{minute}` where it is left out.
    #[serde(default = "time")]
    pub time: String,
    /// Words for the halves of the day, before noon first, where `time` holds {half}.
    #[serde(default)]
    pub halves: Vec<String>,
    /// A span of time, with {start} and {end}; `{start}–{end}` where it is left out.
    #[serde(default = "times")]
    pub times: String,
    /// A person with a form of address, with {honorific} and {name}; `{honorific} {name}` where it is left out.
    #[serde(default = "person")]
    pub person: String,
    /// Whether the family name is the first part of a name, so that names are sorted as they are printed.
    #[serde(default)]
    pub family_name_first: bool,
    /// Whether the first paragraph of a text is indented like those after it, as in Chinese, Japanese and Korean.
    #[serde(default)]
    pub indent_first: bool,
    /// What is in brackets after a name, with {text}; ` ({text})` where it is left out.
    #[serde(default = "bracketed")]
    pub bracketed: String,
    /// How the title stands on the spine of a book: down, up or upright; down where it is left out.
    #[serde(default)]
    pub spine: SpineText,
    /// What stands above a table that goes on from the page before, with {text}, its label.
    pub continued: String,
    /// Spaces at punctuation and numbers.
    #[serde(default)]
    pub spacing: Spacing,
    /// First days of months where they differ, such as `1er` in French; `{day}` elsewhere.
    pub first_day: Option<String>,
    /// Labels of meetings, the first first.
    pub meetings: Vec<String>,
    /// Label of a meeting beyond those, with {n}.
    pub meeting: String,
    /// Label of a panel, with {n}.
    pub panel: String,
    /// Label of an appendix, with {n}.
    pub appendix: String,
    /// Label of a table, with {n}.
    pub table: String,
    /// Label of a figure, with {n}.
    pub figure: String,
    /// Label of a box, with {n}.
    pub r#box: String,
    /// A reference with the page that it leads to, with {text} and then {page}.
    pub on_page: String,
    /// Heading of the contents list.
    pub contents: String,
    /// Heading of an executive summary.
    pub summary: String,
    /// Heading of opening remarks.
    pub opening: String,
    /// Heading of speakers outside a panel.
    pub speakers_section: String,
    /// Heading of a debate.
    pub debate: String,
    /// Heading of concluding remarks.
    pub closing: String,
    /// Heading of the list of speakers.
    pub speakers: String,
    /// Heading of the list of acronyms.
    pub acronyms: String,
    /// Heading of the index of organisations.
    pub index: String,
    /// What the mark of a note leads to, with {n}.
    pub note_number: String,
    /// What the number of a note leads back to, with {n}.
    pub back_to_text: String,
    /// Label before the pages on which a work is cited.
    pub cited_on: String,
    /// Heading of the list of works that the report cites.
    pub bibliography: String,
    /// A reference to a numbered paragraph, with {n}.
    pub paragraph: String,
    /// A reference to a numbered chapter, with {n}.
    pub chapter: String,
    /// A reference to a numbered section, with {n}.
    pub section: String,
    /// Heading of the list of tables.
    pub list_tables: String,
    /// Heading of the list of figures.
    pub list_figures: String,
    /// Heading of the list of boxes.
    pub list_boxes: String,
    /// Heading of the key points of a meeting.
    pub key_points: String,
    /// Label of a decision, with {n}.
    pub decision: String,
    /// Head of the column that says which way a vote went.
    pub vote: String,
    /// Head of the column with numbers of votes.
    pub vote_count: String,
    /// Votes in favour.
    pub in_favour: String,
    /// Votes against.
    pub against: String,
    /// Abstentions.
    pub abstaining: String,
    /// Heading of a notice of what was corrected.
    pub corrigendum: String,
    /// Heading of a disclaimer.
    pub disclaimer: String,
    /// Label of those who paid for the report.
    pub supported_by: String,
    /// Label: date.
    pub label_date: String,
    /// Label: time.
    pub label_time: String,
    /// Label: place.
    pub label_place: String,
    /// Label: co-organisers.
    pub label_co_organisers: String,
    /// Label: in collaboration with.
    pub label_collaboration: String,
    /// Label: co-chairs.
    pub label_co_chairs: String,
    /// Label: rapporteur.
    pub label_rapporteur: String,
    /// Label: states that took the floor.
    pub label_floor: String,
    /// Label: one moderator.
    pub label_moderator: String,
    /// Label: several moderators.
    pub label_moderators: String,
    /// Label: note below a table.
    pub label_note: String,
    /// Label: members of an organisation.
    pub label_members: String,
    /// Label: a name column.
    pub label_name: String,
    /// Label: a post column.
    pub label_post: String,
    /// Label: a pages column.
    pub label_pages: String,
    /// Label: an acronym column.
    pub label_acronym: String,
    /// Label: an expansion column.
    pub label_expansion: String,
    /// Label: an organisation column.
    pub label_organisation: String,
    /// Label: source of a picture.
    pub label_credit: String,
    /// Label: a fact column (for readers who hear a table).
    pub label_fact: String,
    /// Label: a detail column (for readers who hear a table).
    pub label_detail: String,
    /// Heading of the digest's opening: what the document is.
    pub about: String,
    /// Heading of notes at the end of a chapter in plain text.
    pub notes: String,
    /// Heading of the digest's end: how to get the whole.
    pub whole: String,
    /// Sentence of the digest's end, with {title}, {publisher} and {date}.
    pub whole_text: String,
    /// Sentence of the digest's end where the report has an address, with {url}.
    pub whole_url: String,
    /// What a large-print edition says of itself on its cover.
    pub large_print: String,
    /// Heading of the list of long descriptions of pictures.
    pub descriptions: String,
    /// What leads from a caption to the description.
    pub description: String,
    /// The number of a volume, with {n} and {total}.
    pub volume: String,
    /// Heading of the imprint, where it is heard and not seen.
    pub imprint: String,
    /// Word for a picture in plain text.
    pub picture: String,
    /// A number of four digits and a decimal, 1234.5, as the language writes it: its signs are those of all numbers.
    pub number: String,
    /// A share in per cent, with {n}.
    pub percent: String,
    /// A chart of horizontal bars, at the start of its description.
    pub chart_bar: String,
    /// A chart of upright bars.
    pub chart_column: String,
    /// A chart of lines.
    pub chart_line: String,
    /// A chart of filled lines.
    pub chart_area: String,
    /// A chart of horizontal bars whose parts add up.
    pub chart_stacked_bar: String,
    /// A chart of upright bars whose parts add up.
    pub chart_stacked_column: String,
    /// A chart of the parts of a whole.
    pub chart_share: String,
    /// The highest value of a chart, before the number.
    pub chart_highest: String,
    /// The lowest value.
    pub chart_lowest: String,
    /// The first value in time.
    pub chart_first: String,
    /// The last value in time.
    pub chart_last: String,
    /// Of values in time: they rise.
    pub chart_rising: String,
    /// They fall.
    pub chart_falling: String,
    /// They stay the same.
    pub chart_level: String,
    /// They rise and fall.
    pub chart_uneven: String,
    /// Head of the categories in a table of the values of a chart.
    pub chart_category: String,
    /// Head of the values.
    pub chart_value: String,
    /// Head of the shares of a whole in per cent.
    pub chart_part: String,
    /// Label of the authors in the imprint.
    pub written_by: String,
    /// Label of the editors.
    pub edited_by: String,
    /// Label of the licence.
    pub licence: String,
    /// Labels of identifiers: ISBN.
    pub isbn: String,
    /// ISBN of the electronic edition.
    pub eisbn: String,
    /// ISSN.
    pub issn: String,
    /// DOI.
    pub doi: String,
    /// Sales number.
    pub sales_number: String,
    /// Document symbol.
    pub symbol: String,
    /// Version or edition.
    pub version: String,
    /// Job number.
    pub job_number: String,
    /// Paper.
    pub paper: String,
    /// Where it is printed.
    pub printed_in: String,
    /// Address.
    pub url: String,
}

impl Strings {
    /// The sign before the decimals of a number: the last one of `number`.
    pub fn decimal(&self) -> &str {
        let last = self
            .number
            .char_indices()
            .rfind(|(_, c)| !c.is_ascii_digit());
        last.map_or(".", |(at, c)| &self.number[at..at + c.len_utf8()])
    }

    /// What stands before a reference, between it and its page, and after the page.
    pub fn around_page(&self) -> [&str; 3] {
        let (before, rest) = self.on_page.split_once("{text}").unwrap_or_default();
        let (between, after) = rest.split_once("{page}").unwrap_or_default();
        [before, between, after]
    }
}

/// How the title stands on the spine of a book.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SpineText {
    /// It is read from the head to the foot (ISO 6357).
    #[default]
    Down,
    /// It is read from the foot to the head, as is the custom in French and Spanish.
    Up,
    /// Its characters stand on one another, as in Chinese.
    Upright,
}

/// Patterns of spans of days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DateSpans {
    /// Days of one month, with {day}, {end_day}, {month} (its name) and {year}.
    pub days: String,
    /// Days of two months of a year, with {day}, {month}, {end_day}, {end_month} and {year}.
    pub months: String,
    /// Days of two years, with {start} and {end}, which are dates.
    pub years: String,
}

impl DateSpans {
    /// Its patterns by field, with the places that each must have.
    pub(super) fn patterns(&self) -> [(&'static str, &str, &'static [&'static str]); 3] {
        const DAYS: &[&str] = &["{day}", "{end_day}", "{month}", "{year}"];
        const MONTHS: &[&str] = &["{day}", "{month}", "{end_day}", "{end_month}", "{year}"];
        [
            ("dates.days", &self.days, DAYS),
            ("dates.months", &self.months, MONTHS),
            ("dates.years", &self.years, &["{start}", "{end}"]),
        ]
    }
}

fn time() -> String {
    "{hour}:{minute}".to_owned()
}

fn times() -> String {
    "{start}\u{2013}{end}".to_owned()
}

fn full_stop() -> String {
    ". ".to_owned()
}

fn semicolon() -> String {
    "; ".to_owned()
}

fn person() -> String {
    "{honorific} {name}".to_owned()
}

fn bracketed() -> String {
    " ({text})".to_owned()
}
