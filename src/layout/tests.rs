//! What must hold of layouts from the binary and from folders.

use std::path::Path;

use super::*;
use crate::base::files::Root;

/// A folder with one folder for each layout, its layout file in it.
fn loader(layouts: &[(&str, &str)]) -> (tempfile::TempDir, LayoutLoader) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in layouts {
        write(folder.path(), &format!("{name}/layout.yaml"), text);
    }
    let loader = LayoutLoader::with_folder(Root::named(folder.path()));
    (folder, loader)
}

fn write(root: &Path, name: &str, text: &str) {
    let path = root.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn refusal(loader: &LayoutLoader, wanted: &str) -> String {
    let found = loader.load(wanted).unwrap_err();
    assert_eq!(found.exit_code(), 4, "{found}");
    found.to_string()
}

#[test]
fn every_layout_in_the_binary_is_complete_and_described() {
    let list = LayoutLoader::embedded().list().unwrap();
    let names: Vec<&str> = list.iter().map(|(name, _)| name.as_str()).collect();
    assert!(
        names.contains(&"screen") && names.contains(&"full-text"),
        "{names:?}"
    );
    assert!(list.iter().all(|(_, description)| !description.is_empty()));
}

#[test]
fn nothing_of_the_binary_is_copied() {
    let layout = LayoutLoader::embedded().load("screen").unwrap();
    let fonts = layout.fonts.read().unwrap();
    assert!(!fonts.is_empty() && layout.templates.contains_key("report.typ"));
    for file in layout.templates.values() {
        assert!(matches!(file, std::borrow::Cow::Borrowed(_)));
    }
    let again = LayoutLoader::embedded().load("screen").unwrap();
    let again = again.fonts.read().unwrap();
    for (path, font) in fonts {
        assert_eq!(font.as_ptr(), again[path].as_ptr(), "{path}");
    }
}

#[test]
fn a_layout_takes_over_what_it_leaves_out() {
    let base = LayoutLoader::embedded().load("screen").unwrap();
    let full = LayoutLoader::embedded().load("full-text").unwrap();
    assert!(full.tokens.digest.whole && !base.tokens.digest.whole);
    assert_eq!(full.tokens.sizes, base.tokens.sizes);
    assert_eq!(full.templates, base.templates);
    assert_eq!(full.name, "full-text");
}

#[test]
fn a_folder_on_the_shelf_wins_and_may_extend_its_neighbour() {
    let (folder, loader) = loader(&[
        (
            "mine",
            "description: Mine\nextends: base\nsizes: {text: 12pt}\n",
        ),
        (
            "base",
            "extends: screen\nsizes: {text: 11pt, note: 9pt}\ndigest: {width: 60}\n",
        ),
    ]);
    write(folder.path(), "base/cover.typ", "base");
    write(folder.path(), "mine/images/logo.svg", "<svg/>");
    write(folder.path(), "mine/fonts/Own.OTF", "own");
    write(folder.path(), "fonts/all/Shared.ttf", "shared");
    let mine = loader.load("mine").unwrap();
    assert_eq!(mine.tokens.sizes.text, Length::pt(12.0));
    assert_eq!(mine.tokens.sizes.note, Length::pt(9.0));
    assert_eq!(mine.tokens.digest.width, 60);
    assert_eq!(mine.templates["cover.typ"].as_ref(), b"base");
    assert_eq!(mine.templates["images/logo.svg"].as_ref(), b"<svg/>");
    let fonts = mine.fonts.read().unwrap();
    assert_eq!(fonts["fonts/Own.OTF"].as_ref(), b"own");
    assert_eq!(fonts["all/Shared.ttf"].as_ref(), b"shared");
    let by_path = shelf_free(&folder.path().join("mine"));
    assert_eq!(
        (
            &by_path.tokens,
            by_path.fonts.read().unwrap(),
            &by_path.name
        ),
        (&mine.tokens, fonts, &mine.name)
    );
}

#[test]
fn fonts_are_read_when_they_are_asked_for_and_not_before() {
    let (folder, loader) = loader(&[("mine", "extends: screen\n")]);
    write(folder.path(), "fonts/Gone.ttf", "gone");
    let layout = loader.load("mine").unwrap();
    std::fs::remove_file(folder.path().join("fonts/Gone.ttf")).unwrap();
    let found = layout.fonts.read().unwrap_err();
    assert_eq!(found.exit_code(), 4);
    assert!(found.to_string().contains("Gone.ttf"), "{found}");
}

fn shelf_free(path: &Path) -> Layout {
    LayoutLoader::embedded()
        .load(path.to_str().unwrap())
        .unwrap()
}

#[test]
fn a_layout_that_extends_its_own_name_builds_on_the_one_in_the_binary() {
    let (_folder, loader) = loader(&[("screen", "extends: screen\nsizes: {text: 11pt}\n")]);
    let screen = loader.load("screen").unwrap();
    assert_eq!(screen.tokens.sizes.text, Length::pt(11.0));
    assert!(screen.templates.contains_key("report.typ"));
}

#[test]
fn a_circle_of_layouts_is_refused() {
    let (_folder, loader) = loader(&[
        ("a", "extends: b\n"),
        ("b", "extends: a\n"),
        ("c", "extends: c\n"),
    ]);
    let said = refusal(&loader, "a");
    assert!(
        said.contains("error[E0404]: `extends: a` leads back to this layout"),
        "{said}"
    );
    assert!(said.contains("b/layout.yaml:1:10 (extends)"), "{said}");
    assert!(refusal(&loader, "c").contains("`extends: c` leads back"));
}

#[test]
fn an_unknown_layout_is_refused_with_its_neighbours_and_the_list() {
    let (_folder, loader) = loader(&[("mine", "extends: sreen\n")]);
    let said = refusal(&loader, "scren");
    assert!(said.contains("there is no layout `scren`"), "{said}");
    assert!(said.contains("did you mean `screen`?"), "{said}");
    assert!(
        said.contains("full-text, large-print, mine, plain, print, screen, vivid"),
        "{said}"
    );
    let said = refusal(&loader, "mine");
    assert!(
        said.contains("there is no layout `sreen`")
            && said.contains("mine/layout.yaml:1:10 (extends)"),
        "{said}"
    );
    for wanted in ["fonts", "strings", "../screen", "screen/x", ""] {
        refusal(&loader, wanted);
    }
}

#[test]
fn a_folder_without_a_layout_file_is_refused_and_not_passed_over() {
    let (folder, loader) = loader(&[]);
    write(folder.path(), "screen/cover.typ", "");
    let said = refusal(&loader, "screen");
    assert!(
        said.contains("is no layout: it has no file `layout.yaml`"),
        "{said}"
    );
    let path = folder.path().join("nothing/here");
    assert!(refusal(&loader, path.to_str().unwrap()).contains("there is no layout folder"));
    let path = folder.path().join("screen/cover.typ");
    assert!(refusal(&loader, path.to_str().unwrap()).contains("a layout is a folder"));
}

#[test]
fn a_layout_that_leaves_nearly_all_out_is_told_so_once() {
    let (_folder, loader) = loader(&[("bare", "description: x\nsizes: {text: 10pt}\n")]);
    let said = refusal(&loader, "bare");
    assert!(
        said.contains("the layout does not say `page.width` and ")
            && said.contains(" other things"),
        "{said}"
    );
    assert_eq!(said.matches("error[").count(), 1, "{said}");
    assert!(said.contains("extends: screen"), "{said}");
}

#[test]
fn unknown_keys_and_wrong_values_are_refused_with_their_place() {
    let cases = [
        ("extends: screen\nsizes:\n  txt: 10pt\n", ":3:"),
        ("extends: screen\nsizes: {text: 10}\n", ":2:"),
        ("extends: screen\nsizes: {text: 10px}\n", ":2:"),
        ("extends: screen\ncolours: {text: red}\n", ":2:"),
        ("extends: screen\nstructure: {justify: yes}\n", ":2:"),
        ("extends: screen\ndigest: {chapters: all}\n", ":2:"),
    ];
    for (text, place) in cases {
        let (_folder, loader) = loader(&[("mine", text)]);
        let said = refusal(&loader, "mine");
        assert!(
            said.contains(&format!("mine/layout.yaml{place}")),
            "{text}: {said}"
        );
    }
}

#[test]
fn tokens_that_no_page_can_be_set_with_are_refused() {
    let cases = [
        ("page: {inside: 120mm, outside: 80mm}", "page.inside"),
        ("page: {top: 290mm}", "page.top"),
        ("sizes: {note: 0pt}", "sizes.note"),
        ("sizes: {line: 9pt}", "sizes.line"),
        ("structure: {contents_depth: 0}", "structure.contents_depth"),
        ("structure: {tighten: 16}", "structure.tighten"),
        ("structure: {close_up: 61}", "structure.close_up"),
        ("structure: {columns: 3}", "structure.columns"),
        ("digest: {width: 19}", "digest.width"),
        ("digest: {width: 401}", "digest.width"),
        ("press: {max_ink: 99}", "press.max_ink"),
        ("press: {min_resolution: 2401}", "press.min_resolution"),
    ];
    for (text, field) in cases {
        let (_folder, loader) = loader(&[("mine", &format!("extends: screen\n{text}\n"))]);
        let said = refusal(&loader, "mine");
        assert!(said.contains(&format!("({field})")), "{text}: {said}");
    }
}

/// Relative luminance as WCAG 2.2 defines it.
fn luminance(colour: Colour) -> f64 {
    let channel = |value: u8| match f64::from(value) / 255.0 {
        c if c <= 0.04045 => c / 12.92,
        c => ((c + 0.055) / 1.055).powf(2.4),
    };
    let [r, g, b] = colour.rgb();
    0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b)
}

fn contrast(a: Colour, b: Colour) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn the_colours_of_every_layout_can_be_told_from_the_paper() {
    for name in LayoutLoader::embedded().names() {
        let layout = LayoutLoader::embedded().load(&name).unwrap();
        let colours = &layout.tokens.colours;
        for paper in [colours.paper, colours.tint] {
            assert!(contrast(colours.text, paper) >= 7.0, "{name}: text");
            assert!(
                contrast(colours.structure, paper) >= 7.0,
                "{name}: structure"
            );
            assert!(contrast(colours.link, paper) >= 7.0, "{name}: link");
            assert!(contrast(colours.accent, paper) >= 4.5, "{name}: accent");
        }
        assert!(contrast(colours.grey, colours.paper) >= 7.0, "{name}: grey");
    }
}

#[test]
fn the_fonts_that_every_layout_names_are_there() {
    for name in LayoutLoader::embedded().names() {
        let layout = LayoutLoader::embedded().load(&name).unwrap();
        let fonts = &layout.tokens.fonts;
        let families: Vec<String> = layout
            .fonts
            .read()
            .unwrap()
            .values()
            .flat_map(|bytes| typst::text::FontInfo::iter(bytes))
            .map(|info| info.family)
            .collect();
        let named = [&fonts.text, &fonts.display, &fonts.sans, &fonts.code];
        for family in named.into_iter().chain(&fonts.fallback) {
            assert!(
                families.contains(family),
                "{name}: {family} is not in {families:?}"
            );
        }
    }
}

#[test]
fn what_the_print_layout_sets_inside_the_covers_is_black_alone() {
    let tokens = LayoutLoader::embedded().load("print").unwrap().tokens;
    assert!(tokens.for_print() && tokens.page.mirrored);
    assert_eq!(tokens.structure.chapter_start, ChapterStart::Recto);
    for (name, colour) in tokens.colours.named() {
        let inside = !["cover", "motif"].contains(&name);
        assert_eq!(colour.is_black_only(), inside, "{name}");
        if let Colour::Cmyk(inks) = colour {
            assert!(inks.iter().sum::<f64>() <= 300.0, "{name}");
        }
    }
    assert!(
        !LayoutLoader::embedded()
            .load("screen")
            .unwrap()
            .tokens
            .for_print()
    );
}

#[test]
fn the_measure_is_what_margins_and_binding_leave() {
    let screen = LayoutLoader::embedded().load("screen").unwrap().tokens.page;
    let print = LayoutLoader::embedded().load("print").unwrap().tokens.page;
    assert!((screen.measure().to_pt() - print.measure().to_pt()).abs() < 1e-6);
    assert!((print.spine().to_pt() - print.inside.to_pt() - print.gutter.to_pt()).abs() < 1e-9);
}

#[test]
fn colours_half_for_the_screen_and_half_for_the_press_are_refused() {
    for (text, field) in [
        (
            "extends: screen\ncolours: {tint: \"cmyk(0%, 0%, 0%, 5%)\"}\n",
            "colours.tint",
        ),
        (
            "extends: print\ncolours: {accent: \"#B5451F\"}\n",
            "colours.accent",
        ),
    ] {
        let (_folder, loader) = loader(&[("mine", text)]);
        let said = refusal(&loader, "mine");
        assert!(said.contains(&format!("({field})")), "{said}");
        assert!(said.contains("not given in the same way"), "{said}");
    }
    let (_folder, loader) = loader(&[("mine", "extends: print\ncolours: {text: \"cmyk(0%)\"}\n")]);
    assert!(refusal(&loader, "mine").contains("is no colour"));
}
