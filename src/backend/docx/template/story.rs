//! Headers, footers and cover of a template as content of our file: paragraphs, tables and pictures, in styles that are
//! there. What stands in boxes is put into the flow, what comes from elsewhere or belongs to other programs is left out.

use super::super::package::{Element, Node, Relationships, in_order};
use super::controls::{Fill, Filling};
use super::fields;
use super::notes::{Note, Notes};
use super::pictures::Pictures;
use super::styles::Styles;
use super::taken::{bare, properties, set_val, settled, text};
use crate::base::diagnostic::Diagnostic;
use crate::word::{self, Package};

/// How deep content may be in content.
const DEEPEST: usize = 40;

/// What all stories of a template share while they are read.
pub(super) struct Shelf<'s, 'b> {
    pub(super) package: &'s mut Package<'b>,
    pub(super) styles: &'s Styles,
    pub(super) notes: &'s mut Notes,
    pub(super) pictures: &'s mut Pictures,
    pub(super) filling: &'s Filling,
}

/// A story that is read.
pub(super) struct Reader<'r, 's, 'b> {
    pub(super) shelf: &'r mut Shelf<'s, 'b>,
    /// Relationships of the part that is read.
    pub(super) from: word::Relationships,
    /// Those of the part that it goes into.
    pub(super) into: &'r mut Relationships,
    /// What it is, for messages.
    pub(super) place: &'static str,
    /// Whether it is the cover: text is heard there, so that it stands in the flow.
    pub(super) cover: bool,
    /// Text of boxes that stand in the paragraph that is read.
    pub(super) boxes: Vec<Element>,
    pub(super) depth: usize,
}

impl Reader<'_, '_, '_> {
    /// The blocks in an element.
    pub(super) fn blocks(&mut self, element: &word::Element) -> Result<Vec<Element>, Diagnostic> {
        let mut blocks = Vec::new();
        if self.depth == DEEPEST {
            return Ok(blocks);
        }
        self.depth += 1;
        for child in settled(element) {
            match &*child.name {
                "w:p" => {
                    let paragraph = self.paragraph(child)?;
                    blocks.push(paragraph);
                    blocks.append(&mut self.boxes);
                }
                "w:tbl" if self.cover => {
                    self.note_box(child);
                    for row in child.descendants().filter(|one| &*one.name == "w:tc") {
                        blocks.extend(self.blocks(row)?);
                    }
                }
                "w:tbl" => blocks.push(self.table(child)?),
                "w:sdt" => match self.shelf.filling.fill(child) {
                    Fill::With(lines) => blocks.extend(self.filled(child, &lines)?),
                    Fill::Nothing => {}
                    Fill::Unknown(name) => {
                        self.shelf.notes.add(Note::Placeholders, &name);
                    }
                    Fill::Keep => {
                        if let Some(content) = child.child("w:sdtContent") {
                            blocks.extend(self.blocks(content)?);
                        }
                    }
                },
                "w:altChunk" => self.left_out("a file within the file"),
                _ => {}
            }
        }
        self.depth -= 1;
        Ok(blocks)
    }

    fn left_out(&mut self, what: &str) {
        let said = format!("{what} in the {}", self.place);
        self.shelf.notes.add(Note::Objects, &said);
    }

    /// Notes that text is taken out of a box or table.
    fn note_box(&mut self, element: &word::Element) {
        let words = words_of(element);
        if !words.is_empty() {
            let start: String = words.chars().take(40).collect();
            self.shelf
                .notes
                .add(Note::Boxes, &format!("“{}”", text(&start)));
        }
    }

    /// The first paragraph of a control with other words.
    fn filled(
        &mut self,
        control: &word::Element,
        lines: &[String],
    ) -> Result<Vec<Element>, Diagnostic> {
        let Some(first) = control.find("w:p") else {
            return Ok(Vec::new());
        };
        let mut paragraph = Element::new("w:p").children(self.paragraph_properties(first));
        let look = first
            .descendants()
            .find(|one| &*one.name == "w:r")
            .and_then(|run| self.run_properties(run));
        paragraph.children.push(Node::Element(said(lines, look)));
        Ok(vec![paragraph])
    }

    fn paragraph_properties(&mut self, paragraph: &word::Element) -> Option<Element> {
        let mut own = properties(paragraph.child("w:pPr")?);
        for odd in [
            "w:numPr",
            "w:framePr",
            "w:rPr",
            "w:sectPr",
            "w:pPrChange",
            "w:cnfStyle",
            "w:divId",
            "w:outlineLvl",
        ] {
            own.remove(odd);
        }
        self.set_style(&mut own, "w:pStyle");
        Some(own)
    }

    fn run_properties(&mut self, run: &word::Element) -> Option<Element> {
        let mut own = properties(run.child("w:rPr")?);
        for odd in ["w:lang", "w:rPrChange", "w:fitText", "w:eastAsianLayout"] {
            own.remove(odd);
        }
        self.set_style(&mut own, "w:rStyle");
        (!own.children.is_empty()).then_some(own)
    }

    /// Names the style as our file does; none where it is not there.
    fn set_style(&mut self, own: &mut Element, name: &str) {
        let id = super::taken::child_val(own, name).map(str::to_owned);
        let id = id.as_deref().and_then(|id| self.shelf.styles.id(id));
        match id.filter(|id| *id != "PlaceholderText") {
            Some(id) => set_val(own, name, id),
            None => own.remove(name),
        }
    }

    fn paragraph(&mut self, paragraph: &word::Element) -> Result<Element, Diagnostic> {
        let mut own = Element::new("w:p").children(self.paragraph_properties(paragraph));
        let mut runs = Vec::new();
        self.inline(paragraph, &mut runs)?;
        let place = fields::Place {
            filling: self.shelf.filling,
            styles: self.shelf.styles,
            cover: self.cover,
            name: self.place,
        };
        let runs = fields::settled(runs, &place, self.shelf.notes);
        own.children.extend(runs.into_iter().map(Node::Element));
        Ok(own)
    }

    /// The runs and links in an element, one piece of content to a run.
    fn inline(
        &mut self,
        element: &word::Element,
        runs: &mut Vec<Element>,
    ) -> Result<(), Diagnostic> {
        if self.depth == DEEPEST {
            return Ok(());
        }
        self.depth += 1;
        for child in settled(element) {
            match &*child.name {
                "w:r" => self.run(child, runs)?,
                "w:hyperlink" => {
                    let mut inner = Vec::new();
                    self.inline(child, &mut inner)?;
                    let target = child.attr("r:id").and_then(|id| self.from.get(id));
                    let target = target.filter(|one| {
                        one.external
                            && ["http://", "https://", "mailto:"]
                                .iter()
                                .any(|start| one.target.to_lowercase().starts_with(start))
                    });
                    match target.map(|one| text(&one.target)) {
                        Some(url) if !inner.is_empty() => {
                            let link =
                                Element::new("w:hyperlink").attr("r:id", self.into.link(&url));
                            runs.push(link.children(inner));
                        }
                        _ => runs.extend(inner),
                    }
                }
                "w:fldSimple" => {
                    let instruction = child.attr("w:instr").unwrap_or_default();
                    runs.extend(fields::opened(instruction));
                    self.inline(child, runs)?;
                    runs.push(fields::closed());
                }
                "w:sdt" => match self.shelf.filling.fill(child) {
                    Fill::With(lines) => {
                        let look = child.find("w:r").and_then(|run| self.run_properties(run));
                        runs.push(said(&lines, look));
                    }
                    Fill::Nothing => {}
                    Fill::Unknown(name) => self.shelf.notes.add(Note::Placeholders, &name),
                    Fill::Keep => {
                        if let Some(content) = child.child("w:sdtContent") {
                            self.inline(content, runs)?;
                        }
                    }
                },
                _ => {}
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn run(&mut self, run: &word::Element, runs: &mut Vec<Element>) -> Result<(), Diagnostic> {
        let look = self.run_properties(run);
        let hidden = ["w:vanish", "w:specVanish"];
        let hidden = look.as_ref().is_some_and(|look| {
            hidden
                .iter()
                .any(|name| super::taken::child(look, name).is_some())
        });
        if hidden {
            return Ok(());
        }
        let push = |piece: Element, runs: &mut Vec<Element>| {
            let own = Element::new("w:r").children(look.clone());
            runs.push(own.child(piece));
        };
        for piece in run.elements() {
            match &*piece.name {
                "w:t" | "w:instrText" => {
                    let words = Element::new(&piece.name).attr("xml:space", "preserve");
                    push(words.text(text(&piece.text())), runs);
                }
                "w:br" if matches!(piece.attr("w:type"), Some("page" | "column")) => {}
                "w:tab" | "w:br" | "w:cr" | "w:noBreakHyphen" | "w:softHyphen" | "w:sym"
                | "w:ptab" => {
                    push(bare(piece), runs);
                }
                "w:fldChar" => {
                    let kind = piece.attr("w:fldCharType").unwrap_or_default();
                    push(Element::new("w:fldChar").attr("w:fldCharType", kind), runs);
                }
                "w:pgNum" => {
                    runs.extend(fields::opened(" PAGE "));
                    push(Element::new("w:t").text("1"), runs);
                    runs.push(fields::closed());
                }
                "w:drawing" => self.drawing(piece, &look, runs)?,
                "mc:AlternateContent" => {
                    let choice = piece.child("mc:Choice").or(piece.child("mc:Fallback"));
                    for one in choice.into_iter().flat_map(word::Element::elements) {
                        match &*one.name {
                            "w:drawing" => self.drawing(one, &look, runs)?,
                            "w:pict" | "w:object" => self.old_drawing(one)?,
                            _ => {}
                        }
                    }
                }
                "w:pict" | "w:object" => self.old_drawing(piece)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// A drawing: a picture or a shape without text is kept, the text of boxes is put behind the paragraph.
    fn drawing(
        &mut self,
        drawing: &word::Element,
        look: &Option<Element>,
        runs: &mut Vec<Element>,
    ) -> Result<(), Diagnostic> {
        if drawing.find("w:txbxContent").is_some() {
            return self.boxed(drawing);
        }
        match super::pictures::taken(self, drawing)? {
            Some(kept) => {
                let own = Element::new("w:r").children(look.clone());
                runs.push(own.child(kept));
            }
            None => self.left_out("a drawing"),
        }
        Ok(())
    }

    /// A drawing in the form of old versions, or an object of another program.
    fn old_drawing(&mut self, drawing: &word::Element) -> Result<(), Diagnostic> {
        if drawing.find("w:txbxContent").is_some() {
            return self.boxed(drawing);
        }
        self.left_out(match &*drawing.name {
            "w:object" => "an object of another program",
            _ => "a watermark or drawing in an old form",
        });
        Ok(())
    }

    /// The text of boxes, for behind the paragraph.
    fn boxed(&mut self, drawing: &word::Element) -> Result<(), Diagnostic> {
        self.note_box(drawing);
        let boxes: Vec<&word::Element> = outermost(drawing, "w:txbxContent");
        for one in boxes {
            let outer = std::mem::take(&mut self.boxes);
            let mut blocks = self.blocks(one)?;
            blocks.iter_mut().for_each(darken);
            self.boxes = outer;
            self.boxes.extend(blocks);
        }
        Ok(())
    }

    fn table(&mut self, table: &word::Element) -> Result<Element, Diagnostic> {
        let mut own = Element::new("w:tbl");
        let mut look = table
            .child("w:tblPr")
            .map(properties)
            .unwrap_or_else(|| Element::new("w:tblPr"));
        look.remove("w:tblpPr");
        look.remove("w:tblOverlap");
        self.set_style(&mut look, "w:tblStyle");
        own = own.child(look);
        let grid = table
            .child("w:tblGrid")
            .into_iter()
            .flat_map(word::Element::elements);
        let columns = grid.filter(|one| &*one.name == "w:gridCol").map(bare);
        own = own.child(Element::new("w:tblGrid").children(columns));
        for row in settled(table)
            .into_iter()
            .filter(|one| &*one.name == "w:tr")
        {
            let mut line = Element::new("w:tr").children(row.child("w:trPr").map(properties));
            for cell in cells(row) {
                let mut taken = Element::new("w:tc").children(cell.child("w:tcPr").map(properties));
                let mut blocks = self.blocks(cell)?;
                if blocks.last().is_none_or(|last| last.name != "w:p") {
                    blocks.push(Element::new("w:p"));
                }
                taken = taken.children(blocks);
                line = line.child(taken);
            }
            own = own.child(line);
        }
        Ok(own)
    }
}

/// The cells of a row, also those in controls.
fn cells(row: &word::Element) -> Vec<&word::Element> {
    let mut cells = Vec::new();
    for one in settled(row) {
        match &*one.name {
            "w:tc" => cells.push(one),
            "w:sdt" => cells.extend(one.child("w:sdtContent").into_iter().flat_map(cells_of)),
            _ => {}
        }
    }
    cells
}

fn cells_of(element: &word::Element) -> Vec<&word::Element> {
    cells(element)
}

/// The elements of a name in another, without those within one of that name; of several forms the first.
fn outermost<'e>(element: &'e word::Element, name: &str) -> Vec<&'e word::Element> {
    let mut found = Vec::new();
    for child in element.elements() {
        match &*child.name {
            own if own == name => found.push(child),
            "mc:Fallback" => {}
            _ => found.extend(outermost(child, name)),
        }
    }
    found
}

/// A run that says lines.
pub(super) fn said(lines: &[String], look: Option<Element>) -> Element {
    let mut run = Element::new("w:r").children(look);
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            run = run.child(Element::new("w:br"));
        }
        let words = Element::new("w:t").attr("xml:space", "preserve");
        run = run.child(words.text(line));
    }
    run
}

/// Text that stood on a dark field stands on paper: light colours are those of the style again.
fn darken(element: &mut Element) {
    if element.name == "w:rPr" {
        let ink = super::taken::child_val(element, "w:color").and_then(super::look::hexadecimal);
        let light = ink.is_some_and(|ink| super::look::contrast(ink, [255; 3]) < 4.5);
        let themed = super::taken::child(element, "w:color").is_some_and(|one| {
            one.get("w:themeColor")
                .is_some_and(|theme| theme.starts_with("background") || theme.starts_with("light"))
        });
        if light || themed {
            element.remove("w:color");
        }
    }
    for node in &mut element.children {
        if let Node::Element(child) = node {
            darken(child);
        }
    }
}

/// The words in an element, with one space between them; of several forms of something the first.
fn words_of(element: &word::Element) -> String {
    let mut all = String::new();
    push_words(element, &mut all);
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn push_words(element: &word::Element, all: &mut String) {
    for child in element.elements() {
        match &*child.name {
            "w:t" => all.push_str(&child.text()),
            "mc:Fallback" => {}
            _ => push_words(child, all),
        }
    }
    if &*element.name == "w:p" {
        all.push(' ');
    }
}

/// The words of blocks of our file, with one space between them.
pub(super) fn words(blocks: &[Element]) -> String {
    fn push(element: &Element, all: &mut String) {
        match element.name.as_str() {
            "w:instrText" => {}
            "w:t" => element.children.iter().for_each(|node| {
                if let Node::Text(text) = node {
                    all.push_str(text);
                }
            }),
            "w:br" | "w:tab" | "w:cr" => all.push(' '),
            _ => element.elements().for_each(|child| push(child, all)),
        }
        if element.name == "w:p" {
            all.push(' ');
        }
    }
    let mut all = String::new();
    blocks.iter().for_each(|block| push(block, &mut all));
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a block shows anything.
pub(super) fn shows(block: &Element) -> bool {
    [
        "w:t",
        "w:sym",
        "w:drawing",
        "mc:AlternateContent",
        "w:instrText",
    ]
    .contains(&block.name.as_str())
        || block.elements().any(shows)
}

/// Space made by paragraphs without words becomes that of the paragraph behind them.
pub(super) fn without_blanks(blocks: Vec<Element>, keep_last: bool) -> Vec<Element> {
    let mut kept: Vec<Element> = Vec::new();
    let mut blank = 0;
    for mut block in blocks {
        let empty = block.name == "w:p" && !shows(&block);
        if empty {
            blank += 1;
            continue;
        }
        if blank > 0 && block.name == "w:p" {
            let properties = block.ensure("w:pPr");
            let space = properties.ensure("w:spacing");
            let own: i32 = space
                .get("w:before")
                .and_then(|own| own.parse().ok())
                .unwrap_or(0);
            let most = 1_584 * 20;
            space.set("w:before", own.saturating_add(blank * LINE).min(most));
            space.unset("w:beforeAutospacing");
            space.unset("w:beforeLines");
        }
        blank = 0;
        kept.push(block);
    }
    if keep_last && kept.last().is_none_or(|last| last.name != "w:p") {
        kept.push(Element::new("w:p"));
    }
    kept.iter_mut().for_each(in_order);
    kept
}

/// Height of a paragraph without words in twentieths of a point.
const LINE: i32 = 280;
