//! Pictures, text boxes, charts and what else stands as a drawing within a line.

use super::body::{Around, Reader, Within, chosen};
use super::model::{Content, Format, Picture, Piece};
use super::xml::Element;

/// Units of drawings in a point.
const EMU: f64 = 12_700.0;

/// What is said of the drawing as a whole.
#[derive(Default)]
struct Said {
    alt: String,
    title: String,
    decorative: bool,
    size: (f64, f64),
}

impl Reader {
    /// A drawing of a run, old or new.
    pub(super) fn drawing(
        &mut self,
        element: &Element,
        format: &Format,
        within: &Within<'_>,
        out: &mut Vec<Piece>,
    ) {
        let mut found = Vec::new();
        for one in element.elements() {
            match &*one.name {
                "wp:inline" | "wp:anchor" => {
                    let said = said(one);
                    self.shapes(one, &said, &mut found);
                }
                _ => self.shape(one, &Said::default(), &mut found),
            }
        }
        // An embedded object is shown by a picture of it, which says what it is.
        if let Some(object) = element.child("o:OLEObject") {
            let program = object.attr("ProgID").unwrap_or("unknown");
            let what = format!("an embedded object ({program})");
            found.push(Content::Object(what, String::new()));
        }
        for content in found {
            self.put(content, format, within, out);
        }
    }

    fn shapes(&mut self, parent: &Element, said: &Said, found: &mut Vec<Content>) {
        for child in parent.elements() {
            self.shape(child, said, found);
        }
    }

    fn shape(&mut self, element: &Element, said: &Said, found: &mut Vec<Content>) {
        match &*element.name {
            "pic:pic" => self.picture(element, said, found),
            "w:txbxContent" => {
                let mark = self.open.len();
                let blocks = self.blocks(element, &Around::default());
                self.open.truncate(mark);
                if !blocks.is_empty() {
                    found.push(Content::TextBox(blocks));
                }
            }
            "c:chart" | "?:chart" => self.drawn(element.attr("r:id"), "a chart", found),
            "dgm:relIds" => self.drawn(element.attr("r:dm"), "a diagram (SmartArt)", found),
            "a:txBody" => {
                let words = words(element);
                if !words.is_empty() {
                    found.push(Content::Object("a drawing".to_owned(), words));
                }
            }
            "v:textpath" => {
                if let Some(words) = element.attr("string").filter(|words| !words.is_empty()) {
                    found.push(Content::Object("WordArt".to_owned(), words.to_owned()));
                }
            }
            "v:shape" | "v:rect" | "v:roundrect" | "v:oval" => {
                let text = |name: &str| element.attr(name).unwrap_or_default().to_owned();
                let own = Said {
                    alt: text("alt"),
                    title: text("title"),
                    decorative: false,
                    size: styled_size(element.attr("style").unwrap_or_default()),
                };
                self.shapes(element, &own, found);
            }
            "v:imagedata" => {
                let id = element.attr("r:id").or(element.attr("o:relid"));
                self.image(id, None, said, found);
            }
            "mc:AlternateContent" => {
                if let Some(chosen) = chosen(element) {
                    self.shapes(chosen, said, found);
                }
            }
            _ => self.shapes(element, said, found),
        }
    }

    fn picture(&mut self, element: &Element, outer: &Said, found: &mut Vec<Content>) {
        let fill = element.find("a:blip");
        let id = fill.and_then(|blip| blip.attr("r:embed").or(blip.attr("r:link")));
        let svg = fill.and_then(|blip| blip.find("asvg:svgBlip")?.attr("r:embed"));
        let own = element.find("pic:cNvPr");
        let text = |name: &str| {
            own.and_then(|own| own.attr(name))
                .unwrap_or_default()
                .to_owned()
        };
        let said = Said {
            alt: match outer.alt.is_empty() {
                true => text("descr"),
                false => outer.alt.clone(),
            },
            title: match outer.title.is_empty() {
                true => text("title"),
                false => outer.title.clone(),
            },
            decorative: outer.decorative || own.is_some_and(is_decorative),
            size: outer.size,
        };
        self.image(id, svg, &said, found);
    }

    fn image(
        &mut self,
        id: Option<&str>,
        svg: Option<&str>,
        said: &Said,
        found: &mut Vec<Content>,
    ) {
        let svg = svg.and_then(|id| self.rels.get(id));
        let drawing = svg
            .filter(|rel| !rel.external)
            .map(|rel| rel.target.clone());
        let rel = id.and_then(|id| self.rels.get(id));
        let (source, external) = match (rel, &drawing) {
            (Some(rel), _) => (rel.target.clone(), rel.external),
            (None, Some(drawing)) => (drawing.clone(), false),
            (None, None) => (String::new(), true),
        };
        if !external {
            self.media.insert(source.clone());
        }
        self.media.extend(drawing.clone());
        found.push(Content::Picture(Box::new(Picture {
            source,
            drawing,
            external,
            alt: said.alt.clone(),
            title: said.title.clone(),
            decorative: said.decorative,
            size: said.size,
        })));
    }

    fn drawn(&mut self, id: Option<&str>, what: &str, found: &mut Vec<Content>) {
        let rel = id.and_then(|id| self.rels.get(id));
        let words = rel.and_then(|rel| self.drawn.get(&rel.target));
        let words = words.cloned().unwrap_or_default();
        found.push(Content::Object(what.to_owned(), words));
    }
}

fn said(element: &Element) -> Said {
    let properties = element.child("wp:docPr");
    let text = |name: &str| {
        let value = properties.and_then(|one| one.attr(name));
        value.unwrap_or_default().to_owned()
    };
    let extent = element.child("wp:extent");
    let side = |name: &str| {
        let value = extent.and_then(|one| one.attr(name)?.parse::<f64>().ok());
        value.unwrap_or_default() / EMU
    };
    Said {
        alt: text("descr"),
        title: text("title"),
        decorative: properties.is_some_and(is_decorative),
        size: (side("cx"), side("cy")),
    }
}

fn is_decorative(properties: &Element) -> bool {
    let mark = properties.find("adec:decorative");
    mark.is_some_and(|mark| matches!(mark.attr("val"), Some("1" | "true")))
}

/// Width and height of a style such as `width:120pt;height:2in`.
fn styled_size(style: &str) -> (f64, f64) {
    let side = |name: &str| {
        let value = style.split(';').find_map(|part| {
            let (key, value) = part.split_once(':')?;
            (key.trim() == name).then(|| value.trim())
        });
        let value = value.unwrap_or_default();
        let end = value.find(|c: char| !(c.is_ascii_digit() || c == '.'));
        let (number, unit) = value.split_at(end.unwrap_or(value.len()));
        let points = match unit {
            "in" => 72.0,
            "cm" => 72.0 / 2.54,
            "mm" => 72.0 / 25.4,
            "px" => 0.75,
            _ => 1.0,
        };
        number.parse::<f64>().unwrap_or_default() * points
    };
    (side("width"), side("height"))
}

/// The words of a drawing: a line for each paragraph.
pub(super) fn words(element: &Element) -> String {
    let paragraphs = element.descendants().filter(|one| &*one.name == "a:p");
    let lines = paragraphs.map(|one| {
        let runs = one.descendants().filter(|one| &*one.name == "a:t");
        runs.map(Element::text).collect::<String>()
    });
    let lines: Vec<String> = lines.filter(|line| !line.trim().is_empty()).collect();
    lines.join("\n")
}

/// The words and numbers of a chart: titles, then each series with its names and values.
pub(super) fn chart_words(root: &Element) -> String {
    let mut lines = Vec::new();
    for one in root.descendants() {
        match &*one.name {
            "c:title" => lines.push(words(one)),
            "c:ser" => {
                let name = one.child("c:tx").map(points).unwrap_or_default().join(" ");
                let cats = ["c:cat", "c:xVal"].iter().find_map(|name| one.child(name));
                let values = ["c:val", "c:yVal"].iter().find_map(|name| one.child(name));
                let cats = cats.map(points).unwrap_or_default();
                let values = values.map(points).unwrap_or_default();
                let pairs = values
                    .iter()
                    .enumerate()
                    .map(|(at, value)| match cats.get(at) {
                        Some(cat) => format!("{cat} {value}"),
                        None => value.clone(),
                    });
                let pairs: Vec<String> = pairs.collect();
                lines.push(format!("{name}: {}", pairs.join("; ")));
            }
            _ => {}
        }
    }
    lines.retain(|line| !line.trim_matches([':', ' ']).is_empty());
    lines.join("\n")
}

fn points(element: &Element) -> Vec<String> {
    let values = element.descendants().filter(|one| &*one.name == "c:v");
    values.map(Element::text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_old_drawings_are_points() {
        assert_eq!(styled_size("width:120pt;height:2in"), (120.0, 144.0));
        assert_eq!(styled_size("position:absolute; height:8"), (0.0, 8.0));
        assert_eq!(styled_size(""), (0.0, 0.0));
    }
}
