//! Files that break a rule of colour and no other.

use lopdf::{Object, dictionary};

use super::Rules;
use super::sample::{Parts, file, name, rect, spot};
use super::tests::{finds, found_by, none};

#[test]
fn black_text_is_black_ink_alone_whatever_it_is_mixed_of() {
    let text =
        |colour: &str| format!("/O gs {colour} BT /F 10 Tf 40 100 Td (Words) Tj (more) Tj ET");
    let expected = ["error text-not-black-only 1 text “Words” and 1 more"];
    let icc = |parts: &mut Parts| {
        let stream = parts.stream(dictionary! { "N" => 1 }, b"");
        parts.resource("ColorSpace", "C", vec![name("ICCBased"), stream]);
    };
    for colour in [
        "0.6 0.4 0.4 1 k",
        "1 1 1 0 k",
        "0 0 0 rg",
        "0.1 0.1 0.15 rg",
        "/C cs 0 sc",
        "/C cs",
    ] {
        finds(&text(colour), icc, &expected);
    }
    for colour in ["0 0 0 0.5 k", "1 0.8 0 0.6 k", "0.5 g", "/C cs 0.5 sc"] {
        finds(&text(colour), icc, &[]);
    }
}

#[test]
fn full_black_text_overprints() {
    let text = |before: &str| format!("{before} BT /F 10 Tf 40 100 Td (Words) Tj ET");
    let expected = ["warning text-knockout 1 text “Words”"];
    let black = |parts: &mut Parts| {
        let black = spot("Black", "DeviceCMYK");
        parts.resource("ColorSpace", "B", black);
        parts.resource("ExtGState", "Z", dictionary! { "op" => true, "OPM" => 0 });
    };
    for before in ["", "0 0 0 1 k", "/O gs 0 g", "/Z gs 0 0 0 1 k", "/B cs"] {
        finds(&text(before), black, &expected);
    }
    for before in [
        "/O gs 0 0 0 1 k",
        "/Z gs /B cs",
        "/Z gs /B cs 1 scn",
        "0 0 0 0.9 k",
    ] {
        finds(&text(before), black, &[]);
    }
}

#[test]
fn colours_of_a_screen_are_errors_wherever_they_are() {
    let spaces = |parts: &mut Parts| {
        let stream = parts.stream(dictionary! { "N" => 3 }, b"");
        parts.resource("ColorSpace", "C", vec![name("ICCBased"), stream]);
        parts.resource(
            "ColorSpace",
            "L",
            vec![name("Lab"), Object::Dictionary(dictionary! {})],
        );
        parts.resource("ColorSpace", "S", spot("Gold", "DeviceRGB"));
        parts.image("I", 1, "DeviceRGB", &[9, 9, 9]);
        let shading = dictionary! { "ShadingType" => 2, "ColorSpace" => "DeviceRGB" };
        parts.resource("Shading", "H", shading.clone());
        let pattern = dictionary! { "PatternType" => 2, "Shading" => shading };
        let pattern = parts.doc.add_object(pattern);
        parts.resource("Pattern", "P", pattern);
        let tile = dictionary! { "PatternType" => 1, "BBox" => rect([0, 0, 9, 9]) };
        let tile = parts.stream(tile, b"1 0 0 rg 0 0 9 9 re f");
        parts.resource("Pattern", "T", tile);
    };
    let shape = "error rgb-colour 1 shape 14 mm from the left, 49 mm from the top";
    for colour in [
        "1 0 0 rg",
        "/C cs 1 0 0 sc",
        "/L cs 50 9 9 sc",
        "/S cs 1 scn",
    ] {
        finds(&format!("{colour} 50 70 20 20 re f"), spaces, &[shape]);
    }
    finds("1 0 0 RG 50 80 m 70 80 l S", spaces, &[shape]);
    finds(
        "9 0 0 9 50 50 cm /I Do",
        spaces,
        &["error rgb-colour 1 image I (1 × 1 pixels)"],
    );
    for content in ["/H sh", "/Pattern cs /P scn 50 50 9 9 re f /P scn"] {
        finds(content, spaces, &["error rgb-colour 1 gradient"]);
    }
    finds(
        "/Pattern cs /T scn 50 50 9 9 re f",
        spaces,
        &["error rgb-colour 1 pattern"],
    );
}

#[test]
fn ink_has_a_limit() {
    let shape = "error too-much-ink 1 shape 14 mm from the left, 49 mm from the top";
    finds("1 1 0.6 0.5 k 50 70 20 20 re f", none, &[shape]);
    finds("1 1 0.5 0.5 k 50 70 20 20 re f", none, &[]);
    let rules = Rules {
        max_ink: 200,
        ..Rules::default()
    };
    assert_eq!(
        found_by(&rules, &file("1 1 0.5 0 k 50 70 20 20 re f", none)),
        [shape]
    );
    let image = |pixel: [u8; 4]| {
        move |parts: &mut Parts| parts.image("I", 10, "DeviceCMYK", &pixel.repeat(100))
    };
    finds(
        "2 0 0 2 50 50 cm /I Do",
        image([255, 255, 200, 200]),
        &["error too-much-ink 1 image I (10 × 10 pixels)"],
    );
    finds("2 0 0 2 50 50 cm /I Do", image([255, 255, 100, 100]), &[]);
}

#[test]
fn registration_colour_belongs_outside_the_page() {
    let expected = ["error registration-colour 1 shape 14 mm from the left, 49 mm from the top"];
    finds("/All cs 1 scn 50 70 20 20 re f", none, &expected);
    finds("/All cs 1 scn 2 2 6 6 re f", none, &[]);
}

/// A JPEG picture of 8 × 8 pixels in the four inks, which are stored as what is left of each.
const JPEG: &str = "ffd8ffee000e41646f626500640000000000ffdb0043000302020302020303030304030304050805050404050a070706080c0a0c0c0b\
    0a0b0b0d0e12100d0e110e0b0b1016101113141515150c0f171816141812141514ffc000140800080008044311004d11005911004b11\
    00ffc4001f0000010501010101010100000000000000000102030405060708090a0bffc400b510000201030302040305050404000001\
    7d01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a343536\
    3738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2\
    a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9\
    faffda000e0443004d0059004b00003f00fcaaafcaaaf8cabe32afffd9";

#[test]
fn ink_of_jpeg_pictures_is_known() {
    let digits: Vec<u32> = JPEG
        .chars()
        .filter_map(|digit| digit.to_digit(16))
        .collect();
    let bytes: Vec<u8> = digits
        .chunks(2)
        .map(|pair| (pair[0] << 4 | pair[1]) as u8)
        .collect();
    let image = |decode: [i64; 8]| {
        let bytes = bytes.clone();
        move |parts: &mut Parts| {
            let dict = dictionary! {
                "Subtype" => "Image", "Width" => 8, "Height" => 8, "ColorSpace" => "DeviceCMYK",
                "BitsPerComponent" => 8, "Filter" => "DCTDecode",
                "Decode" => decode.map(Object::Integer).to_vec()
            };
            let image = parts.stream(dict, &bytes);
            parts.resource("XObject", "I", image);
        }
    };
    let expected = ["error too-much-ink 1 image I (8 × 8 pixels)"];
    finds(
        "1 0 0 1 50 50 cm /I Do",
        image([1, 0, 1, 0, 1, 0, 1, 0]),
        &expected,
    );
    finds(
        "1 0 0 1 50 50 cm /I Do",
        image([0, 1, 0, 1, 0, 1, 0, 1]),
        &[],
    );
}
