//! What a reviewer must see of a PDF file, and that every change of it shows.

use crate::verify::format;
use std::collections::BTreeSet;

use super::sample::{REPORT, typeset};
use super::*;

fn text(record: &Record, name: &str) -> String {
    String::from_utf8(record.files[name].clone()).unwrap()
}

fn sample() -> Record {
    format::record("pdf", &ReadBack::of(&typeset(REPORT))).unwrap()
}

/// The files of the record that change when `old` becomes `new` in the report, without that of the bytes.
fn changed(old: &str, new: &str) -> BTreeSet<String> {
    assert!(REPORT.contains(old), "{old}");
    let (before, after) = (
        sample(),
        format::record("pdf", &ReadBack::of(&typeset(&REPORT.replace(old, new)))).unwrap(),
    );
    assert_ne!(before.files[BYTES], after.files[BYTES]);
    let names = before
        .files
        .keys()
        .chain(after.files.keys())
        .filter(|name| name.as_str() != BYTES);
    names
        .filter(|name| before.files.get(*name) != after.files.get(*name))
        .cloned()
        .collect()
}

#[test]
fn the_same_bytes_give_the_same_record() {
    assert_eq!(sample(), sample());
}

#[test]
fn pages_have_their_labels_boxes_and_chosen_pictures() {
    let pages = text(&sample(), "pages.txt");
    assert!(pages.starts_with(
        "pages: 4\npage-cover.png: page 1\npage-contents.png: page 2\npage-chapter.png: page 3\n"
    ));
    assert!(
        pages.contains("== page 2 (ii) ==\nMediaBox: 0 0 300 400\n"),
        "{pages}"
    );
    assert!(pages.contains("== page 3 (1) ==\n"), "{pages}");
}

#[test]
fn the_text_of_a_page_stands_in_lines_with_words_spaced_and_running_heads_apart() {
    let all = text(&sample(), "text.txt");
    for line in [
        "An imprint with a link out.\n",
        "edged extraordinarily disproportionate misunder\u{ad}\nstandings.1\n1A note with weight in it.\nSee also Section\u{a0}1.\n",
        "• one item\n• another\n",
        "Name Post\nAnn  Chair\n",
        "Straße, naïve café, “quotes”, 10 000, fi ffi; Ἑλένη. Said:\n",
        "[not read aloud] Running head\n",
    ] {
        assert!(all.contains(line), "{line:?} in\n{all}");
    }
}

#[test]
fn words_divided_at_a_line_end_are_whole_in_the_tag_tree() {
    let found = inspect(&typeset(REPORT)).unwrap();
    let all = found.tags[0].text();
    assert!(all.contains("extraordinarily disproportionate misunderstandings.1 1A note with weight in it. See also"), "{all}");
    assert!(all.contains("fi ffi; Ἑλένη. Said:"), "{all}");
}

#[test]
fn the_tag_tree_shows_roles_descriptions_languages_and_table_headers() {
    let tags = text(&sample(), "tags.txt");
    for line in [
        "== page 1 (i) ==\nDocument\n  Title (P): The Long Road\n",
        "\n  H1 title=“First chapter”: First chapter\n",
        "Figure alt=“a red bar”",
        "\n  P lang=“de-GB”: Wörter auf Deutsch\n",
        "Table.Scope=Column",
        "\n      TR\n        TD",
        "\n    Note ID=",
    ] {
        assert!(tags.contains(line), "{line:?} in\n{tags}");
    }
}

#[test]
fn fonts_bookmarks_links_and_properties_are_listed() {
    let record = sample();
    let fonts = text(&record, "fonts.txt");
    let font = "LibertinusSerif-Bold: Type0, CIDFontType0, Identity-H, embedded (FontFile3, CIDFontType0C), subset, to Unicode, pages 1-4\n";
    assert!(fonts.contains(font), "{fonts}");
    let outline = text(&record, "outline.txt");
    assert!(
        outline.contains("First chapter → page 3 (1) XYZ 40 370 0\n  A section → page 3 (1) "),
        "{outline}"
    );
    let links = text(&record, "links.txt");
    assert!(
        links.starts_with("== page 1 (i) ==\nhttps://example.org/x “"),
        "{links}"
    );
    assert!(links.contains("page 4 (2) XYZ"), "{links}");
    let metadata = text(&record, "metadata.txt");
    for line in [
        "Title: The Long Road\n",
        "Lang: en-GB\n",
        "<pdfuaid:part>1<",
        "<pdfaid:part>2<",
        "MarkInfo: (Marked true",
    ] {
        assert!(metadata.contains(line), "{line} in\n{metadata}");
    }
}

#[test]
fn colours_sizes_and_lines_are_listed() {
    let styles = text(&sample(), "styles.txt");
    assert!(
        styles.contains("LibertinusSerif-Bold 17 pt ICCBased(3) #102030: 13 on pages 1\n"),
        "{styles}"
    );
    assert!(
        styles.contains("fill ICCBased(3) #aa0000: 1 on pages 3\n"),
        "{styles}"
    );
    assert!(
        styles.contains("line 0.5 pt ICCBased(1) 0: 1 on pages 3\n"),
        "{styles}"
    );
}

#[test]
fn identifiers_that_change_with_every_byte_stand_beside_the_hash_only() {
    let bytes = text(&sample(), BYTES);
    assert!(
        bytes.contains("\nid: ") && bytes.contains("\nxmpMM:InstanceID: "),
        "{bytes}"
    );
    let only_text = changed("A note with", "A word with");
    assert_eq!(
        only_text,
        ["page-chapter.png", "tags.txt", "text.txt"]
            .map(String::from)
            .into()
    );
}

#[test]
fn a_changed_alternate_description_shows_in_the_tags_alone() {
    assert_eq!(
        changed("a red bar", "a blue bar"),
        BTreeSet::from(["tags.txt".into()])
    );
}

#[test]
fn a_changed_page_box_shows_in_the_pages() {
    assert!(changed("height: 400pt", "height: 401pt").contains("pages.txt"));
}

#[test]
fn a_changed_colour_of_a_small_shape_shows_in_the_styles_alone() {
    let names = changed(
        "rect(width: 50pt, height: 20pt, fill: rgb(\"#aa0000\")",
        "rect(width: 50pt, height: 20pt, fill: rgb(\"#aa0002\")",
    );
    assert_eq!(
        names
            .iter()
            .filter(|name| !name.ends_with("png"))
            .collect::<Vec<_>>(),
        ["styles.txt"]
    );
}

#[test]
fn a_changed_font_shows_in_the_fonts() {
    let names = changed(
        "#set text(lang: \"en\"",
        "#set text(font: \"DejaVu Sans Mono\", lang: \"en\"",
    );
    assert!(
        names.is_superset(
            &["fonts.txt", "styles.txt", "page-cover.png"]
                .map(String::from)
                .into()
        ),
        "{names:?}"
    );
}

#[test]
fn a_changed_link_shows_in_the_links() {
    assert!(changed("https://example.org/x", "https://example.org/y").contains("links.txt"));
}

#[test]
fn a_changed_heading_shows_in_bookmarks_and_tags() {
    let names = changed("== A section", "== A part");
    assert!(
        names.is_superset(
            &["outline.txt", "tags.txt", "text.txt"]
                .map(String::from)
                .into()
        ),
        "{names:?}"
    );
}

#[test]
fn a_changed_page_label_shows_in_the_pages() {
    assert!(changed("numbering: \"i\"", "numbering: \"I\"").contains("pages.txt"));
}

#[test]
fn changed_properties_show_in_the_metadata() {
    assert_eq!(
        changed("keywords: (\"one\"", "keywords: (\"three\""),
        BTreeSet::from(["metadata.txt".into()])
    );
}

#[test]
fn pictures_of_pages_are_small_and_400_pixels_wide() {
    let record = sample();
    let pictures: Vec<_> = record
        .files
        .iter()
        .filter(|(name, _)| name.ends_with(".png"))
        .collect();
    assert_eq!(pictures.len(), 5);
    for (name, png) in pictures {
        let picture = image::load_from_memory(png).unwrap();
        assert_eq!((picture.width(), picture.height()), (400, 533), "{name}");
        assert!(png.len() < 200_000, "{name}: {} bytes", png.len());
    }
}
