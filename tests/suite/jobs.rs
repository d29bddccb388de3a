//! Whole print jobs: a perfect-bound book with its cover, its map and its ticket, and what is refused.

use std::collections::BTreeSet;

use gmg_export::pdf::read::picture::pictures;
use gmg_export::verify::golden::pdf::{Inspection, inspect};
use image::{ImageReader, RgbImage};
use serde_json::Value;

use crate::program::{Desk, Ran};

const MM: f64 = 72.0 / 25.4;
/// The inks of a picture in colour.
const RED: [u8; 3] = [200, 30, 30];

/// A report of many pages: so many chapters of text alone.
fn long(chapters: usize) -> Desk {
    let desk = Desk::with_report();
    let list: String = (0..chapters).map(|n| format!("  - c{n}.yaml\n")).collect();
    let old = "  - members.yaml\n";
    desk.replace("source/report.yaml", old, &format!("{old}{list}"));
    let words =
        "The water of the upper river comes down in spring and stays on the meadows until May. ";
    let paragraph = format!("    {}\n\n", words.repeat(8));
    for n in 0..chapters {
        // The last is shorter.
        let text = paragraph.repeat(if n + 1 == chapters { 15 } else { 24 });
        let chapter = format!("section:\n  id: c{n}\n  title: Chapter {n}\n  text: |\n{text}");
        desk.write(&format!("source/c{n}.yaml"), &chapter);
    }
    desk
}

fn job(desk: &Desk, more: &[&str]) -> Ran {
    desk.run(&[&["--format", "press"], more].concat())
}

/// A job that is done, whatever it warns of.
fn made(desk: &Desk, more: &[&str]) -> Ran {
    let ran = job(desk, more);
    assert_eq!(ran.code, 0, "{more:?}: {}", ran.stderr);
    ran
}

fn file(desk: &Desk, suffix: &str) -> Vec<u8> {
    let name = format!("out/my-report.{suffix}");
    std::fs::read(desk.path(&name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn read(bytes: &[u8]) -> Inspection {
    inspect(bytes).unwrap_or_else(|found| panic!("{found}"))
}

fn ticket(desk: &Desk) -> Value {
    serde_json::from_slice(&file(desk, "job.json")).unwrap()
}

fn mm(points: f64) -> f64 {
    points / MM
}

/// A box of the first page, in millimetres.
fn edges(file: &Inspection, name: &str) -> [f64; 4] {
    let boxes = &file.pages[0].boxes;
    boxes.iter().find(|(is, _)| *is == name).unwrap().1.map(mm)
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.1
}

/// Two hundred pages and their cover: text, cover, map and ticket agree, and the text has every page once.
#[test]
fn a_book_of_two_hundred_pages() {
    let desk = long(31);
    let options = [
        "--binding",
        "perfect",
        "--impose",
        "formes-16",
        "--caliper",
        "97um",
        "--cover-stock",
        "silk-300",
        "--sheet",
        "B1",
        "--ticket",
    ];
    made(&desk, &options);
    let ticket = ticket(&desk);
    let (pages, sheets) = (&ticket["pages"], ticket["sheets"].as_array().unwrap());
    let of_text = pages["sheets"].as_u64().unwrap();
    assert_eq!(of_text, 200);
    assert_eq!(
        of_text,
        pages["report"].as_u64().unwrap() - 4 + pages["filled_up"].as_u64().unwrap()
    );
    // Sixteen a sheet, and the rest on doubled ones of eight and four.
    let rest = of_text % 16;
    let last = rest / 8 + rest % 8 / 4;
    assert_eq!(sheets.len() as u64, of_text / 16 + last);
    let text = read(&file(&desk, "press.pdf"));
    assert_eq!(text.pages.len() as u64, 2 * (of_text / 16) + last);
    // B1, turned: all sheets are of that size.
    for page in &text.pages {
        let media = page
            .boxes
            .iter()
            .find(|(name, _)| *name == "MediaBox")
            .unwrap()
            .1;
        assert!(
            near(mm(media[2]), 1000.0) && near(mm(media[3]), 707.0),
            "{media:?}"
        );
    }
    // The spine is as wide as the leaves are thick, and the cover has all three parts.
    let spine = of_text as f64 / 2.0 * 0.097;
    assert!(near(
        ticket["binding"]["book"]["spine"].as_f64().unwrap(),
        spine
    ));
    let cover = read(&file(&desk, "cover.pdf"));
    assert_eq!(cover.pages.len(), 1);
    let trim = edges(&cover, "TrimBox");
    assert!(near(trim[2] - trim[0], 2.0 * 210.0 + spine) && near(trim[3] - trim[1], 297.0));
    let bleed = edges(&cover, "BleedBox");
    assert!(near(trim[0] - bleed[0], 3.0) && near(bleed[3] - trim[3], 3.0));
    // The files are those that the ticket names.
    for named in ticket["files"].as_array().unwrap() {
        let name = named["name"].as_str().unwrap();
        let bytes = std::fs::read(desk.path(&format!("out/{name}"))).unwrap();
        assert_eq!(
            named["size"].as_u64().unwrap(),
            bytes.len() as u64,
            "{name}"
        );
        let sum = <sha2::Sha256 as sha2::Digest>::digest(&bytes);
        let hex: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(named["sha256"], hex, "{name}");
    }
    // Every page of the text once, those of the cover not at all.
    let places = sheets
        .iter()
        .flat_map(|sheet| [&sheet["front"], &sheet["back"]]);
    let rows = places.filter_map(|side| side["rows"].as_array()).flatten();
    let numbers: Vec<u64> = rows
        .filter_map(Value::as_array)
        .flatten()
        .filter_map(|place| place["page"].as_u64())
        .collect();
    let once: BTreeSet<u64> = numbers.iter().copied().collect();
    assert_eq!(
        (numbers.len(), once.len()),
        (of_text as usize, of_text as usize)
    );
    // Text in black alone but for one drawing, the cover in four inks.
    for sheet in sheets {
        assert_eq!(
            sheet["front"]["inks"],
            serde_json::json!(["Black"]),
            "{sheet}"
        );
    }
    assert_eq!(ticket["cover"]["inks"].as_array().unwrap().len(), 4);
    assert_eq!(ticket["colour_pages"].as_array().unwrap().len(), 1);
    let map = String::from_utf8(file(&desk, "sheets.txt")).unwrap();
    for part in [
        "Cover: my-report.cover.pdf",
        "Perfect binding. Spine",
        "of 0.097 mm",
        "sheetwise; fold",
    ] {
        assert!(map.contains(part), "{part} in {map}");
    }
    for name in ["press.pdf", "cover.pdf"] {
        desk.run(&["preflight", &format!("out/my-report.{name}")])
            .is_done();
    }
    // The same bytes again.
    let before: Vec<_> = [
        "press.pdf",
        "cover.pdf",
        "sheets.txt",
        "job.json",
        "job.xjdf",
    ]
    .map(|name| file(&desk, name))
    .into();
    made(&desk, &[&options[..], &["--out", "again"]].concat());
    for (name, before) in [
        "press.pdf",
        "cover.pdf",
        "sheets.txt",
        "job.json",
        "job.xjdf",
    ]
    .iter()
    .zip(before)
    {
        let again = std::fs::read(desk.path(&format!("again/my-report.{name}"))).unwrap();
        assert!(again == before, "{name}");
    }
}

fn decode(png: &[u8]) -> RgbImage {
    let reader = ImageReader::with_format(std::io::Cursor::new(png), image::ImageFormat::Png);
    reader.decode().unwrap().into_rgb8()
}

/// The cover shows what its pages show, at the places that the spine leaves them.
#[test]
fn the_cover_is_back_spine_and_front() {
    for (language, leftwards) in [("en-GB", false), ("ar", true)] {
        let desk = Desk::with_report();
        desk.replace(
            "source/report.yaml",
            "language: en-GB",
            &format!("language: {language}"),
        );
        let options = [
            "--binding",
            "perfect",
            "--caliper",
            "0.9mm",
            "--marks",
            "no",
        ];
        made(&desk, &options);
        desk.run(&["--format", "pdf", "--layout", "print", "-o", "pages.pdf"])
            .is_done();
        let cover = file(&desk, "cover.pdf");
        let bleed = edges(&read(&cover), "BleedBox");
        let pages = std::fs::read(desk.path("pages.pdf")).unwrap();
        let last = read(&pages).pages.len() - 1;
        // Six dots a millimetre.
        let dots = |mm: f64| (mm * 6.0).round();
        let flat = decode(&pictures(&cover, &[0], dots(bleed[2] - bleed[0]) as u16).unwrap()[0]);
        let pages = pictures(&pages, &[0, last], dots(216.0) as u16).unwrap();
        let (front, back) = (decode(&pages[0]), decode(&pages[1]));
        let right = flat.width() - front.width();
        let (at_left, at_right) = if leftwards {
            (&front, &back)
        } else {
            (&back, &front)
        };
        for (page, x) in [(at_left, 0), (at_right, right)] {
            // Away from the spine, where both have no bleed.
            let columns = if x == 0 {
                20..page.width() - 40
            } else {
                40..page.width() - 20
            };
            let (mut all, mut other) = (0, 0);
            for column in columns {
                for y in 20..page.height().min(flat.height()) - 20 {
                    let (a, b) = (flat.get_pixel(x + column, y).0, page.get_pixel(column, y).0);
                    all += 1;
                    other += u32::from(a.iter().zip(b).any(|(a, b)| a.abs_diff(b) > 64));
                }
            }
            assert!(other * 100 < all, "{language}: {other} of {all} at {x}");
        }
    }
}

/// The title is where the spine has room for it, and nowhere else.
#[test]
fn a_thin_spine_stays_bare_and_says_so() {
    let desk = Desk::with_report();
    let spine = |caliper: &str| {
        let ran = job(
            &desk,
            &["--binding", "perfect", "--caliper", caliper, "--ticket"],
        );
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let text = ticket(&desk)["cover"]["spine_text"].as_bool().unwrap();
        assert_eq!(ran.stderr.contains("W0640"), !text, "{}", ran.stderr);
        let words = read(&file(&desk, "cover.pdf"));
        let lines = words.pages[0].lines.iter().chain(&words.pages[0].artifacts);
        let title = lines.filter(|line| line.contains("Meetings on")).count();
        (text, title)
    };
    // A layout with a motif of its own need not have one for the spine.
    let motif = std::fs::read_to_string(crate::made::project("layouts/screen/motif.typ")).unwrap();
    let (covers, _) = motif.split_once("// The same over a spine").unwrap();
    desk.write("layouts/own/motif.typ", covers);
    desk.write("layouts/own/layout.yaml", "extends: print\n");
    made(
        &desk,
        &[
            "--binding",
            "perfect",
            "--caliper",
            "1.9mm",
            "--layout",
            "own",
            "--out",
            "own",
        ],
    );
    let (thin, before) = spine("50um");
    let (thick, with) = spine("1.9mm");
    assert!(!thin && thick);
    assert!(with > before, "{before} {with}");
}

#[test]
fn what_does_not_go_together_is_refused() {
    let desk = Desk::with_report();
    desk.write(
        "layouts/bare/layout.yaml",
        "extends: print\nstructure:\n  back_cover: false\n",
    );
    desk.write(
        "layouts/mine/layout.yaml",
        "extends: print\npress:\n  stock: ofset-90\n  rules: sheetfed\n",
    );
    let perfect = ["--binding", "perfect", "--stock", "offset-90"];
    let cases: [(&[&str], i32, &[&str]); 12] = [
        (&["--binding", "perfect"], 4, &["E0732", "--caliper 97um"]),
        (
            &[
                "--binding",
                "perfect",
                "--impose",
                "booklet",
                "--stock",
                "offset-90",
            ],
            4,
            &["E0731", "a booklet is stitched"],
        ),
        (
            &[
                "--binding",
                "perfect",
                "--impose",
                "nup-4",
                "--stock",
                "offset-90",
            ],
            4,
            &["E0731", "are proofs"],
        ),
        (
            &["--binding", "stitched", "--impose", "formes-16"],
            4,
            &["E0731", "use booklet or single"],
        ),
        (
            &["--stock", "ofset-90"],
            4,
            &["E0733", "did you mean `offset-90`?"],
        ),
        (
            &["--cover-stock", "card", "--endpapers", "silk"],
            4,
            &["there is no paper `card`", "there is no paper `silk`"],
        ),
        (&["--rules", "sheetfed"], 4, &["E0734", "sheetfed-coated"]),
        (
            &["--layout", "mine"],
            4,
            &[
                "layouts/mine/layout.yaml:3:10",
                "layouts/mine/layout.yaml:4:10",
                "E0733",
                "E0734",
            ],
        ),
        (
            &[
                "--layout",
                "bare",
                "--binding",
                "perfect",
                "--stock",
                "offset-90",
            ],
            4,
            &["E0730", "no back cover"],
        ),
        (
            &[
                "--binding",
                "perfect",
                "--caliper",
                "1.9mm",
                "--stock",
                "none",
                "-o",
                "a.press.pdf",
            ],
            2,
            &["E0736", "--out"],
        ),
        (&["--caliper", "3mm"], 4, &["from 0.02mm to 2mm"]),
        (&["--caliper", "1um"], 4, &["from 0.02mm to 2mm"]),
    ];
    for (options, code, parts) in cases {
        let ran = job(&desk, options);
        assert_eq!(ran.code, code, "{options:?}: {}", ran.stderr);
        for part in parts {
            assert!(
                ran.stderr.contains(part),
                "{options:?}: {part} in {}",
                ran.stderr
            );
        }
    }
    for wrong in [
        ["--binding", "glued"],
        ["--impose", "formes-12"],
        ["--colour-pages", "no"],
        ["--caliper", "thin"],
    ] {
        assert_eq!(job(&desk, &wrong).code, 2, "{wrong:?}");
    }
    desk.write("gmg-export.yaml", "format: [press]\nstock: card\n");
    let ran = desk.run(&perfect[..2]);
    assert!(ran.stderr.contains("gmg-export.yaml:2:8"), "{}", ran.stderr);
}

/// A report whose foreword has a picture in colour.
fn with_picture() -> Desk {
    let desk = Desk::with_report();
    let mut png = std::io::Cursor::new(Vec::new());
    RgbImage::from_pixel(900, 300, image::Rgb(RED))
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    std::fs::write(desk.path("source/images/red.png"), png.into_inner()).unwrap();
    desk.replace(
        "source/introduction.yaml",
        "images/river.svg",
        "images/red.png",
    );
    desk
}

#[test]
fn pages_in_colour_are_allowed_listed_or_refused() {
    let desk = with_picture();
    made(&desk, &["--ticket"]);
    let pages = ticket(&desk)["colour_pages"].clone();
    let [page] = pages.as_array().unwrap().as_slice() else {
        panic!("{pages}");
    };
    let listed = job(&desk, &["--colour-pages", "list"]);
    assert_eq!(listed.code, 0);
    let said = "W0641]: 1 page of the text in other inks than black";
    assert!(
        listed.stderr.contains(said) && listed.stderr.contains(&format!(": {page} (")),
        "{}",
        listed.stderr
    );
    let refused = job(&desk, &["--colour-pages", "refuse", "--out", "none"]);
    assert_eq!(refused.code, 1, "{}", refused.stderr);
    assert!(refused.stderr.contains("E0735") && !desk.path("none").exists());
    // Grey is black ink, also of a picture.
    let mut png = std::io::Cursor::new(Vec::new());
    image::GrayImage::from_pixel(900, 300, image::Luma([90]))
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    std::fs::write(desk.path("source/images/red.png"), png.into_inner()).unwrap();
    made(&desk, &["--colour-pages", "refuse"]);
}

#[test]
fn rules_are_chosen_by_name_and_named() {
    let desk = with_picture();
    // 900 pixels on 70 % of the measure are some 280 to the inch.
    let coated = job(&desk, &[]);
    assert!(
        coated.stderr.contains("preflight (sheetfed-coated): "),
        "{}",
        coated.stderr
    );
    let digital = job(&desk, &["--rules", "digital", "--ticket"]);
    assert!(
        !digital.stderr.contains("pixels to the inch"),
        "{}",
        digital.stderr
    );
    assert_eq!(ticket(&desk)["preflight"]["rules"], "digital");
    let strict = "ours:\n  description: Ours\n  max_ink: 200\n  min_resolution: 300\n  poor_resolution: 290\n  min_line: 0.25pt\n  min_bleed: 3mm\n  min_tint_type: 6pt\n  black_overprints: true\n";
    desk.write("layouts/print-data/rules.yaml", strict);
    let ours = job(&desk, &["--rules", "ours"]);
    assert!(
        ours.code == 1 && ours.stderr.contains("more than the 200 %"),
        "{}",
        ours.stderr
    );
    let done = desk.run(&["preflight", "out/my-report.press.pdf", "--rules", "digital"]);
    assert!(
        done.stderr.contains("by the rules digital")
            || done.stdout.contains("by the rules digital"),
        "{}{}",
        done.stdout,
        done.stderr
    );
    assert_eq!(
        desk.run(&["preflight", "out/my-report.press.pdf", "--rules", "ours"])
            .code,
        1
    );
    assert_eq!(
        desk.run(&["preflight", "out/my-report.press.pdf", "--rules", "theirs"])
            .code,
        4
    );
    // A paper of one's own.
    let paper = "bulky:\n  description: Bulky\n  weight: 80\n  caliper: 160um\n  coating: none\n";
    desk.write("layouts/print-data/stocks.yaml", paper);
    made(
        &desk,
        &["--binding", "perfect", "--stock", "bulky", "--ticket"],
    );
    assert_eq!(ticket(&desk)["binding"]["book"]["caliper"], 0.16);
    desk.write(
        "layouts/print-data/stocks.yaml",
        &paper.replace("160um", "3mm"),
    );
    job(&desk, &["--stock", "bulky"])
        .fails_with(4, &["layouts/print-data/stocks.yaml", "0.02mm to 2mm"]);
}

/// The elements of the ticket as XJDF, with what each must have by the schema of CIP4.
#[test]
fn the_ticket_is_xjdf() {
    let desk = Desk::with_report();
    for (options, parts) in [
        (
            &[
                "--binding",
                "perfect",
                "--impose",
                "formes-8",
                "--stock",
                "offset-90",
                "--endpapers",
                "offset-120",
            ][..],
            &[
                "BindingType=\"SoftCover\"",
                "EndSheets=\"true\"",
                "WorkStyle=\"WorkAndBack\"",
                "NumberUp=\"2 2\"",
                "ProductPart=\"Cover\"",
                "Order=\"Gathering\"",
            ][..],
        ),
        (
            &["--impose", "booklet"],
            &[
                "BindingType=\"SaddleStitch\"",
                "FoldCatalog=\"F4-1\"",
                "Order=\"Collecting\"",
            ],
        ),
        (
            &["--impose", "signatures-8"],
            &["Order=\"List\"", "<AssemblySection"],
        ),
        (&[], &["<RunList", "ProductType=\"Book\""]),
    ] {
        made(&desk, &[options, &["--ticket"]].concat());
        let text = String::from_utf8(file(&desk, "job.xjdf")).unwrap();
        let common = [
            "<XJDF xmlns=\"http://www.CIP4.org/JDFSchema_2_0\" Version=\"2.1\" JobID=\"my-report\"",
            "<AuditCreated>",
            "IDUsage=\"SHA-256\"",
        ];
        for part in common.iter().chain(parts) {
            assert!(text.contains(part), "{options:?}: {part} in {text}");
        }
        // It is XML, and nothing is said twice with one id.
        let mut ids = BTreeSet::new();
        let mut reader = quick_xml::Reader::from_str(&text);
        loop {
            use quick_xml::events::Event;
            match reader.read_event().unwrap() {
                Event::Eof => break,
                Event::Start(element) | Event::Empty(element) => {
                    for attribute in element.attributes() {
                        let attribute = attribute.unwrap();
                        if attribute.key.as_ref() == b"ID" {
                            assert!(ids.insert(attribute.value.to_vec()), "{text}");
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

/// A book's text says all that the report says, by the check of every release, on every kind of sheet and from either side.
#[test]
fn a_release_of_a_book_passes_its_checks() {
    let desk = Desk::with_report();
    let report = desk.read("source/report.yaml");
    let list = "release:\n  - {format: press, impose: formes-16, binding: perfect, caliper: 0.1mm, ticket: true}\n  - \
                {format: press, impose: signatures-8, binding: perfect, stock: silk-115}\n  - {format: press, impose: formes-32}\n";
    for language in ["en-GB", "ar"] {
        let report = report.replace("language: en-GB", &format!("language: {language}"));
        desk.write("source/report.yaml", &format!("{report}{list}"));
        let ran = desk.run(&["release"]);
        assert_eq!(ran.code, 0, "{language}: {}", ran.stderr);
        let made = desk.names("out/release");
        for name in [
            "my-report.formes-16.cover.pdf",
            "my-report.formes-16.job.json",
            "my-report.formes-16.job.xjdf",
            "my-report.formes-16.press.pdf",
            "my-report.formes-16.sheets.txt",
            "my-report.formes-32.press.pdf",
            "my-report.signatures-8.cover.pdf",
        ] {
            assert!(made.iter().any(|made| made == name), "{name} in {made:?}");
        }
    }
    let wrong = list
        .replace("caliper: 0.1mm", "caliper: thin")
        .replace("binding: perfect", "binding: glued");
    desk.write("source/report.yaml", &format!("{report}{wrong}"));
    let ran = desk.run(&["release"]);
    assert!(
        ran.code == 3
            && ran.stderr.contains("release[0].caliper")
            && ran.stderr.contains("release[1].binding"),
        "{}",
        ran.stderr
    );
}
