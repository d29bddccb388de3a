//! Whether a colour profile is one that a printing press is described by.

/// Most tags of a profile.
const TAGS: usize = 200;
/// Length of the head of a profile.
const HEAD: usize = 128;

/// What a person wants to know of a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Profile {
    /// What it calls itself, such as `Coated FOGRA39 (ISO 12647-2:2004)`.
    pub(crate) description: String,
}

/// The colour space that a device profile (ICC) is for, such as `RGB `: that of a screen or a printer, whole.
///
/// # Errors
/// Why it is none, in words that complete “the profile …”.
pub(crate) fn device_space(bytes: &[u8]) -> Result<[u8; 4], String> {
    if bytes.len() < HEAD + 4 || bytes.get(36..40) != Some(b"acsp") {
        return Err("is no ICC profile".into());
    }
    if number(bytes, 0) != Some(bytes.len()) {
        return Err("is cut off or has something behind its end".into());
    }
    if !matches!(
        bytes.get(12..16),
        Some(b"prtr" | b"mntr" | b"scnr" | b"spac")
    ) {
        return Err("describes no device".into());
    }
    if bytes.get(8).is_none_or(|version| *version > 4) {
        return Err("is of a version after 4".into());
    }
    tag(bytes, b"desc")?;
    let space = bytes.get(16..20).and_then(|space| space.try_into().ok());
    space.ok_or_else(|| "is no ICC profile".into())
}

/// Reads a colour profile (ICC) that describes how a press prints with four inks.
///
/// # Errors
/// Why it is none, in words that complete “the profile …”.
pub(crate) fn cmyk_output_profile(bytes: &[u8]) -> Result<Profile, String> {
    if bytes.len() < HEAD + 4 || bytes.get(36..40) != Some(b"acsp") {
        return Err("is no ICC profile".into());
    }
    if number(bytes, 0) != Some(bytes.len()) {
        return Err("is cut off or has something behind its end".into());
    }
    match bytes.get(12..16) {
        Some(b"prtr") => {}
        Some(b"mntr") => return Err("describes a screen, not a printing press".into()),
        Some(b"scnr") => return Err("describes a scanner or camera, not a printing press".into()),
        _ => return Err("does not describe a printing press".into()),
    }
    if bytes.get(16..20) != Some(b"CMYK") {
        let space = String::from_utf8_lossy(bytes.get(16..20).unwrap_or_default());
        let space = space.trim();
        return Err(format!(
            "is for colours in {space}, not for the four inks CMYK"
        ));
    }
    let description = tag(bytes, b"desc")?.and_then(text);
    Ok(Profile {
        description: description.unwrap_or_else(|| "unnamed profile".into()),
    })
}

/// The big-endian number of 32 bits at a place.
fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    usize::try_from(u32::from_be_bytes(four)).ok()
}

/// The data of a tag, once the whole table has been seen to be within the profile.
fn tag<'a>(bytes: &'a [u8], wanted: &[u8; 4]) -> Result<Option<&'a [u8]>, String> {
    let damaged = || "is damaged: its table of contents leads outside it".to_string();
    let count = number(bytes, HEAD)
        .filter(|count| *count <= TAGS)
        .ok_or_else(damaged)?;
    let mut found = None;
    for index in 0..count {
        let at = HEAD + 4 + index * 12;
        let name = bytes.get(at..at + 4).ok_or_else(damaged)?;
        let start = number(bytes, at + 4).ok_or_else(damaged)?;
        let length = number(bytes, at + 8).ok_or_else(damaged)?;
        let end = start.checked_add(length).ok_or_else(damaged)?;
        let data = bytes.get(start..end).ok_or_else(damaged)?;
        if name == wanted {
            found = Some(data);
        }
    }
    Ok(found)
}

/// The text of a description: `desc` of version 2, `mluc` of version 4 (its first language).
fn text(data: &[u8]) -> Option<String> {
    let text = match data.get(..4)? {
        b"desc" => {
            let length = number(data, 8)?;
            let bytes = data.get(12..12usize.checked_add(length)?)?;
            bytes
                .iter()
                .map(|&byte| char::from(byte))
                .collect::<String>()
        }
        b"mluc" => {
            let (length, start) = (number(data, 20)?, number(data, 24)?);
            crate::pdf::read::file::utf16(data.get(start..start.checked_add(length)?)?)
        }
        _ => return None,
    };
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    Some(text.trim().to_string()).filter(|text| !text.is_empty())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A profile of that class and colour space whose description is `data`.
    pub(crate) fn profile(class: &str, space: &str, data: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0; HEAD];
        bytes[12..16].copy_from_slice(class.as_bytes());
        bytes[16..20].copy_from_slice(space.as_bytes());
        bytes[36..40].copy_from_slice(b"acsp");
        bytes.extend(1u32.to_be_bytes());
        bytes.extend(b"desc");
        bytes.extend(144u32.to_be_bytes());
        bytes.extend((data.len() as u32).to_be_bytes());
        bytes.extend(data);
        let size = (bytes.len() as u32).to_be_bytes();
        bytes[..4].copy_from_slice(&size);
        bytes
    }

    /// The description of an old profile.
    pub(crate) const OLD: &[u8] = b"desc\0\0\0\0\0\0\0\x06Press\0";
    const NEW: &[u8] = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenGB\0\0\0\x04\0\0\0\x1c\0P\0r";

    #[test]
    fn descriptions_of_both_versions_are_read() {
        let read = |data| {
            cmyk_output_profile(&profile("prtr", "CMYK", data))
                .unwrap()
                .description
        };
        assert_eq!(
            [read(OLD), read(NEW), read(b"none")],
            ["Press", "Pr", "unnamed profile"]
        );
    }

    #[test]
    fn other_profiles_are_refused_with_the_reason() {
        let refused = |bytes: &[u8]| cmyk_output_profile(bytes).unwrap_err();
        assert!(refused(&profile("mntr", "RGB ", OLD)).contains("screen"));
        assert!(refused(&profile("prtr", "RGB ", OLD)).contains("in RGB,"));
        assert!(refused(&profile("link", "CMYK", OLD)).contains("press"));
        assert!(refused(b"%PDF-1.7").contains("no ICC profile"));
        let mut outside = profile("prtr", "CMYK", OLD);
        outside[140] = 0xff;
        assert!(refused(&outside).contains("damaged"));
    }

    #[test]
    fn what_is_cut_is_refused_and_what_is_changed_is_seen_where_it_is_read() {
        let whole = profile("prtr", "CMYK", NEW);
        let (mut refused, mut renamed) = (Vec::new(), Vec::new());
        for at in 0..whole.len() {
            assert!(cmyk_output_profile(&whole[..at]).is_err(), "cut at {at}");
            let mut bytes = whole.clone();
            bytes[at] ^= 0xff;
            match cmyk_output_profile(&bytes) {
                Err(_) => refused.push(at),
                Ok(read) if read.description != "Pr" => renamed.push(at),
                Ok(_) => {}
            }
        }
        // Size, colour space, class and signature in the head, then the table of contents.
        let read = [0..4, 12..20, 36..40, 128..132, 136..139, 140..144];
        assert_eq!(refused, read.into_iter().flatten().collect::<Vec<_>>());
        // The entry of the name, and what it leads to.
        let name = [132..136, 139..140, 144..148, 164..176];
        assert_eq!(renamed, name.into_iter().flatten().collect::<Vec<_>>());
    }
}
