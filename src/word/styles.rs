//! Styles, each with what it inherits, and how text looks by them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::model::{Align, Format, Script, Style, StyleKind};
use super::xml::Element;

/// How far a style is followed to those that it is based on.
pub(super) const DEEPEST: usize = 50;
/// The most styles of a file.
const MOST: usize = 20_000;

/// What run properties say; nothing where they leave it as it is.
#[derive(Debug, Clone, Default)]
pub(super) struct RunProperties {
    bold: Option<bool>,
    italic: Option<bool>,
    underline: Option<bool>,
    strike: Option<bool>,
    caps: Option<bool>,
    hidden: Option<bool>,
    rtl: Option<bool>,
    script: Option<Script>,
    look: bool,
    font: Option<String>,
    /// Languages of text in Latin and like scripts, of East Asian text, and of text from right to left.
    languages: [Option<Arc<str>>; 3],
}

/// What paragraph properties say.
#[derive(Debug, Clone, Default)]
pub(super) struct ParagraphProperties {
    /// Level in the outline; 10 is running text.
    pub(super) level: Option<u8>,
    pub(super) align: Option<Align>,
    pub(super) rtl: Option<bool>,
    pub(super) indent: Option<i32>,
    /// Id of the list and level in it.
    pub(super) list: (Option<String>, Option<u8>),
}

/// A style with what it says itself.
#[derive(Debug, Default)]
struct Entry {
    style: Style,
    run: RunProperties,
    paragraph: ParagraphProperties,
}

/// All styles.
#[derive(Debug, Default)]
pub(super) struct Styles {
    entries: BTreeMap<String, Entry>,
    /// The default paragraph style.
    default: String,
    defaults: RunProperties,
    /// What each paragraph and character style says with all that it inherits.
    whole: BTreeMap<String, (RunProperties, ParagraphProperties)>,
}

impl Styles {
    /// Reads the part with the styles.
    pub(super) fn of(root: &Element) -> Self {
        let mut styles = Styles::default();
        let defaults = root.child("w:docDefaults");
        let run = defaults.and_then(|one| one.child("w:rPrDefault")?.child("w:rPr"));
        styles.defaults = run.map(RunProperties::of).unwrap_or_default();
        let all = root.elements().filter(|one| &*one.name == "w:style");
        for one in all.take(MOST) {
            let Some(id) = one.attr("w:styleId") else {
                continue;
            };
            let kind = match one.attr("w:type") {
                Some("character") => StyleKind::Character,
                Some("table") => StyleKind::Table,
                Some("numbering") => StyleKind::Numbering,
                _ => StyleKind::Paragraph,
            };
            let marked = matches!(one.attr("w:default"), Some("1" | "true" | "on"));
            if kind == StyleKind::Paragraph
                && (marked || styles.default.is_empty() && id == "Normal")
            {
                styles.default = id.to_owned();
            }
            let paragraph = one.child("w:pPr").map(ParagraphProperties::of);
            let paragraph = paragraph.unwrap_or_default();
            let style = Style {
                name: one.child_val("w:name").unwrap_or(id).to_owned(),
                kind,
                based_on: one.child_val("w:basedOn").map(str::to_owned),
                level: None,
            };
            let run = one
                .child("w:rPr")
                .map(RunProperties::of)
                .unwrap_or_default();
            let entry = Entry {
                style,
                run,
                paragraph,
            };
            styles.entries.insert(id.to_owned(), entry);
        }
        styles.inherit();
        styles
    }

    fn inherit(&mut self) {
        let mut whole = BTreeMap::new();
        for id in self.entries.keys() {
            let mut chain = vec![id.as_str()];
            while let Some(above) = chain
                .last()
                .and_then(|id| self.entries.get(*id)?.style.based_on.as_deref())
                .filter(|above| chain.len() < DEEPEST && !chain.contains(above))
            {
                chain.push(above);
            }
            let (mut run, mut paragraph) =
                (RunProperties::default(), ParagraphProperties::default());
            for one in chain.iter().rev().filter_map(|id| self.entries.get(*id)) {
                run.over(&one.run);
                paragraph.over(&one.paragraph);
                // Styles for headings that other programs write often say no level.
                let named = heading(&one.style.name).filter(|_| paragraph.level.is_none());
                paragraph.level = named.or(paragraph.level);
            }
            whole.insert(id.clone(), (run, paragraph));
        }
        for (id, (_, paragraph)) in &whole {
            if let Some(entry) = self.entries.get_mut(id) {
                entry.style.level = paragraph.level.filter(|level| *level < 10);
            }
        }
        self.whole = whole;
    }

    /// The id of the style of a paragraph that names one, or none.
    pub(super) fn paragraph<'s>(&'s self, named: Option<&'s str>) -> &'s str {
        named
            .filter(|id| self.entries.contains_key(*id))
            .unwrap_or(&self.default)
    }

    /// What a style says of paragraphs.
    pub(super) fn of_paragraph(&self, id: &str) -> ParagraphProperties {
        let whole = self.whole.get(id);
        whole
            .map(|(_, paragraph)| paragraph.clone())
            .unwrap_or_default()
    }

    /// The list of a style and its level there, by the level of the list that names the style.
    pub(super) fn list_of(&self, id: &str) -> (Option<String>, Option<u8>) {
        let whole = self.whole.get(id);
        whole
            .map(|(_, paragraph)| paragraph.list.clone())
            .unwrap_or_default()
    }

    /// How text of a paragraph style looks.
    pub(super) fn looks(&self, id: &str, rtl: bool) -> Format {
        let mut run = self.defaults.clone();
        if let Some((own, _)) = self.whole.get(id) {
            run.over(own);
        }
        run.format(&RunProperties::default(), None, rtl, "")
    }

    /// How a run looks, as far as that is its own: its character style and its own properties; what the paragraph's style
    /// shows anyhow counts only where the run takes it away. Gives the font as well.
    pub(super) fn run(
        &self,
        paragraph: &str,
        properties: Option<&Element>,
        text: &str,
    ) -> (Format, Option<String>) {
        let direct = properties.map(RunProperties::of).unwrap_or_default();
        let id = properties
            .and_then(|one| one.child_val("w:rStyle"))
            .filter(|id| self.entries.contains_key(*id));
        let mut base = self.defaults.clone();
        if let Some((own, _)) = self.whole.get(paragraph) {
            base.over(own);
        }
        let mut own = RunProperties::default();
        if let Some((of_style, _)) = id.and_then(|id| self.whole.get(id)) {
            own.over(of_style);
        }
        own.over(&direct);
        let rtl = own.rtl.unwrap_or_default();
        let font = own.font.clone();
        (own.format(&base, id, rtl, text), font)
    }

    /// The languages of text that names none.
    pub(super) fn languages(&self) -> [Option<Arc<str>>; 3] {
        let mut run = self.defaults.clone();
        if let Some((own, _)) = self.whole.get(&self.default) {
            run.over(own);
        }
        run.languages
    }

    /// Styles as the model has them.
    pub(super) fn named(self) -> BTreeMap<String, Style> {
        let entries = self.entries.into_iter();
        entries.map(|(id, entry)| (id, entry.style)).collect()
    }
}

/// The level of a style that is called as those for headings are.
fn heading(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    let digit = name.strip_prefix("heading")?.trim_start();
    digit.parse().ok().filter(|level| (1..=9).contains(level))
}

impl RunProperties {
    fn of(properties: &Element) -> Self {
        let language = |key: &str| {
            let value = properties.child("w:lang")?.attr(key)?;
            let sound = value.len() <= 35 && !matches!(value, "x-none" | "");
            sound.then(|| Arc::from(value))
        };
        let script = properties
            .child_val("w:vertAlign")
            .map(|value| match value {
                "superscript" => Script::Super,
                "subscript" => Script::Sub,
                _ => Script::Base,
            });
        let raised = properties
            .child_val("w:position")
            .and_then(|value| value.parse::<i32>().ok())
            .filter(|value| value.abs() >= 4)
            .map(|value| match value > 0 {
                true => Script::Super,
                false => Script::Sub,
            });
        let shown = |name: &str| {
            properties
                .child_val(name)
                .is_some_and(|value| !matches!(value, "auto" | "none"))
        };
        let fonts = properties.child("w:rFonts");
        let font = fonts.and_then(|fonts| fonts.attr("w:ascii").or(fonts.attr("w:hAnsi")));
        let strike = properties.toggle("w:strike");
        let double = properties.toggle("w:dstrike");
        RunProperties {
            bold: properties.toggle("w:b").or(properties.toggle("w:bCs")),
            // Marks of emphasis are to ideographs what italics are to letters.
            italic: match properties.toggle("w:em") {
                Some(true) => Some(true),
                _ => properties.toggle("w:i").or(properties.toggle("w:iCs")),
            },
            underline: properties.child("w:u").map(|_| shown("w:u")),
            strike: match (strike, double) {
                (None, None) => None,
                (one, other) => Some(one.unwrap_or_default() || other.unwrap_or_default()),
            },
            caps: properties.toggle("w:caps"),
            hidden: properties.toggle("w:vanish"),
            rtl: properties.toggle("w:rtl"),
            script: script.or(raised),
            look: shown("w:color")
                || shown("w:highlight")
                || properties.child("w:sz").is_some()
                || fonts.is_some(),
            font: font.map(str::to_owned),
            languages: ["w:val", "w:eastAsia", "w:bidi"].map(language),
        }
    }

    /// Lays what others say over it.
    fn over(&mut self, other: &RunProperties) {
        fn set<T: Clone>(own: &mut Option<T>, other: &Option<T>) {
            if other.is_some() {
                own.clone_from(other);
            }
        }
        set(&mut self.bold, &other.bold);
        set(&mut self.italic, &other.italic);
        set(&mut self.underline, &other.underline);
        set(&mut self.strike, &other.strike);
        set(&mut self.caps, &other.caps);
        set(&mut self.hidden, &other.hidden);
        set(&mut self.rtl, &other.rtl);
        set(&mut self.script, &other.script);
        set(&mut self.font, &other.font);
        self.look |= other.look;
        for (own, other) in self.languages.iter_mut().zip(&other.languages) {
            set(own, other);
        }
    }

    /// How a run of these properties looks on top of others.
    fn format(&self, base: &RunProperties, style: Option<&str>, rtl: bool, text: &str) -> Format {
        let east = text.chars().any(crate::base::script::is_ideographic);
        let index = match (rtl, east) {
            (true, _) => 2,
            (false, true) => 1,
            (false, false) => 0,
        };
        let language = self.languages[index].as_ref();
        let font = self.font.as_deref().unwrap_or_default();
        Format {
            bold: self.bold.unwrap_or_default(),
            italic: self.italic.unwrap_or_default(),
            underline: self.underline.unwrap_or_default(),
            strike: self.strike.unwrap_or_default(),
            caps: self.caps.or(base.caps).unwrap_or_default(),
            hidden: self.hidden.or(base.hidden).unwrap_or_default(),
            rtl,
            script: self.script.unwrap_or_default(),
            look: self.look,
            typewriter: ["courier", "consolas", "monospace", "menlo", "mono"]
                .iter()
                .any(|part| font.to_lowercase().contains(part)),
            language: language.or(base.languages[index].as_ref()).cloned(),
            style: style.map(Arc::from),
        }
    }
}

impl ParagraphProperties {
    pub(super) fn of(properties: &Element) -> Self {
        let number = |element: &Element, key: &str| -> Option<i32> {
            element
                .attr(key)?
                .parse::<f64>()
                .ok()
                .map(|value| value as i32)
        };
        let indent = properties.child("w:ind");
        let indent = indent.and_then(|one| number(one, "w:left").or(number(one, "w:start")));
        let list = properties.child("w:numPr");
        let rtl = properties.toggle("w:bidi");
        ParagraphProperties {
            level: properties
                .child_val("w:outlineLvl")
                .and_then(|level| level.parse::<u8>().ok())
                .map(|level| level.min(9) + 1),
            align: properties.child_val("w:jc").map(|value| match value {
                "center" => Align::Centre,
                "right" | "end" => Align::End,
                _ => Align::Start,
            }),
            rtl,
            indent,
            list: (
                list.and_then(|list| list.child_val("w:numId"))
                    .map(str::to_owned),
                list.and_then(|list| list.child_val("w:ilvl")?.parse().ok()),
            ),
        }
    }

    /// Lays what others say over it.
    pub(super) fn over(&mut self, other: &ParagraphProperties) {
        self.level = other.level.or(self.level);
        self.align = other.align.or(self.align);
        self.rtl = other.rtl.or(self.rtl);
        self.indent = other.indent.or(self.indent);
        if other.list.0.is_some() {
            self.list.0.clone_from(&other.list.0);
        }
        self.list.1 = other.list.1.or(self.list.1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::xml;

    const W: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'";

    fn styles() -> Styles {
        let text = format!(
            "<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val='fr-FR'/></w:rPr></w:rPrDefault></w:docDefaults>
            <w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/></w:style>
            <w:style w:type='paragraph' w:styleId='berschrift1'><w:name w:val='heading 1'/><w:basedOn w:val='a'/>
              <w:rPr><w:b/></w:rPr></w:style>
            <w:style w:type='paragraph' w:styleId='own'><w:name w:val='My head'/><w:basedOn w:val='berschrift1'/>
              <w:pPr><w:jc w:val='center'/></w:pPr></w:style>
            <w:style w:type='paragraph' w:styleId='loop'><w:name w:val='x'/><w:basedOn w:val='loop2'/></w:style>
            <w:style w:type='paragraph' w:styleId='loop2'><w:name w:val='y'/><w:basedOn w:val='loop'/></w:style>
            <w:style w:type='character' w:styleId='S'><w:name w:val='Strong'/><w:rPr><w:b/></w:rPr></w:style></w:styles>"
        );
        Styles::of(&xml::parse(text.as_bytes()).unwrap())
    }

    #[test]
    fn styles_inherit_levels_and_looks() {
        let styles = styles();
        assert_eq!(styles.of_paragraph("own").level, Some(1));
        assert_eq!(styles.of_paragraph("own").align, Some(Align::Centre));
        assert_eq!(styles.of_paragraph("loop").level, None);
        assert_eq!(styles.paragraph(None), "a");
        assert_eq!(styles.paragraph(Some("none")), "a");
        assert!(styles.looks("own", false).bold);
        assert_eq!(styles.languages()[0].as_deref(), Some("fr-FR"));
    }

    #[test]
    fn the_look_of_a_run_is_its_own() {
        let styles = styles();
        let text = format!("<w:rPr {W}><w:rStyle w:val='S'/><w:i w:val='0'/></w:rPr>");
        let properties = xml::parse(text.as_bytes()).unwrap();
        let (format, _) = styles.run("own", Some(&properties), "");
        assert!(format.bold && !format.italic);
        assert_eq!(format.style.as_deref(), Some("S"));
        assert!(!styles.run("own", None, "").0.bold);
    }
}
