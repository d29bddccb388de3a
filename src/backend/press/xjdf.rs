//! The job ticket as XJDF 2.1, the job tickets of CIP4: the product that is meant, and the sheets that are made for it.
//!
//! Measures of pages and sheets are in points there, thicknesses of papers in micrometres.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::formes;
use super::ticket::{
    BindingKind, Edge, FileInfo, FoldInfo, Holds, Paper, SheetInfo, Ticket, WorkStyle,
};
use crate::base::diagnostic::Diagnostics;
use crate::layout::{Coating, MM};
use crate::pdf::prepress;

/// The names of all versions of XJDF are in this namespace.
const NAMESPACE: &str = "http://www.CIP4.org/JDFSchema_2_0";
/// Version of the format.
const VERSION: &str = "2.1";

/// An element with its attributes and what is in it.
struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Element>,
    text: Option<String>,
}

impl Element {
    fn new(name: &'static str) -> Self {
        Element {
            name,
            attributes: Vec::new(),
            children: Vec::new(),
            text: None,
        }
    }

    fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.attributes.push((name, value.to_string()));
        self
    }

    fn maybe(self, name: &'static str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    fn holds(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children.extend(children);
        self
    }

    fn says(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        let attributes = self.attributes.iter();
        let element = writer
            .create_element(self.name)
            .with_attributes(attributes.map(|(name, value)| (*name, value.as_str())));
        match (&self.text, self.children.is_empty()) {
            (Some(text), _) => element.write_text_content(BytesText::new(text))?,
            (None, true) => element.write_empty()?,
            (None, false) => element.write_inner_content(|writer| {
                self.children
                    .iter()
                    .try_for_each(|child| child.write(writer))
            })?,
        };
        Ok(())
    }
}

/// The ticket as a file.
pub(super) fn text(ticket: &Ticket) -> Result<Vec<u8>, Diagnostics> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    let declaration = Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None));
    let written = writer
        .write_event(declaration)
        .and_then(|()| xjdf(ticket).write(&mut writer));
    written.map_err(|error| prepress::wrong(&error))?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn xjdf(ticket: &Ticket) -> Element {
    let (agent, version) = ticket.tool.split_once(' ').unwrap_or((&ticket.tool, ""));
    let header = Element::new("Header")
        .with("AgentName", agent)
        .with("AgentVersion", version)
        .with("DeviceID", agent)
        .with("Time", &ticket.date);
    let job_number = ticket
        .job_number
        .iter()
        .map(|number| id("JobNumber", number));
    let mut sets = vec![media(ticket)];
    if ticket.sheets.iter().any(|sheet| sheet.signature.is_some()) {
        sets.extend([
            signatures(ticket),
            layout(ticket),
            folding(ticket),
            assembly(ticket),
        ]);
    }
    sets.extend([files(ticket)]);
    Element::new("XJDF")
        .with("xmlns", NAMESPACE)
        .with("Version", VERSION)
        .with("JobID", &ticket.id)
        .with("DescriptiveName", &ticket.title)
        .with("Types", "Product")
        .holds([Element::new("AuditPool").holds([Element::new("AuditCreated").holds([header])])])
        .holds(job_number)
        .holds([
            id("PreflightRules", &ticket.preflight.rules),
            id("OutputProfile", &ticket.profile),
        ])
        .holds([products(ticket)])
        .holds(sets)
}

fn id(usage: &'static str, value: &str) -> Element {
    Element::new("GeneralID")
        .with("IDUsage", usage)
        .with("IDValue", value)
}

fn set(name: &'static str) -> Element {
    Element::new("ResourceSet").with("Name", name)
}

fn points(mm: f64) -> String {
    format!("{:.2}", mm * MM)
}

fn pair([width, height]: [f64; 2]) -> String {
    format!("{} {}", points(width), points(height))
}

/// What is to be made: the book, and its parts where the cover is one of its own.
fn products(ticket: &Ticket) -> Element {
    let pages = ticket.pages.report;
    let whole = Element::new("Product")
        .with("ID", "Whole")
        .with("IsRoot", true)
        .with("DescriptiveName", &ticket.title);
    let Some(cover) = &ticket.cover else {
        let parts = intents(ticket, pages, &text_inks(ticket), ticket.stock.as_ref());
        let whole = whole.with("ProductType", "Book");
        return Element::new("ProductList").holds([whole.holds(binding(ticket)).holds(parts)]);
    };
    let spine = ticket.binding.book.as_ref().map_or(0.0, |book| book.spine);
    let [width, height] = ticket.trim;
    let finished = format!("{} {} {}", points(width), points(height), points(spine));
    let size = Element::new("LayoutIntent").with("FinishedDimensions", finished);
    let part = |id: &'static str, kind: &'static str| {
        Element::new("Product")
            .with("ID", id)
            .with("IsRoot", false)
            .with("ProductType", kind)
    };
    let front = surface("Front", &cover.inks);
    let cover_part = part("Cover", "Cover").holds([
        intent(Element::new("ColorIntent").holds([front])),
        intent(
            Element::new("LayoutIntent")
                .with("Bleed", points(ticket.bleed))
                .with("Dimensions", pair(cover.trim))
                .with("Pages", 4)
                .with("Sides", "OneSided"),
        ),
        intent(media_intent(cover.stock.as_ref())),
    ]);
    let text = part("Text", "Body").holds(intents(
        ticket,
        ticket.pages.sheets,
        &text_inks(ticket),
        ticket.stock.as_ref(),
    ));
    let whole = whole
        .with("ProductType", "Book")
        .holds(binding(ticket))
        .holds([intent(size)]);
    Element::new("ProductList").holds([whole, cover_part, text])
}

/// All inks of the pages on the sheets.
fn text_inks(ticket: &Ticket) -> Vec<String> {
    let sides = ticket
        .sheets
        .iter()
        .flat_map(|sheet| [Some(&sheet.front), sheet.back.as_ref()]);
    let used: Vec<&String> = sides.flatten().flat_map(|side| &side.inks).collect();
    let all = ["Cyan", "Magenta", "Yellow", "Black", "Spot"].into_iter();
    all.filter(|ink| used.iter().any(|used| used == ink))
        .map(str::to_owned)
        .collect()
}

fn intent(what: Element) -> Element {
    Element::new("Intent").with("Name", what.name).holds([what])
}

fn surface(side: &'static str, inks: &[String]) -> Element {
    Element::new("SurfaceColor")
        .with("Surface", side)
        .maybe("ColorsUsed", (!inks.is_empty()).then(|| inks.join(" ")))
}

fn intents(ticket: &Ticket, pages: usize, inks: &[String], stock: Option<&Paper>) -> Vec<Element> {
    let colour = Element::new("ColorIntent").holds([surface("Front", inks), surface("Back", inks)]);
    let [width, height] = ticket.trim;
    let size = Element::new("LayoutIntent")
        .with("Bleed", points(ticket.bleed))
        .with(
            "FinishedDimensions",
            format!("{} {} 0", points(width), points(height)),
        )
        .with("Pages", pages)
        .with("Sides", "TwoSidedHeadToHead");
    vec![intent(colour), intent(size), intent(media_intent(stock))]
}

fn coating(paper: &Paper) -> &'static str {
    match paper.coating {
        Coating::None => "None",
        Coating::Matt => "Matte",
        Coating::Silk => "Satin",
        Coating::Gloss => "Gloss",
    }
}

fn micrometres(mm: f64) -> f64 {
    (mm * 1000.0).round()
}

fn media_intent(stock: Option<&Paper>) -> Element {
    Element::new("MediaIntent")
        .with("MediaType", "Paper")
        .maybe("MediaQuality", stock.map(|paper| &paper.description))
        .maybe("Weight", stock.map(|paper| paper.weight))
        .maybe("Thickness", stock.map(|paper| micrometres(paper.caliper)))
        .maybe("Coating", stock.map(coating))
}

fn binding(ticket: &Ticket) -> Vec<Element> {
    let (kind, order, how) = match ticket.binding.kind {
        BindingKind::Perfect => {
            let book = ticket.binding.book.as_ref();
            let hinge = book.is_some_and(|book| book.hinge > 0.0);
            let soft = Element::new("SoftCoverBinding")
                .with(
                    "EndSheets",
                    book.is_some_and(|book| book.endpapers.is_some()),
                )
                .with("Scoring", if hinge { "QuadScored" } else { "TwiceScored" });
            ("SoftCover", "Gathering", Some(soft))
        }
        BindingKind::Stitched => ("SaddleStitch", "Collecting", None),
        BindingKind::Gathered => ("EdgeGluing", "Gathering", None),
        BindingKind::None => return Vec::new(),
    };
    let edge = match ticket.binding.edge {
        Edge::Left => "Left",
        Edge::Right => "Right",
    };
    let binding = Element::new("BindingIntent")
        .with("BindingOrder", order)
        .with("BindingSide", edge)
        .with("BindingType", kind)
        .maybe("ChildRefs", ticket.cover.as_ref().map(|_| "Cover Text"));
    vec![intent(binding.holds(how))]
}

/// The papers with the sizes of their sheets.
fn media(ticket: &Ticket) -> Element {
    let paper = |id: &'static str, size: [f64; 2], stock: Option<&Paper>| {
        let media = Element::new("Media")
            .maybe("Coating", stock.map(coating))
            .with("Dimension", pair(size))
            .with("MediaType", "Paper")
            .maybe("Thickness", stock.map(|paper| micrometres(paper.caliper)))
            .maybe("Weight", stock.map(|paper| paper.weight));
        Element::new("Resource")
            .with("ID", id)
            .maybe("DescriptiveName", stock.map(|paper| &paper.description))
            .holds([Element::new("Part").with("ProductPart", id.trim_start_matches("Paper"))])
            .holds([media])
    };
    let text = if ticket.cover.is_some() {
        "PaperText"
    } else {
        "PaperWhole"
    };
    let largest = ticket.sheets.iter().map(|sheet| sheet.size);
    let largest = largest.max_by(|a, b| (a[0] * a[1]).total_cmp(&(b[0] * b[1])));
    let of_text = paper(text, largest.unwrap_or_default(), ticket.stock.as_ref());
    let cover = ticket
        .cover
        .iter()
        .map(|cover| paper("PaperCover", cover.size, cover.stock.as_ref()));
    set("Media")
        .with("Usage", "Input")
        .holds([of_text])
        .holds(cover)
}

fn signature_id(sheet: &SheetInfo) -> String {
    format!("Sheet{}", sheet.sheet)
}

fn sheet_part(sheet: &SheetInfo) -> Element {
    Element::new("Part").with("SheetName", format!("Sheet{}", sheet.sheet))
}

/// Columns and rows of one copy of a sheet.
fn copy(sheet: &SheetInfo) -> (usize, usize) {
    let (columns, rows) = (
        sheet.front.rows.first().map_or(0, Vec::len),
        sheet.front.rows.len(),
    );
    match sheet.work {
        WorkStyle::WorkAndTurn => (columns / 2, rows),
        WorkStyle::WorkAndTumble => (columns, rows / 2),
        WorkStyle::OneSide | WorkStyle::Sheetwise => (columns, rows),
    }
}

/// What each folded sheet holds: the pages of its places, counted within the sheet.
fn signatures(ticket: &Ticket) -> Element {
    let one = |sheet: &SheetInfo| {
        let (columns, rows) = copy(sheet);
        let leaves = formes::leaves(2 * columns * rows, ticket.binding.edge == Edge::Right);
        let cells = leaves.into_iter().map(|(front, back, turned)| {
            Element::new("SignatureCell")
                .with("BackPages", back)
                .with("FrontPages", front)
                .with("Orientation", if turned { "Down" } else { "Up" })
        });
        let signature = Element::new("BinderySignature")
            .with("BinderySignatureType", "Fold")
            // Of the folds with a number in the catalogue only the single one is the same everywhere.
            .maybe("FoldCatalog", (columns * rows == 2).then_some("F4-1"))
            .with("NumberUp", format!("{columns} {rows}"));
        Element::new("Resource")
            .holds([Element::new("Part").with("BinderySignatureID", signature_id(sheet))])
            .holds([signature.holds(cells)])
    };
    set("BinderySignature")
        .with("Usage", "Input")
        .holds(folded(ticket).map(one))
}

fn folded(ticket: &Ticket) -> impl Iterator<Item = &SheetInfo> {
    ticket
        .sheets
        .iter()
        .filter(|sheet| sheet.signature.is_some())
}

/// How each sheet is printed.
fn layout(ticket: &Ticket) -> Element {
    let rightwards = ticket.binding.edge == Edge::Left;
    let one = |sheet: &SheetInfo| {
        // Of two copies the one that is printed with its front first.
        let (style, area) = match sheet.work {
            WorkStyle::OneSide => ("Simplex", "0 0 1 1"),
            WorkStyle::Sheetwise => ("WorkAndBack", "0 0 1 1"),
            WorkStyle::WorkAndTurn if rightwards => ("WorkAndTurn", "0 0 0.5 1"),
            WorkStyle::WorkAndTurn => ("WorkAndTurn", "0.5 0 1 1"),
            WorkStyle::WorkAndTumble => ("WorkAndTumble", "0 0 1 0.5"),
        };
        let [width, height] = sheet.size;
        let position = Element::new("Position")
            .with("BinderySignatureID", signature_id(sheet))
            .with("RelativeBox", area);
        let layout = Element::new("Layout")
            .with(
                "PaperRef",
                if ticket.cover.is_some() {
                    "PaperText"
                } else {
                    "PaperWhole"
                },
            )
            .with(
                "SurfaceContentsBox",
                format!("0 0 {} {}", points(width), points(height)),
            )
            .with("WorkStyle", style);
        Element::new("Resource").holds([sheet_part(sheet), layout.holds([position])])
    };
    set("Layout")
        .with("Usage", "Input")
        .holds(folded(ticket).map(one))
}

/// How each sheet is folded: it lies with its front down.
fn folding(ticket: &Ticket) -> Element {
    let one = |sheet: &SheetInfo| {
        let said = sheet.folds.iter().map(|fold| match fold {
            FoldInfo::UpperOverLower => "upper half over lower",
            FoldInfo::RightOverLeft => "right half over left",
            FoldInfo::LeftOverRight => "left half over right",
        });
        let said = format!("Front down: {}.", said.collect::<Vec<_>>().join(", "));
        let params = Element::new("FoldingParams")
            .maybe("FoldCatalog", (sheet.folds.len() == 1).then_some("F4-1"));
        Element::new("Resource").holds([
            Element::new("Comment").says(said),
            sheet_part(sheet),
            params,
        ])
    };
    set("FoldingParams")
        .with("Usage", "Input")
        .holds(folded(ticket).map(one))
}

/// In which order the sheets are put together.
fn assembly(ticket: &Ticket) -> Element {
    let sheets: Vec<&SheetInfo> = folded(ticket).collect();
    let ids: Vec<String> = sheets.iter().map(|sheet| signature_id(sheet)).collect();
    let nested = sheets.chunk_by(|one, next| one.signature == next.signature);
    let nested: Vec<&[&SheetInfo]> = nested.collect();
    let assembly = Element::new("Assembly");
    let assembly = match nested.as_slice() {
        [_] if ticket.binding.kind == BindingKind::Stitched => assembly
            .with("BinderySignatureIDs", ids.join(" "))
            .with("Order", "Collecting"),
        all if all.iter().all(|sheets| sheets.len() == 1) => assembly
            .with("BinderySignatureIDs", ids.join(" "))
            .with("Order", "Gathering"),
        all => {
            // Sheets of a signature lie in one another, the outermost around the others.
            let sections = all.iter().filter_map(|sheets| {
                let inwards = sheets.iter().rev();
                inwards.fold(None, |inner: Option<Element>, sheet| {
                    let section = Element::new("AssemblySection")
                        .with("BinderySignatureID", signature_id(sheet));
                    Some(section.holds(inner))
                })
            });
            assembly.with("Order", "List").holds(sections)
        }
    };
    set("Assembly")
        .with("Usage", "Input")
        .holds([Element::new("Resource").holds([assembly])])
}

/// The files with what is printed.
fn files(ticket: &Ticket) -> Element {
    let part = |file: &FileInfo| match (file.holds, ticket.cover.is_some()) {
        (Holds::Cover, _) => "Cover",
        (_, true) => "Text",
        (_, false) => "Whole",
    };
    let printed = ticket.files.iter().filter(|file| file.holds != Holds::Map);
    let one = |file: &FileInfo| {
        let spec = Element::new("FileSpec")
            .with("FileSize", file.size)
            .with("MimeType", "application/pdf")
            .with("URL", &file.name)
            .with("UserFileName", &file.name);
        let list = Element::new("RunList")
            .maybe("NPage", file.sides)
            .holds([spec]);
        Element::new("Resource").holds([
            id("SHA-256", &file.sha256),
            Element::new("Part").with("ProductPart", part(file)),
            list,
        ])
    };
    set("RunList")
        .with("ProcessUsage", "Document")
        .with("Usage", "Input")
        .holds(printed.map(one))
}
