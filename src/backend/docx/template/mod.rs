//! The Word template of a layout: a file of a communications office, whose look our Word files have.
//!
//! ```text
//! .dotx ─ word::Package ─▶ styles, lists, theme, fonts, page, headers, footers, cover ─▶ Template
//!                                                                        └▶ notes: what is not taken over
//! ```
//!
//! Of its text only the cover is taken over, with what the report knows in its placeholders; the rest of a template's body
//! is a sample. Styles that it lacks are ours, in its faces, sizes and colours. Everything goes through lists of what is
//! known: no macro, link, object or font of the template gets into a file. It is a file of a stranger, and what it unpacks
//! to is limited.

mod added;
mod controls;
mod cover;
mod fields;
mod heads;
mod ids;
mod lists;
mod look;
mod names;
mod notes;
mod pictures;
mod story;
mod styles;
mod taken;

use std::collections::BTreeSet;

use super::listing::Listing;
use super::locale::ScriptFonts;
use super::package::{self, Element, Extras, Node, Relationships, finish};
use super::style;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Document, Language};
use crate::layout::Layout;
use crate::word::{self, Package};
use controls::Filling;
pub(super) use cover::Cover;
use heads::Heads;
pub(super) use heads::Piece;
use lists::Lists;
use look::Page;
use notes::{Note, Notes};
use pictures::Pictures;
use story::Shelf;
use styles::Styles;
use taken::child_val;

/// What a template gives to our file.
#[derive(Debug)]
pub(super) struct Template {
    /// How messages call the file.
    file: String,
    /// The layout with what the template says of its tokens.
    pub(super) layout: Layout,
    /// The cover, if it has one.
    pub(super) cover: Option<Cover>,
    /// The relationships of the text that the cover needs.
    pub(super) relationships: Relationships,
    /// Whether left-hand pages have headers and footers of their own.
    pub(super) even: bool,
    styles: Styles,
    lists: Lists,
    theme: Option<word::Element>,
    fonts: Vec<Element>,
    heads: Heads,
    pictures: Pictures,
    page: Option<Page>,
    borders: Option<Element>,
    /// The styles of ours that a template may have, by id.
    known: BTreeSet<String>,
    notes: Notes,
}

impl Template {
    /// The template that a layout names, read for a document; none where it names none.
    ///
    /// # Errors
    /// There is no such file, or it cannot be used.
    pub(super) fn of(
        layout: &Layout,
        document: &Document,
    ) -> Result<Option<Template>, Diagnostics> {
        let Some((file, bytes)) = layout.word_template()? else {
            return Ok(None);
        };
        let read = Template::read(&file, &bytes, layout, document);
        read.map(Some)
            .map_err(|found| layout.at_template(named(&file, found)))
    }

    fn read(
        file: &str,
        bytes: &[u8],
        layout: &Layout,
        document: &Document,
    ) -> Result<Template, Diagnostics> {
        let mut package = Package::open(file, bytes)?;
        let main = package.main.clone();
        let rels = package.relationships(&main)?;
        let part = |kind: &str| {
            let found = rels.values().find(|rel| rel.kind == kind && !rel.external);
            found.map(|rel| rel.target.clone()).unwrap_or_default()
        };
        let mut notes = Notes::default();
        let macros = package
            .part_names()
            .any(|name| name.to_lowercase().ends_with("vbaproject.bin"));
        if macros {
            notes.add(Note::Macros, "");
        }
        let listing = Listing::of(document, &layout.tokens);
        let used = style::Used {
            looks: &BTreeSet::new(),
            sizes: &BTreeSet::new(),
            spaced: &BTreeSet::new(),
            levels: listing.levels(),
        };
        let ours = style::part(&layout.tokens, document, &used)?;
        let root = package.tree(&part("styles"))?;
        if let Some(root) = root
            .as_ref()
            .filter(|root| root.elements().count() > styles::MOST)
        {
            let message = format!(
                "it has {} styles, more than {}",
                root.elements().count(),
                styles::MOST
            );
            return Err(Diagnostic::new(Code::WORD_TOO_LARGE, message).into());
        }
        let mut styles = root
            .map(|root| Styles::of(&root, &ours, &mut notes))
            .unwrap_or_default();
        let numbering = package.tree(&part("numbering"))?;
        let mut lists = numbering.as_ref().map(Lists::of).unwrap_or_default();
        lists.keep(&mut styles);
        let theme = package.tree(&part("theme"))?;
        let own_theme = theme.as_ref().map(|root| {
            look::theme(
                root,
                Element::new("a:theme").child(
                    Element::new("a:themeElements")
                        .child(Element::new("a:clrScheme"))
                        .child(Element::new("a:fontScheme")),
                ),
            )
        });
        let fonts = package.tree(&part("fontTable"))?;
        let fonts = fonts.as_ref().map(|root| {
            for font in root
                .elements()
                .filter(|font| font.elements().any(|one| one.name.starts_with("w:embed")))
            {
                notes.add(
                    Note::Fonts,
                    &taken::text(font.attr("w:name").unwrap_or_default()),
                );
            }
            styles::fonts(root)
        });
        let settings = package.tree(&part("settings"))?;
        let on = |name: &str| settings.as_ref().and_then(|root| root.toggle(name)) == Some(true);
        let root = package.tree(&main)?;
        let empty = word::Element::default();
        let body = root
            .as_ref()
            .and_then(|root| root.child("w:body"))
            .unwrap_or(&empty);
        let sections: Vec<&word::Element> = body
            .elements()
            .filter_map(|one| match &*one.name {
                "w:sectPr" => Some(one),
                _ => one.child("w:pPr")?.child("w:sectPr"),
            })
            .collect();
        let section = sections
            .last()
            .map(|section| cover::section_properties(section));
        let page = section.as_ref().and_then(Page::of);
        if let Some(page) = page.as_ref().filter(|page| !page.is_sound()) {
            let message = format!(
                "its page is {} x {} twentieths of a point",
                page.width, page.height
            );
            return Err(Diagnostic::new(Code::TEMPLATE_ROOM, message).into());
        }
        let filling = Filling::of(document);
        let mut pictures = Pictures::default();
        let mut relationships = Relationships::default();
        let mut shelf = Shelf {
            package: &mut package,
            styles: &styles,
            notes: &mut notes,
            pictures: &mut pictures,
            filling: &filling,
        };
        let heads = Heads::of(&sections, &rels, &mut shelf)?;
        let cover = Cover::of(body, &rels, &mut shelf, &mut relationships)?;
        let mirrored = match &page {
            Some(_) => on("w:mirrorMargins"),
            None => layout.tokens.page.mirrored,
        };
        let layout = look::layout(
            layout,
            page.as_ref(),
            mirrored,
            &styles,
            own_theme.as_ref(),
            &mut notes,
        )?;
        Ok(Template {
            file: file.to_owned(),
            layout,
            cover,
            relationships,
            even: on("w:evenAndOddHeaders") && heads.text.keys().any(|(_, page)| *page == "even"),
            known: ours
                .elements()
                .filter_map(|one| Some(one.get("w:styleId")?.to_owned()))
                .collect(),
            styles,
            lists,
            theme,
            fonts: fonts.unwrap_or_default(),
            heads,
            pictures,
            borders: section.and_then(|section| taken::child(&section, "w:pgBorders").cloned()),
            page,
            notes,
        })
    }

    /// Our part with the styles: the template's, and ours where it has none.
    pub(super) fn styles(
        &self,
        ours: Element,
        language: &Language,
        faces: &ScriptFonts<'_>,
    ) -> Element {
        let mut root = self.styles.merge(ours, language, faces);
        if self.cover.is_some() {
            self.draw_together(&mut root);
        }
        finish(&mut root, &Extras::default());
        root
    }

    /// What our cover says below the template's stands close to it: ours is made to fill a page.
    fn draw_together(&self, root: &mut Element) {
        let line = self.layout.tokens.sizes.line.to_twips();
        let styles = root.children.iter_mut().filter_map(|node| match node {
            Node::Element(style) => Some(style),
            Node::Text(_) => None,
        });
        for style in styles {
            let id = style.get("w:styleId").unwrap_or_default();
            if ON_COVER.contains(&id) && !self.styles.has(id) {
                let space = style.ensure("w:pPr").ensure("w:spacing");
                space.set("w:before", line);
                space.set("w:after", 0);
            }
        }
    }

    /// Our part with the lists, with the template's bullets and those of its own styles.
    pub(super) fn lists(&self, root: &mut Element) {
        self.lists.merge(root, &self.styles);
    }

    /// The theme: the template's in place of ours.
    pub(super) fn theme(&self, ours: Element) -> Element {
        match &self.theme {
            Some(theme) => look::theme(theme, ours),
            None => ours,
        }
    }

    /// The table of fonts with those of the template.
    pub(super) fn fonts(&self, root: &mut Element) {
        let known: BTreeSet<String> = root
            .elements()
            .filter_map(|font| Some(font.get("w:name")?.to_owned()))
            .collect();
        let mut fonts = self.fonts.clone();
        fonts.retain(|font| font.get("w:name").is_some_and(|name| !known.contains(name)));
        for mut font in fonts {
            finish(&mut font, &Extras::default());
            root.children.push(Node::Element(font));
        }
    }

    /// Path below `word/` and bytes of each picture.
    pub(super) fn pictures(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.pictures.files()
    }

    /// The header or footer of the text on pages of a kind: `default` or `even`.
    pub(super) fn head(&self, kind: &'static str, page: &'static str) -> Option<&Piece> {
        let text = &self.heads.text;
        text.get(&(kind, page))
            .or_else(|| text.get(&(kind, "default")))
    }

    /// The header or footer of the cover.
    pub(super) fn first_head(&self, kind: &'static str) -> Option<&Piece> {
        self.heads.first.get(kind)
    }

    /// Whether the header or footer of pages of a kind shows the number of the page.
    pub(super) fn numbers_pages(&self, page: &'static str) -> bool {
        let heads = ["header", "footer"]
            .into_iter()
            .filter_map(|kind| self.head(kind, page));
        heads.into_iter().any(Piece::has_page)
    }

    /// Sets what the template says of a section: where headers and footers stand, and lines around its pages.
    pub(super) fn set_section(&self, section: &mut Element) {
        if let (Some(page), Some(margins)) = (&self.page, section.find_mut("w:pgMar")) {
            for (kind, name, place) in [("header", "w:header", 4), ("footer", "w:footer", 5)] {
                if self.head(kind, "default").is_some() {
                    margins.set(name, page.margins[place] as i64);
                }
            }
        }
        if let Some(borders) = &self.borders {
            let place = section
                .children
                .iter()
                .position(|node| matches!(node, Node::Element(one) if one.name == "w:pgMar"));
            let place = place.map_or(section.children.len(), |place| place + 1);
            section
                .children
                .insert(place, Node::Element(borders.clone()));
        }
    }

    /// What the user should know: what is not taken over, and which styles of those that the text uses it lacks.
    pub(super) fn warnings(&self, used: &BTreeSet<String>, styles: &Element) -> Diagnostics {
        let mut notes = self.notes.clone();
        let names = styles.elements().filter_map(|style| {
            let id = style.get("w:styleId")?;
            let ours = self.known.contains(id) && used.contains(id) && !MADE.contains(&id);
            (ours && !self.styles.has(id)).then(|| child_val(style, "w:name").unwrap_or(id))
        });
        for name in names {
            notes.add(Note::Styles, name);
        }
        let least = self.layout.tokens.sizes.least;
        look::note_unreadable(&self.styles, used, least, &mut notes);
        notes.warnings(&self.file)
    }

    /// What is taken over, in a line.
    pub(super) fn summary(&self) -> String {
        let mut parts = vec![format!("{} styles", self.styles.count())];
        for (kind, what) in [("header", "headers"), ("footer", "footers")] {
            if self.head(kind, "default").is_some() {
                parts.push(what.to_owned());
            }
        }
        if let Some(cover) = &self.cover {
            parts.push(format!("cover with the words “{}”", cover.words));
        }
        format!("{}: {}", self.file, parts.join(", "))
    }
}

/// Styles of what our cover says besides the title.
const ON_COVER: [&str; 3] = ["CoverSeries", "CoverLogos", "CoverCredit"];

/// Styles that only make space: no template needs them.
const MADE: [&str; 4] = [
    "SectionEnd",
    "TableSpace",
    "DefaultParagraphFont",
    "FootnoteSeparator",
];

/// What is wrong with a template, in its own words: the reader of Word files speaks of files that are imported.
fn named(file: &str, found: Diagnostics) -> Diagnostics {
    let renamed = |one: Diagnostic| {
        let codes = [
            (Code::NOT_A_WORD_FILE, Code::NOT_A_TEMPLATE),
            (Code::WORD_DAMAGED, Code::TEMPLATE_DAMAGED),
            (Code::WORD_TOO_LARGE, Code::TEMPLATE_TOO_LARGE),
            (Code::NO_ROOM, Code::TEMPLATE_ROOM),
            (Code::TEMPLATE_ROOM, Code::TEMPLATE_ROOM),
        ];
        let Some((_, code)) = codes.into_iter().find(|(code, _)| *code == one.code) else {
            return one;
        };
        let message = format!("the Word template `{file}` cannot be used: {}", one.message);
        Diagnostic::new(code, message).hint(code.cure())
    };
    found.into_iter().map(renamed).collect()
}

/// The part with the theme of a file of ours.
pub(super) fn theme_of(
    template: Option<&Template>,
    layout: &Layout,
    faces: &ScriptFonts<'_>,
) -> Element {
    let ours = package::theme(&layout.tokens, faces);
    match template {
        Some(template) => template.theme(ours),
        None => ours,
    }
}
