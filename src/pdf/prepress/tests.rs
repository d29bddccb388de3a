use std::borrow::Cow;

use lopdf::content::{Content, Operation};
use lopdf::{Stream, dictionary};

use super::*;
use crate::layout::LayoutLoader;

fn iso_coated() -> Profile {
    let layout = LayoutLoader::embedded().load("print").unwrap();
    profile(&layout).unwrap()
}

/// A file of one page that draws this, with a link and a bookmark.
fn page(draws: &str) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let contents = document.add_object(Stream::new(dictionary! {}, draws.as_bytes().to_vec()));
    let grey = document.add_object(Stream::new(dictionary! { "N" => 1 }, vec![0; 8]));
    let link = document.add_object(dictionary! { "Type" => "Annot", "Subtype" => "Link" });
    let mut pixels = Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => 2, "Height" => 1,
            "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8,
        },
        vec![255, 0, 0, 255, 255, 255],
    );
    pixels.compress().unwrap();
    let picture = document.add_object(pixels);
    let tree = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => tree, "Contents" => contents,
        "MediaBox" => vec![0.into(), 0.into(), 120.into(), 220.into()],
        "TrimBox" => vec![10.into(), 10.into(), 110.into(), 210.into()],
        "Annots" => vec![Object::Reference(link)],
        "Group" => dictionary! { "S" => "Transparency", "CS" => "DeviceRGB" },
        "Resources" => dictionary! {
            "XObject" => dictionary! { "Im" => picture },
            "ColorSpace" => dictionary! { "c0" => vec!["ICCBased".into(), Object::Reference(grey)] },
        },
    });
    document.set_object(
        tree,
        dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![Object::Reference(page)] },
    );
    let outline = document.add_object(dictionary! { "Type" => "Outlines" });
    let catalog = document.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => tree, "Outlines" => outline,
    });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// What the page draws once it is prepared, an operation a line.
fn drawn(draws: &str) -> Vec<String> {
    let document = prepare(&page(draws), &iso_coated()).unwrap();
    let page = document.page_iter().next().unwrap();
    let content = Content::decode(&document.get_page_content(page)).unwrap();
    let line = |operation: &Operation| {
        let mut words: Vec<String> = operation
            .operands
            .iter()
            .map(|operand| match operand {
                Object::Name(name) => format!("/{}", String::from_utf8_lossy(name)),
                other => other.as_float().map_or(String::new(), |n| n.to_string()),
            })
            .collect();
        words.push(operation.operator.clone());
        words.join(" ")
    };
    content.operations.iter().map(line).collect()
}

#[test]
fn neutral_screen_colours_become_black_ink_alone_and_others_four_inks() {
    let lines = drawn("0 0 0 rg 0 0 9 9 re f 0.5 0.5 0.5 RG 0 0 m 9 9 l S 1 0 0 rg 0 0 9 9 re f");
    assert_eq!(lines[0], "0 0 0 1 k");
    assert_eq!(lines[3], "0 0 0 0.5 K");
    let red: Vec<f32> = lines[7].split(' ').filter_map(|n| n.parse().ok()).collect();
    let [c, m, y, k] = red[..] else {
        panic!("{lines:?}")
    };
    assert!(c < 0.1 && m > 0.8 && y > 0.8 && k < 0.1, "{red:?}");
}

#[test]
fn solid_black_text_overprints_and_nothing_else_does() {
    let lines = drawn(
        "0 0 0 1 k BT (a) Tj ET 0 0 9 9 re f BT (b) Tj ET 0 0 0 0 k BT (white) Tj ET \
         q 0 0 0 1 k BT (c) Tj ET Q BT (white) Tj ET",
    );
    let mut on = false;
    let mut saved = Vec::new();
    let mut painted = Vec::new();
    for line in &lines {
        match line.as_str() {
            "q" => saved.push(on),
            "Q" => on = saved.pop().unwrap(),
            "/GmgOverprint gs" => on = true,
            "/GmgKnockout gs" => on = false,
            " Tj" | "f" => painted.push(on),
            _ => {}
        }
    }
    assert_eq!(
        painted,
        [true, false, true, false, true, false],
        "{lines:#?}"
    );
}

#[test]
fn colours_of_a_space_with_a_name_are_seen_through_it() {
    let lines = drawn("/c0 cs 0 sc BT (black) Tj ET /DeviceRGB cs 0 0 0 sc BT (black) Tj ET");
    let switched = lines.iter().filter(|line| *line == "/GmgOverprint gs");
    assert_eq!(switched.count(), 1, "{lines:#?}");
    assert!(!lines.iter().any(|line| line.contains("RGB")), "{lines:#?}");
}

#[test]
fn pixels_become_inks_and_transparency_is_worked_out_in_inks() {
    let document = prepare(&page("/Im Do"), &iso_coated()).unwrap();
    let image = document.objects.values().find_map(|object| {
        let stream = object.as_stream().ok()?;
        stream
            .dict
            .get(b"Subtype")
            .ok()?
            .as_name()
            .ok()
            .filter(|name| *name == b"Image")?;
        Some(stream)
    });
    let image = image.unwrap();
    assert_eq!(image.dict.get(b"ColorSpace").unwrap(), &"DeviceCMYK".into());
    let pixels = image.decompressed_content().unwrap();
    assert_eq!(pixels.len(), 8);
    assert!(pixels[1] > 200 && pixels[2] > 200, "{pixels:?}");
    assert_eq!(pixels[4..], [0; 4], "white is paper");
    let page = document.page_iter().next().unwrap();
    let page = document.get_dictionary(page).unwrap();
    let group = page.get(b"Group").unwrap().as_dict().unwrap();
    assert_eq!(group.get(b"CS").unwrap(), &"DeviceCMYK".into());
}

#[test]
fn gradients_between_screen_colours_become_gradients_between_inks() {
    let mut document = Document::load_mem(&page("0 g")).unwrap();
    let part = |from: [i64; 3], to: [i64; 3]| {
        dictionary! {
            "FunctionType" => 2, "N" => 1, "Domain" => vec![0.into(), 1.into()],
            "C0" => from.map(Object::Integer).to_vec(), "C1" => to.map(Object::Integer).to_vec(),
        }
    };
    let first = document.add_object(part([0, 0, 0], [1, 0, 0]));
    let both = dictionary! {
        "FunctionType" => 3, "Domain" => vec![0.into(), 1.into()], "Bounds" => vec![Object::Real(0.5)],
        "Encode" => vec![0.into(), 1.into(), 0.into(), 1.into()],
        "Functions" => vec![Object::Reference(first), part([1, 0, 0], [1, 1, 1]).into()],
    };
    let shading = document.add_object(dictionary! {
        "ShadingType" => 2, "ColorSpace" => "DeviceRGB", "Function" => both,
        "Coords" => vec![0.into(), 0.into(), 1.into(), 0.into()],
    });
    let mut inks = Inks::new(&iso_coated()).unwrap();
    shadings::separate(&mut document, &mut inks).unwrap();
    let shading = document.get_dictionary(shading).unwrap();
    assert_eq!(shading.get(b"ColorSpace").unwrap(), &"DeviceCMYK".into());
    let function = shading.get(b"Function").unwrap().as_dict().unwrap();
    let parts = function.get(b"Functions").unwrap().as_array().unwrap();
    let ends = |index: usize, key: &[u8]| -> Vec<f32> {
        let part = parts[index].as_dict().unwrap().get(key).unwrap();
        part.as_array()
            .unwrap()
            .iter()
            .map(|n| n.as_float().unwrap())
            .collect()
    };
    assert_eq!(ends(0, b"C0"), [0.0, 0.0, 0.0, 1.0]);
    assert_eq!(ends(0, b"C1"), ends(1, b"C0"));
    assert!(ends(0, b"C1")[1] > 0.8, "{:?}", ends(0, b"C1"));
    assert_eq!(ends(1, b"C1"), [0.0; 4]);
}

#[test]
fn what_only_a_screen_can_use_goes_and_boxes_come() {
    let document = prepare(&page("0 g"), &iso_coated()).unwrap();
    let id = document.page_iter().next().unwrap();
    let page = document.get_dictionary(id).unwrap();
    assert!(!page.has(b"Annots"));
    assert!(!document.catalog().unwrap().has(b"Outlines"));
    assert_eq!(
        page.get(b"BleedBox").unwrap(),
        page.get(b"MediaBox").unwrap()
    );
    let links = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok());
    assert!(!links.into_iter().any(|dict| dict.has_type(b"Annot")));
}

#[test]
fn a_finished_file_says_what_it_is_and_is_the_same_each_time() {
    let about = About {
        title: "A & B".into(),
        author: "C".into(),
        subject: String::new(),
        keywords: "x".into(),
        language: "en".into(),
        epoch: 1_472_601_600,
        edition: "test".into(),
    };
    let profile = iso_coated();
    let make = || finish(prepare(&page("0 g"), &profile).unwrap(), &about, &profile).unwrap();
    let bytes = make();
    assert!(bytes == make());
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.starts_with("%PDF-1.6"));
    assert!(text.contains("<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"));
    assert!(text.contains("A &amp; B") && text.contains("2016-08-31T00:00:00Z"));
    let document = Document::load_mem(&bytes).unwrap();
    let intents = document.catalog().unwrap().get(b"OutputIntents").unwrap();
    let intent = intents.as_array().unwrap()[0].as_reference().unwrap();
    let intent = document.get_dictionary(intent).unwrap();
    let embedded = intent
        .get(b"DestOutputProfile")
        .unwrap()
        .as_reference()
        .unwrap();
    let embedded = document.get_object(embedded).unwrap().as_stream().unwrap();
    assert!(*embedded.decompressed_content().unwrap() == *profile.bytes);
}

#[test]
fn profiles_of_other_devices_are_refused() {
    assert_eq!(iso_coated().name, "ISO Coated v2 300% (basICColor)");
    let screen = moxcms::ColorProfile::new_srgb().encode().unwrap();
    let found = Profile::new(Cow::Owned(screen)).unwrap_err();
    assert!(found.contains("screen"), "{found}");
    let cut = iso_coated().bytes[..4000].to_vec();
    assert!(Profile::new(Cow::Owned(cut)).is_err());
    assert!(Profile::new(Cow::Borrowed(b"no profile")).is_err());
}
