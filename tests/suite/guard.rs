//! Work without end is ended: by a diagnostic that says what was being worked on, with a documented exit code.

#![cfg(target_os = "linux")]

use std::time::{Duration, Instant};

use crate::program::{Desk, Ran};

/// Longest time that a run may take; builds without optimisation and busy machines are slow.
const LONGEST: Duration = Duration::from_secs(600);

fn run(desk: &Desk, arguments: &[&str]) -> Ran {
    let start = Instant::now();
    let ran = desk.run(arguments);
    assert!(
        start.elapsed() < LONGEST,
        "{arguments:?}: {:?}",
        start.elapsed()
    );
    ran
}

/// A report whose picture is a drawing with these elements.
fn drawing(elements: &str, side: u32) -> Desk {
    let desk = Desk::with_report();
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{side}\" height=\"{side}\">{elements}</svg>"
    );
    desk.write("source/images/river.svg", &svg);
    desk
}

#[test]
fn drawings_that_reach_without_end_are_refused_with_their_place() {
    for elements in [
        r#"<path d="M 0 0 L 1e38 1e38 L -1e38 1e38z" stroke="red" stroke-width="1e30"/>"#,
        r#"<path d="M 0 0 L 9 9" stroke="red" stroke-width="1e30"/>"#,
        r#"<filter id="f" x="-1000000" y="-1000000" width="2000000" height="2000000" filterUnits="userSpaceOnUse"><feFlood flood-color="red"/></filter><rect width="50" height="50" filter="url(#f)"/>"#,
        r#"<rect x="-2e9" width="4e9" height="5"/>"#,
    ] {
        let desk = drawing(elements, 100);
        run(&desk, &["check"]).fails_with(
            3,
            &[
                "error[E0252]",
                "draws far beyond its own size",
                "source/introduction.yaml:41",
            ],
        );
    }
    drawing(r#"<rect x="-50" width="400" height="5"/>"#, 100)
        .run(&["check"])
        .is_done();
}

#[test]
fn filters_of_endless_work_are_refused_before_any_is_done() {
    for filter in [
        r#"<feTurbulence baseFrequency="0.5" numOctaves="1000000000"/>"#.to_owned(),
        r#"<feTurbulence baseFrequency="0.5" numOctaves="17"></feTurbulence>"#.to_owned(),
        r#"<feMorphology radius="100000"/>"#.to_owned(),
        r#"<feMorphology radius="1 1e5"/>"#.to_owned(),
        format!(
            r#"<feConvolveMatrix order="90,3" kernelMatrix="{}"/>"#,
            "1 ".repeat(270)
        ),
        r#"<feGaussianBlur stdDeviation="9"/>"#.repeat(1_000),
    ] {
        let elements = format!(
            r#"<filter id="f">{filter}</filter><rect width="50" height="50" filter="url(#f)"/>"#
        );
        let start = Instant::now();
        run(&drawing(&elements, 100), &["check"]).fails_with(
            3,
            &["error[E0252]", "filter", "source/introduction.yaml:41"],
        );
        assert!(start.elapsed() < Duration::from_secs(60), "{filter}");
    }
    let shadow = r#"<filter id="f"><feGaussianBlur stdDeviation="3"/><feOffset dx="2" dy="2"/><feMorphology radius="2"/></filter><rect width="50" height="50" filter="url(#f)"/>"#;
    drawing(shadow, 100).run(&["check"]).is_done();
}

#[test]
fn drawings_whose_filters_take_long_name_their_file() {
    let step = r#"<feTurbulence baseFrequency="0.5" numOctaves="16"/>"#.repeat(190);
    let endless =
        format!(r#"<filter id="f">{step}</filter><rect width="50" height="50" filter="url(#f)"/>"#);
    run(&drawing(&endless, 100), &["check", "--max-time", "1"])
        .fails_with(6, &["reading the picture `source/images/river.svg`"]);
}

/// A report with a layout whose cover is that.
fn with_cover(cover: &str) -> Desk {
    let desk = Desk::with_report();
    desk.write("layouts/mine/layout.yaml", "extends: screen\n");
    desk.write(
        "layouts/mine/cover.typ",
        &format!("#let cover(..a) = {cover}\n"),
    );
    desk
}

#[test]
fn templates_that_never_end_or_ask_for_all_memory_name_their_layout() {
    for cover in [
        "\"a\" * 100000000000",
        "{ let a = \"a\"; while true { a = a + a }; a }",
        "{ let a = (1,); while true { a = a + a }; a }",
        "{ let n = 0; while true { n = n + 1; if n > 5 { n = 0 } } }",
    ] {
        let desk = with_cover(cover);
        let ran = run(&desk, &["-f", "pdf", "--layout", "mine", "--max-time", "2"]);
        // Of some loops the typesetter itself finds out.
        assert!(
            matches!(ran.code, 4 | 6),
            "{cover}: {} {}",
            ran.code,
            ran.stderr
        );
        assert!(ran.stderr.contains("mine"), "{cover}: {}", ran.stderr);
        assert!(!ran.stderr.contains("memory allocation"), "{}", ran.stderr);
        assert!(!desk.path("out").exists(), "{cover}");
    }
}

#[test]
fn a_pdf_file_that_asks_for_all_memory_is_named() {
    let desk = Desk::empty();
    let objects = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n";
    let table = "3 0 obj\n<</Type/XRef/Size 2000000000/W[0 0 0]/Index[0 2000000000]/Root 1 0 R/Length 0>>\nstream\n\nendstream\nendobj\n";
    let pdf = format!("{objects}{table}startxref\n{}\n%%EOF", objects.len());
    desk.write("a.pdf", &pdf);
    let ran = run(&desk, &["preflight", "a.pdf", "--max-memory", "200"]);
    assert!(matches!(ran.code, 5 | 6), "{} {}", ran.code, ran.stderr);
    assert!(ran.stderr.contains("a.pdf"), "{}", ran.stderr);
}

#[test]
fn drawings_that_ask_for_much_end_soon_and_are_named() {
    let chain = "<feGaussianBlur stdDeviation=\"9\"/>".repeat(1_000);
    let kernel = "1 ".repeat(90_000);
    for filter in [
        "<feMorphology radius=\"100000\"/>".to_owned(),
        format!("<feConvolveMatrix order=\"300\" kernelMatrix=\"{kernel}\"/>"),
        chain,
    ] {
        let elements = format!(
            "<filter id=\"f\">{filter}</filter><rect width=\"5000\" height=\"5000\" filter=\"url(#f)\"/>"
        );
        let ran = run(&drawing(&elements, 5_000), &["check", "--max-time", "1"]);
        // What is small enough to be drawn is drawn.
        assert!(matches!(ran.code, 0 | 3 | 6), "{} {}", ran.code, ran.stderr);
        assert!(
            ran.code == 0 || ran.stderr.contains("source/introduction.yaml:41"),
            "{}",
            ran.stderr
        );
    }
    let nested: String = (1..9)
        .map(|n| {
            format!(
                "<g id=\"a{n}\">{}</g>",
                format!("<use href=\"#a{}\"/>", n - 1).repeat(10)
            )
        })
        .collect();
    for elements in [
        format!("<defs><rect id=\"a0\" width=\"1\" height=\"1\"/>{nested}</defs><use href=\"#a8\"/>"),
        r##"<symbol id="s" viewBox="0 0 1e-9 1e-9"><rect width="1" height="1"/></symbol><use href="#s" width="1e9" height="1e9"/>"##.to_owned(),
        r#"<g transform="scale(1e30)"><path d="M 0 0 L 1e8 1e8 L -1e8 1e8z"/></g>"#.to_owned(),
    ] {
        run(&drawing(&elements, 100), &["check", "--max-time", "2"])
            .fails_with(3, &["source/introduction.yaml:41", "source/images/river.svg"]);
    }
}

/// A PNG picture of that size, of which only the start is there, with more chunks before its pixels.
fn png(side: u32, more: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut picture = b"\x89PNG\r\n\x1a\n".to_vec();
    let size = [side.to_be_bytes(), side.to_be_bytes()].concat();
    let head = [size.as_slice(), &[8, 2, 0, 0, 0]].concat();
    let pixels = (b"IDAT", vec![0x78, 0x9C, 3, 0, 0, 0, 0, 1]);
    let chunks = std::iter::once((b"IHDR", head))
        .chain(more.iter().cloned())
        .chain([pixels, (b"IEND", Vec::new())]);
    for (name, data) in chunks {
        let mut sum = flate2::Crc::new();
        sum.update(name);
        sum.update(&data);
        let length = u32::try_from(data.len()).expect("a short chunk");
        picture.extend(length.to_be_bytes());
        picture.extend(name);
        picture.extend(data);
        picture.extend(sum.sum().to_be_bytes());
    }
    picture
}

#[test]
fn pictures_that_are_huge_once_they_are_unpacked_are_refused_with_their_place() {
    use std::io::Write;
    let mut packed =
        flate2::write::ZlibEncoder::new(b"x\0\0".to_vec(), flate2::Compression::best());
    for _ in 0..200 {
        packed
            .write_all(&[0; 1 << 20])
            .expect("it fits into memory");
    }
    let profile = packed.finish().expect("it fits into memory");
    let gif = [
        b"GIF89a".as_slice(),
        &[
            0xFF, 0xFF, 0xFF, 0xFF, 0x80, 0, 0, 0, 0, 0, 9, 9, 9, b',', 0, 0, 0, 0, 1, 0, 1, 0, 0,
            2, 2, 0x44, 1, 0, b';',
        ],
    ]
    .concat();
    for (name, picture) in [
        ("484 million pixels", png(22_000, &[])),
        ("400 million pixels", png(20_000, &[])),
        ("a profile of 200 MB", png(8, &[(b"iCCP", profile)])),
        ("a screen of 4,295 million pixels", gif),
    ] {
        let desk = Desk::with_report();
        std::fs::write(desk.path("source/images/a.png"), picture).expect("a picture is written");
        desk.replace(
            "source/introduction.yaml",
            "images/river.svg",
            "images/a.png",
        );
        let ran = run(&desk, &["check", "--max-memory", "400"]);
        assert_eq!(ran.code, 3, "{name}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("error[E0252]") && ran.stderr.contains("introduction.yaml:41"),
            "{name}: {}",
            ran.stderr
        );
    }
}

#[test]
fn templates_that_make_endless_pages_or_read_damaged_data_name_their_file() {
    for cover in [
        "{ for i in range(1000000) { pagebreak(); [x] } }",
        "{ let a = [x]; while true { a = a + a }; a }",
        "[#cbor(bytes((0x9b,0xff,0xff,0xff,0xff,0xff,0xff,0xff,0xff)))]",
    ] {
        let desk = with_cover(cover);
        let limits = [
            "-f",
            "pdf",
            "--layout",
            "mine",
            "--max-time",
            "1",
            "--max-memory",
            "500",
        ];
        let ran = run(&desk, &limits);
        assert!(
            matches!(ran.code, 4 | 6),
            "{cover}: {} {}",
            ran.code,
            ran.stderr
        );
        assert!(
            ran.stderr.contains("layouts/mine/cover.typ"),
            "{cover}: {}",
            ran.stderr
        );
        assert!(!desk.path("out").exists(), "{cover}");
    }
}

/// A PDF file of these objects, the first of which is its catalogue.
fn pdf(objects: &[String]) -> String {
    let mut file = "%PDF-1.6\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let start = file.len();
    let size = objects.len() + 1;
    file + &table + &format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF")
}

/// A PDF file with a page that draws this, with the resources and objects from number 5 on.
fn drawn(content: &str, resources: &str, more: &[String]) -> String {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<<{resources}>>>>"
        ),
        format!(
            "<</Length {}>>\nstream\n{content}\nendstream",
            content.len()
        ),
    ];
    objects.extend_from_slice(more);
    pdf(&objects)
}

#[test]
fn pdf_files_that_ask_for_endless_work_are_named() {
    let form = |next: usize| {
        let content = "/X Do ".repeat(10);
        format!(
            "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {next} 0 R>>>>/Length {}>>\nstream\n{content}\nendstream",
            content.len()
        )
    };
    let forms: Vec<String> = (6..15).map(form).collect();
    let widths = "0 2000000000 500 ".repeat(1_000);
    let font = [
        "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]>>"
            .to_owned(),
        format!(
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/A/W[{widths}]/FontDescriptor<</Type/FontDescriptor/FontName/A/Flags 4>>>>"
        ),
    ];
    let tree = |next: usize| {
        format!(
            "<</Type/Pages/Count 1/Kids[{}]>>",
            format!("{next} 0 R ").repeat(10)
        )
    };
    let pages: Vec<String> = std::iter::once("<</Type/Catalog/Pages 2 0 R>>".to_owned())
        .chain((3..12).map(tree))
        .chain(["<</Type/Page/MediaBox[0 0 9 9]>>".to_owned()])
        .collect();
    for (name, file) in [
        ("saved states", drawn(&"q ".repeat(500_000), "", &[])),
        (
            "marked contents",
            drawn(&"/a BMC ".repeat(100_000), "", &[]),
        ),
        (
            "forms in forms",
            drawn("/X Do", "/XObject<</X 5 0 R>>", &forms),
        ),
        (
            "widths",
            drawn("BT /F 9 Tf <0041> Tj ET", "/Font<</F 5 0 R>>", &font),
        ),
        ("a tree of 10^9 pages", pdf(&pages)),
        (
            "pages in themselves",
            pdf(&[
                "<</Type/Catalog/Pages 2 0 R>>".into(),
                "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>".into(),
            ]),
        ),
        (
            "arrays in arrays",
            pdf(&[format!(
                "<</Type/Catalog/A {}{}>>",
                "[".repeat(200_000),
                "]".repeat(200_000)
            )]),
        ),
    ] {
        let desk = Desk::empty();
        desk.write("a.pdf", &file);
        let ran = run(
            &desk,
            &[
                "preflight",
                "a.pdf",
                "--max-time",
                "1",
                "--max-memory",
                "300",
            ],
        );
        assert!(
            matches!(ran.code, 1 | 5 | 6),
            "{name}: {} {}",
            ran.code,
            ran.stderr
        );
        assert!(ran.stderr.contains("a.pdf"), "{name}: {}", ran.stderr);
    }
}

#[test]
fn a_report_may_lower_its_limits_and_not_raise_them() {
    let desk = Desk::with_report();
    desk.write("gmg-export.yaml", "limits:\n  memory: 900000\n  pages: 3\n");
    let shown = desk.run(&["--show-config"]).printed();
    assert!(shown.contains("max-memory      900000"), "{shown}");
    // What it may be is not more than usual.
    run(&desk, &["-f", "pdf"]).fails_with(6, &["error[E1019]", "and a file may have 3"]);
    assert!(!desk.path("out").exists());
    assert_eq!(run(&desk, &["-f", "pdf", "--max-pages", "100"]).code, 0);
    for (wrong, field) in [
        ("memory: lots", "memory"),
        ("time: 0", "limits.time"),
        ("disk: 3", "disk"),
    ] {
        desk.write("gmg-export.yaml", &format!("limits:\n  {wrong}\n"));
        desk.run(&["check"])
            .fails_with(2, &["gmg-export.yaml:2", field]);
    }
}
