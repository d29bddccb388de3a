//! Pages with faults that are put there on purpose, and their neighbours that are none.

use super::*;
use crate::backend::typeset::lines::LineElement;
use crate::layout::LayoutLoader;
use crate::source::{self, Folder};

/// A report of one chapter with a table of five rows and a chart of it, which may be described, and a list of tables.
fn document(described: bool) -> Document {
    let description = if described {
        ", description: Two bars."
    } else {
        ""
    };
    let files = [
        (
            "report.yaml",
            "id: a\nlanguage: en\ntitle: T\ndate: 2016-01-01\npublisher: P\ndescription: D\ncopyright: c\n\
             imprint: i\ncontents: [c.yaml]\nback_matter: [tables]\n",
        ),
        (
            "c.yaml",
            "section:\n  id: c\n  title: C\n  blocks:\n    - text: See [](#t).\n    - table: {id: t, caption: T, \
             header: [[a, b]], rows: [[k, 2], [l, 2], [m, 2], [n, 2], [o, 2]]}\n    - chart: {id: f, caption: F, kind: bar, table: t, \
             columns: [b]…}\n",
        ),
    ];
    let files = files.map(|(name, text)| {
        let text = text.replace('…', description);
        (name.to_owned(), text.into_bytes())
    });
    let source = source::read(&Folder::in_memory(files.into())).expect("a source");
    let (document, _) = crate::document::resolve(
        &source,
        &LayoutLoader::embedded().strings("en").expect("English"),
    )
    .expect("a report");
    document
}

fn tokens(layout: &str) -> Tokens {
    let layout = LayoutLoader::embedded().load(layout).expect("a layout");
    layout.tokens
}

/// The distance of lines, the top of the first base line, and the edges of the text.
struct Sheet {
    line: f64,
    first: f64,
    left: f64,
    right: f64,
    size: f64,
}

/// Pages that are put together line by line.
struct Pages<'t> {
    tokens: &'t Tokens,
    sheet: Sheet,
    read: PageLines,
    /// The next page and line.
    page: usize,
    row: f64,
}

impl<'t> Pages<'t> {
    fn new(tokens: &'t Tokens) -> Self {
        let (page, size) = (&tokens.page, tokens.sizes.text.to_pt());
        let sheet = Sheet {
            line: tokens.sizes.line.to_pt(),
            first: page.top.to_pt() + 0.95 * size,
            left: page.spine().to_pt(),
            right: page.width.to_pt() - page.outside.to_pt(),
            size,
        };
        let read = PageLines {
            anchors: [("c".to_owned(), 1)].into(),
            pages: 1,
            ..PageLines::default()
        };
        let mut pages = Pages {
            tokens,
            sheet,
            read,
            page: 1,
            row: 0.0,
        };
        pages
            .element(LineKind::Heading, "c")
            .line("A chapter")
            .skip(1.0)
            .paragraph()
            .lines(4);
        pages
    }

    fn element(&mut self, kind: LineKind, anchor: &str) -> &mut Self {
        self.read.elements.push(LineElement {
            kind,
            in_list: false,
            anchors: vec![anchor.to_owned()],
        });
        self
    }

    fn in_list(&mut self) -> &mut Self {
        self.element(LineKind::Paragraph, "");
        self.read.elements.last_mut().expect("an element").in_list = true;
        self
    }

    fn paragraph(&mut self) -> &mut Self {
        self.element(LineKind::Paragraph, "")
    }

    fn spaced(&mut self, text: &str, width: f64) -> &mut Self {
        let sheet = &self.sheet;
        let y = sheet.first + self.row * sheet.line;
        let spaces = text.match_indices(' ').map(|(at, _)| {
            let from = sheet.left + at as f64 * 6.0;
            (from, from + width)
        });
        self.read.lines.push(PageLine {
            page: self.page,
            y,
            left: sheet.left,
            right: sheet.right,
            size: sheet.size,
            text: text.to_owned(),
            spaces: spaces.collect(),
            element: self.read.elements.len() - 1,
        });
        self.read.pages = self.read.pages.max(self.page + 1);
        self.row += 1.0;
        self
    }

    fn line(&mut self, text: &str) -> &mut Self {
        self.spaced(text, 2.6)
    }

    fn lines(&mut self, count: usize) -> &mut Self {
        for index in 0..count {
            self.line(&format!("words of line {index} in their order"));
        }
        self
    }

    fn skip(&mut self, lines: f64) -> &mut Self {
        self.row += lines;
        self
    }

    fn turn(&mut self) -> &mut Self {
        self.page += 1;
        self.row = 0.0;
        self
    }

    /// A page that is full enough to end a chapter.
    fn end(&mut self) -> &mut Self {
        self.paragraph().lines(8)
    }

    fn found(&mut self) -> Vec<PageFault> {
        let document = document(self.read.anchors.contains_key("picture-descriptions"));
        if self.tokens.structure.back_cover {
            self.read.pages += 2;
        }
        let labels: Vec<String> = (0..self.read.pages).map(|page| page.to_string()).collect();
        let found = look_over(
            &document,
            self.tokens,
            &labels,
            std::mem::take(&mut self.read),
        );
        found.into_iter().map(|one| one.fault).collect()
    }
}

/// Each of these puts one fault into pages of `screen`, unless the fault is none.
#[test]
fn faults_that_are_put_into_pages_are_found_and_nothing_else_is() {
    type Seed = for<'a, 't> fn(&'a mut Pages<'t>) -> &'a mut Pages<'t>;
    use PageFault::*;
    let none: &[PageFault] = &[];
    let seeds: &[(&str, &[PageFault], Seed)] = &[
        ("nothing", none, |p| p.end()),
        ("last line alone, of two", &[Widow], |p| {
            p.paragraph().lines(1).turn().lines(1).end()
        }),
        ("last line alone, of three", &[Widow], |p| {
            p.paragraph().lines(2).turn().lines(1).end()
        }),
        ("last line alone, of nine", &[Widow], |p| {
            p.paragraph().lines(8).turn().lines(1).end()
        }),
        ("last line alone, of a note", &[Widow], |p| {
            p.element(LineKind::Note, "").lines(2).turn().lines(1).end()
        }),
        ("two lines at the head", none, |p| {
            p.paragraph().lines(2).turn().lines(2).end()
        }),
        ("first line alone, of three", &[Orphan], |p| {
            p.paragraph().lines(1).turn().lines(2).end()
        }),
        ("first line alone, of nine", &[Orphan], |p| {
            p.paragraph().lines(1).turn().lines(8).end()
        }),
        ("first line alone, in a list", &[Orphan], |p| {
            p.in_list().lines(1).turn().lines(3).end()
        }),
        ("one line, whole", none, |p| {
            p.paragraph().lines(1).turn().end()
        }),
        ("a paragraph over three pages", none, |p| {
            p.paragraph().lines(9).turn().lines(40).turn().lines(9)
        }),
        ("a heading at the foot", &[HeadingAtFoot], |p| {
            p.element(LineKind::Heading, "h")
                .line("Heading")
                .turn()
                .end()
        }),
        (
            "a heading of two lines at the foot",
            &[HeadingAtFoot],
            |p| {
                p.element(LineKind::Heading, "h")
                    .line("A long")
                    .line("heading")
                    .turn()
                    .end()
            },
        ),
        ("a heading over one line", &[HeadingAtFoot, Orphan], |p| {
            p.element(LineKind::Heading, "h")
                .line("Heading")
                .paragraph()
                .lines(1)
                .turn()
                .lines(7)
        }),
        ("a heading over two lines", &[HeadingAtFoot], |p| {
            p.element(LineKind::Heading, "h")
                .line("Heading")
                .paragraph()
                .lines(2)
                .turn()
                .lines(7)
        }),
        (
            "a heading over two lines of a table",
            &[HeadingAtFoot],
            |p| {
                p.element(LineKind::Heading, "h").line("Heading");
                p.element(LineKind::Cell, "x")
                    .lines(1)
                    .element(LineKind::Cell, "x")
                    .lines(1)
                    .turn()
                    .end()
            },
        ),
        ("a heading over three lines", none, |p| {
            p.element(LineKind::Heading, "h")
                .line("Heading")
                .paragraph()
                .lines(3)
                .turn()
                .lines(7)
        }),
        ("a heading over a short section", none, |p| {
            p.element(LineKind::Heading, "h")
                .line("Heading")
                .paragraph()
                .lines(1);
            p.turn().element(LineKind::Heading, "i").line("Next").end()
        }),
        ("a lead-in at the foot", &[LeadInAtFoot], |p| {
            p.paragraph()
                .lines(2)
                .line("there were three:")
                .turn()
                .in_list()
                .lines(2)
                .end()
        }),
        ("a lead-in at the foot, in Chinese", &[LeadInAtFoot], |p| {
            p.paragraph()
                .line("有三点：")
                .turn()
                .in_list()
                .lines(2)
                .end()
        }),
        ("a lead-in above its list", none, |p| {
            p.paragraph()
                .lines(2)
                .line("there were three:")
                .in_list()
                .lines(2)
                .turn()
                .end()
        }),
        ("a last page of one line", &[ShortLastPage], |p| {
            p.end().turn().paragraph().lines(1)
        }),
        ("a last page of four lines", &[ShortLastPage], |p| {
            p.end().turn().paragraph().lines(4)
        }),
        ("a last page of five items", &[ShortLastPage], |p| {
            p.end().turn().in_list().lines(5)
        }),
        ("a last page of six lines", none, |p| {
            p.end().turn().paragraph().lines(6)
        }),
        ("a chapter of one page", none, |p| p.paragraph().lines(2)),
        ("a last line of one short word", &[ShortLastLine], |p| {
            p.paragraph().lines(2).line("end.").end()
        }),
        ("a last line of one letter", &[ShortLastLine], |p| {
            p.paragraph().lines(2).line("I").end()
        }),
        ("a last line of a number", &[ShortLastLine], |p| {
            p.in_list().lines(2).line("2016.").end()
        }),
        ("a last line of a long word", none, |p| {
            p.paragraph().lines(2).line("Mediterranean.").end()
        }),
        ("a last line of two words", none, |p| {
            p.paragraph().lines(2).line("to it.").end()
        }),
        ("a paragraph of one word", none, |p| {
            p.paragraph().line("Yes.").end()
        }),
        ("a last line of two ideographs", none, |p| {
            p.paragraph().line("这是一行").line("字。").end()
        }),
        ("three hyphens", &[Hyphens], |p| {
            p.paragraph()
                .line("a di\u{ad}")
                .line("vided wo\u{ad}")
                .line("rd divi\u{ad}")
                .line("ded again")
                .end()
        }),
        ("three hyphens that were typed", &[Hyphens], |p| {
            p.paragraph()
                .line("a self-")
                .line("made co-")
                .line("operative re-")
                .line("entry to it")
                .end()
        }),
        ("five hyphens are one fault", &[Hyphens], |p| {
            p.paragraph()
                .line("a-")
                .line("b-")
                .line("c-")
                .line("d-")
                .line("e-")
                .line("end of it")
                .end()
        }),
        ("two hyphens", none, |p| {
            p.paragraph()
                .line("a di\u{ad}")
                .line("vided wo\u{ad}")
                .line("rd is here")
                .end()
        }),
        ("a loose line", &[LooseLine], |p| {
            p.paragraph()
                .spaced("far apart are these words", 6.0)
                .lines(1)
                .end()
        }),
        ("a loose line in a list", &[LooseLine], |p| {
            p.in_list()
                .spaced("far apart are these", 5.6)
                .lines(1)
                .end()
        }),
        ("a loose line in a note", &[LooseLine], |p| {
            p.element(LineKind::Note, "")
                .spaced("far apart are these", 5.6)
                .lines(1)
                .end()
        }),
        ("a last line may be as it is", none, |p| {
            p.paragraph()
                .lines(1)
                .spaced("far apart are these", 6.0)
                .end()
        }),
        ("two wide spaces", none, |p| {
            p.paragraph().spaced("it is so", 6.0).lines(1).end()
        }),
        ("a stripe of six lines", &[River], |p| {
            p.paragraph();
            (0..6).for_each(|_| {
                p.spaced("as wide as this", 4.0);
            });
            p.lines(1).end()
        }),
        ("a stripe that wanders", &[River], |p| {
            p.paragraph();
            for line in [
                "aaaa b", "aaaa bc", "aaaa cd", "aaaa de", "aaaa ef", "aaaa fg",
            ] {
                p.spaced(line, 4.0);
            }
            p.lines(1).end()
        }),
        ("four wide spaces below each other", none, |p| {
            p.paragraph();
            (0..4).for_each(|_| {
                p.spaced("as wide as this", 4.0);
            });
            p.lines(1).end()
        }),
        ("narrow spaces below each other", none, |p| {
            p.paragraph();
            (0..9).for_each(|_| {
                p.spaced("as wide as this", 2.6);
            });
            p.lines(1).end()
        }),
        ("a row over two pages", &[PartedRow], |p| {
            p.element(LineKind::Cell, "x")
                .lines(2)
                .turn()
                .line("and more of it")
                .end()
        }),
        ("a row over two pages, two cells", &[PartedRow], |p| {
            p.element(LineKind::Cell, "x").lines(2);
            p.read.lines.last_mut().expect("a line").page = 2;
            p.element(LineKind::Cell, "x").line("short").turn();
            p.end()
        }),
        ("a head that is repeated", none, |p| {
            p.element(LineKind::Cell, "x")
                .line("Head")
                .turn()
                .line("Head")
                .end()
        }),
        (
            "a table that breaks after its first row",
            &[TableAfterFirstRow],
            |p| {
                p.element(LineKind::Cell, "t")
                    .line("head")
                    .element(LineKind::Cell, "t")
                    .line("first row");
                p.turn();
                (0..4).for_each(|_| {
                    p.element(LineKind::Cell, "t").line("another");
                });
                p.end()
            },
        ),
        (
            "a table that breaks after its head",
            &[TableAfterFirstRow],
            |p| {
                p.element(LineKind::Cell, "t").line("head").turn();
                (0..5).for_each(|_| {
                    p.element(LineKind::Cell, "t").line("another");
                });
                p.end()
            },
        ),
        ("a table that breaks after two rows", none, |p| {
            (0..3).for_each(|_| {
                p.element(LineKind::Cell, "t").line("row");
            });
            p.turn();
            (0..3).for_each(|_| {
                p.element(LineKind::Cell, "t").line("another");
            });
            p.end()
        }),
        ("a line off the grid", &[OffTheGrid], |p| {
            p.paragraph()
                .lines(2)
                .skip(0.5)
                .paragraph()
                .lines(2)
                .end()
                .skip(0.5)
        }),
        ("a line off the grid by a little", &[OffTheGrid], |p| {
            p.skip(0.1).paragraph().lines(2).skip(-0.1).end()
        }),
        ("a list off the grid", none, |p| {
            p.skip(0.5).in_list().lines(2).skip(0.5).end()
        }),
        ("a blank page", &[BlankPages], |p| {
            p.end().turn().turn().end()
        }),
        ("two blank pages are one fault", &[BlankPages], |p| {
            p.end().turn().turn().turn().end()
        }),
    ];
    let tokens = tokens("screen");
    for (what, faults, seed) in seeds {
        let mut pages = Pages::new(&tokens);
        seed(&mut pages);
        let mut found = pages.found();
        found.dedup();
        let mut wanted = faults.to_vec();
        wanted.sort();
        found.sort();
        assert_eq!(found, wanted, "{what}");
    }
}

#[test]
fn facing_pages_end_at_one_height_and_blank_pages_are_counted() {
    let tokens = tokens("print");
    let spread = |left: usize, right: usize| {
        let mut pages = Pages::new(&tokens);
        pages
            .paragraph()
            .lines(left - 6)
            .turn()
            .lines(right)
            .turn()
            .lines(9);
        pages.found()
    };
    assert_eq!(spread(38, 40), []);
    assert_eq!(spread(34, 40), [PageFault::UnevenFeet]);
    assert_eq!(spread(40, 34), [PageFault::UnevenFeet]);
    let blank = |count: usize| {
        let mut pages = Pages::new(&tokens);
        (0..count).for_each(|_| {
            pages.end().turn().turn();
        });
        pages.end();
        pages.found()
    };
    assert_eq!(blank(4), []);
    assert_eq!(blank(5), [PageFault::BlankPages]);
}

#[test]
fn a_picture_is_near_one_of_its_mentions() {
    let tokens = tokens("screen");
    let with = |picture: usize, mentions: &[usize], descriptions: Option<usize>| {
        let mut pages = Pages::new(&tokens);
        (0..6).for_each(|_| {
            pages.end().turn();
        });
        pages.end();
        let (anchor, mentions) = ("f".to_owned(), mentions.to_vec());
        pages.read.anchors.insert(anchor.clone(), picture);
        pages.read.mentions.insert(anchor, mentions);
        if let Some(page) = descriptions {
            let anchor = "picture-descriptions".to_owned();
            pages.read.anchors.insert(anchor, page);
        }
        pages.found()
    };
    let at = |picture: usize, mentions: &[usize]| with(picture, mentions, None);
    for (picture, mentions) in [(4, &[2][..]), (1, &[3]), (5, &[1, 2])] {
        assert_eq!(at(picture, mentions), [PageFault::FarPicture], "{picture}");
    }
    for (picture, mentions) in [(3, &[3][..]), (4, &[3]), (2, &[3]), (5, &[1, 6])] {
        assert_eq!(at(picture, mentions), [], "{picture}");
    }
    // Descriptions name their pictures, which are where they are.
    assert_eq!(with(1, &[5], Some(5)), []);
    assert_eq!(with(1, &[3, 5], Some(5)), [PageFault::FarPicture]);
}

#[test]
fn the_columns_of_a_list_end_at_one_height() {
    let tokens = tokens("screen");
    let list = |left: usize, right: usize| {
        let mut pages = Pages::new(&tokens);
        pages.end().turn();
        let (page, middle) = (pages.page, tokens.page.width.to_pt() / 2.0);
        pages.read.anchors.insert("list-of-tables".to_owned(), page);
        for (edge, count) in [(pages.sheet.left, left), (middle + 5.0, right)] {
            pages.sheet.left = edge;
            pages.row = 2.0;
            (0..count).for_each(|_| {
                pages.paragraph().lines(1);
            });
        }
        pages.found()
    };
    assert_eq!(list(20, 20), []);
    assert_eq!(list(20, 17), []);
    assert_eq!(list(20, 15), [PageFault::UnevenColumns]);
    assert_eq!(list(12, 18), [PageFault::UnevenColumns]);
}
