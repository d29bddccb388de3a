//! Gradients: those between screen colours become gradients between inks.
//!
//! Axial and radial gradients whose colours are given at their ends, one after the other, are turned; what is computed in
//! another way stays, and the preflight objects to it.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::colour::Inks;
use super::pictures::is_rgb;
use crate::base::diagnostic::Diagnostics;

/// Functions are nested this deep at most.
const DEPTH: usize = 4;

/// Turns the gradients of all pages.
pub(super) fn separate(document: &mut Document, inks: &mut Inks) -> Result<(), Diagnostics> {
    let ids: Vec<ObjectId> = document.objects.keys().copied().collect();
    for id in ids {
        let Some(Object::Dictionary(dict)) = document.objects.get(&id) else {
            continue;
        };
        let mut dict = dict.clone();
        if let Ok(Object::Dictionary(inline)) = dict.get(b"Shading") {
            let mut inline = inline.clone();
            if turn(document, &mut inline, inks)? {
                dict.set("Shading", inline);
                document.set_object(id, dict);
            }
        } else if turn(document, &mut dict, inks)? {
            document.set_object(id, dict);
        }
    }
    Ok(())
}

/// Turns a gradient, if it is one that can be.
fn turn(document: &Document, dict: &mut Dictionary, inks: &mut Inks) -> Result<bool, Diagnostics> {
    let kind = dict.get(b"ShadingType").and_then(Object::as_i64);
    let screen = dict
        .get(b"ColorSpace")
        .is_ok_and(|space| is_rgb(document, space));
    let (Ok(2 | 3), true, Ok(function)) = (kind, screen, dict.get(b"Function")) else {
        return Ok(false);
    };
    let Some(function) = function_of_inks(document, function, inks, DEPTH)? else {
        return Ok(false);
    };
    dict.set("Function", function);
    dict.set("ColorSpace", "DeviceCMYK");
    dict.remove(b"Background");
    Ok(true)
}

/// The function with inks for its colours; `None` where it does not say them.
fn function_of_inks(
    document: &Document,
    function: &Object,
    inks: &mut Inks,
    depth: usize,
) -> Result<Option<Object>, Diagnostics> {
    let Ok((_, Object::Dictionary(function))) = document.dereference(function) else {
        return Ok(None);
    };
    let mut function = function.clone();
    match function.get(b"FunctionType").and_then(Object::as_i64) {
        Ok(2) => {
            for (key, left_out) in [("C0", 0.0), ("C1", 1.0)] {
                let ink = inks.of(colour(&function, key, left_out))?;
                let parts = ink.map(|amount| Object::Real(f32::from(amount) / 255.0));
                function.set(key, parts.to_vec());
            }
        }
        Ok(3) if depth > 0 => {
            let Ok(parts) = function.get(b"Functions").and_then(Object::as_array) else {
                return Ok(None);
            };
            let mut turned = Vec::new();
            for part in parts {
                match function_of_inks(document, part, inks, depth - 1)? {
                    Some(part) => turned.push(part),
                    None => return Ok(None),
                }
            }
            function.set("Functions", turned);
        }
        _ => return Ok(None),
    }
    function.remove(b"Range");
    Ok(Some(function.into()))
}

/// A colour at an end of a gradient.
fn colour(function: &Dictionary, key: &str, left_out: f32) -> [u8; 3] {
    let parts = function.get(key.as_bytes()).and_then(Object::as_array);
    let part = |index: usize| {
        let part = parts.as_ref().ok().and_then(|parts| parts.get(index));
        let part = part
            .and_then(|part| part.as_float().ok())
            .unwrap_or(left_out);
        (part.clamp(0.0, 1.0) * 255.0).round() as u8
    };
    [part(0), part(1), part(2)]
}
