//! Colours by PDF/A-2a: the output intent, and that every colour is one that it or a profile of its own describes.

use lopdf::{Dictionary, Object};

use super::CheckedPdf;
use super::drawn::Device;
use crate::pdf::read::file::{as_dict, as_name};
use crate::pdf::read::icc::device_space;
use crate::verify::conformance::verdict::{BreachList, Spot};

/// Checks output intent and colours.
pub(super) fn check(look: &CheckedPdf<'_>, found: &mut BreachList) {
    let space = intent(look, found);
    for (index, page) in look.pages.iter().enumerate() {
        for device in &page.devices {
            let covered = match (device, space) {
                (_, None) => false,
                (Device::Gray, Some(_)) => true,
                (Device::Rgb, Some(space)) => &space == b"RGB ",
                (Device::Cmyk, Some(space)) => &space == b"CMYK",
            };
            if !covered {
                let (clause, object) = match device {
                    Device::Rgb => ("6.2.4.3", "DeviceRGB"),
                    Device::Cmyk => ("6.2.4.3", "DeviceCMYK"),
                    Device::Gray => ("6.2.4.3", "DeviceGray"),
                };
                let what = "no profile says what a colour looks like";
                found.at(clause, what, Spot::page(index, object));
            }
        }
    }
    profiles(look, found);
}

/// The colour space of the output intent for archives.
pub(super) fn space(look: &CheckedPdf<'_>) -> Option<Result<[u8; 4], String>> {
    let intent = intents(look).find(|one| is_archive(look, one))?;
    match look.file.get(intent, "DestOutputProfile") {
        Object::Stream(stream) => Some(
            look.file
                .unpack(stream)
                .and_then(|profile| sound(look, &stream.dict, &profile)),
        ),
        _ => Some(Err("is not in the file".into())),
    }
}

fn intents<'a>(look: &CheckedPdf<'a>) -> impl Iterator<Item = &'a Dictionary> {
    let file = look.file;
    let all = file.array(look.catalog, "OutputIntents").iter();
    all.filter_map(|intent| as_dict(file.resolve(intent)))
}

fn is_archive(look: &CheckedPdf<'_>, intent: &Dictionary) -> bool {
    look.file.name(intent, "S").as_deref() == Some("GTS_PDFA1")
}

fn intent(look: &CheckedPdf<'_>, found: &mut BreachList) -> Option<[u8; 4]> {
    let profiles: Vec<&Object> = intents(look)
        .filter_map(|intent| intent.get(b"DestOutputProfile").ok())
        .collect();
    let one = profiles.windows(2).all(|pair| pair[0] == pair[1]);
    found.unless(
        one,
        "6.2.3",
        "output intents of the file have different profiles",
    );
    match space(look) {
        Some(Ok(space)) => Some(space),
        Some(Err(why)) => {
            found.add("6.2.3", format!("the profile of the output intent {why}"));
            None
        }
        None => {
            found.add(
                "6.2.3",
                "the file does not say how its colours are meant (output intent)",
            );
            None
        }
    }
}

/// The colour space of a profile that is whole and has as many components as its stream says.
fn sound(look: &CheckedPdf<'_>, dict: &Dictionary, profile: &[u8]) -> Result<[u8; 4], String> {
    let space = device_space(profile)?;
    let components = match &space {
        b"GRAY" => 1,
        b"RGB " | b"Lab " => 3,
        b"CMYK" => 4,
        _ => return Err("is for colours that PDF does not know".into()),
    };
    if look.file.integer(dict, "N") != Some(components) {
        return Err("has another number of components than the file says (N)".into());
    }
    Ok(space)
}

/// Colour spaces with profiles of their own.
fn profiles(look: &CheckedPdf<'_>, found: &mut BreachList) {
    for (_, object) in look.file.objects() {
        let mut waiting = vec![(object, 0)];
        while let Some((object, depth)) = waiting.pop() {
            let depth = depth + 1;
            match object {
                Object::Array(parts) if depth < 32 => {
                    if parts.first().and_then(as_name).as_deref() == Some("ICCBased") {
                        profile(look, parts, found);
                    }
                    waiting.extend(parts.iter().map(|part| (part, depth)));
                }
                Object::Dictionary(dict) if depth < 32 => {
                    waiting.extend(dict.iter().map(|(_, part)| (part, depth)));
                }
                Object::Stream(stream) if depth < 32 => {
                    waiting.extend(stream.dict.iter().map(|(_, part)| (part, depth)));
                }
                _ => {}
            }
        }
    }
}

fn profile(look: &CheckedPdf<'_>, parts: &[Object], found: &mut BreachList) {
    let stream = parts.get(1).map(|part| look.file.resolve(part));
    let why = match stream {
        Some(Object::Stream(stream)) => look
            .file
            .unpack(stream)
            .and_then(|profile| sound(look, &stream.dict, &profile))
            .err(),
        _ => Some("is not in the file".to_string()),
    };
    if let Some(why) = why {
        found.add("6.2.4.2", format!("the profile of a colour space {why}"));
    }
}
