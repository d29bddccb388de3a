//! Whether a font file is whole, before anything takes it apart: a font that is cut off or damaged would set text that nobody
//! sees, or lead the typesetter astray. See the OpenType specification, "Font file".

/// Tables that text is set by: a font whose other tables are odd is used all the same.
const NEEDED: [&[u8; 4]; 8] = [
    b"cmap", b"glyf", b"loca", b"CFF ", b"CFF2", b"hmtx", b"GSUB", b"GPOS",
];
/// Most fonts in a collection.
const MOST_FONTS: u32 = 4_096;
/// Length of the head of a font, and of the entry of each table in it, in bytes.
const HEAD: usize = 12;
const ENTRY: usize = 16;

/// What is wrong with a file, if anything is.
pub(super) fn damage(file: &[u8]) -> Option<String> {
    if !file.starts_with(b"ttcf") {
        return font(file, 0);
    }
    let Some(count) = number(file, 8) else {
        return Some("it is cut off".to_owned());
    };
    if count > MOST_FONTS || HEAD + 4 * count as usize > file.len() {
        return Some(format!("it says that it holds {count} fonts"));
    }
    (0..count as usize).find_map(|index| {
        let offset = number(file, HEAD + 4 * index)?;
        font(file, offset as usize)
    })
}

/// What is wrong with the font that begins at `start`.
fn font(file: &[u8], start: usize) -> Option<String> {
    let Some(count) = file.get(start + 4..start + 6) else {
        return Some("it is cut off".to_owned());
    };
    let count = usize::from(u16::from_be_bytes([count[0], count[1]]));
    (0..count).find_map(|index| table(file, start + HEAD + ENTRY * index))
}

/// What is wrong with the table whose entry is at `entry`.
fn table(file: &[u8], entry: usize) -> Option<String> {
    let cut = || Some("it is cut off".to_owned());
    let Some(tag) = file.get(entry..entry + 4) else {
        return cut();
    };
    let numbers = [4, 8, 12].map(|at| number(file, entry + at));
    let [Some(sum), Some(offset), Some(length)] = numbers else {
        return cut();
    };
    let (offset, length) = (offset as usize, length as usize);
    let Some(bytes) = file.get(offset..offset.saturating_add(length)) else {
        return cut();
    };
    let needed = NEEDED.iter().any(|name| *name == tag);
    (needed && checksum(bytes) != sum).then(|| {
        let tag = String::from_utf8_lossy(tag);
        format!("its table `{}` is not as it was saved", tag.trim())
    })
}

/// The sum of a table's words; the last one is filled up with zeros.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0_u32, |sum, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

fn number(file: &[u8], at: usize) -> Option<u32> {
    let bytes = file.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::LayoutLoader;

    #[test]
    fn the_fonts_in_the_binary_are_whole_and_none_is_when_it_is_cut_or_changed() {
        let layout = LayoutLoader::embedded().load("screen").unwrap();
        let mut tried = 0;
        for (path, bytes) in layout.fonts.read().unwrap() {
            assert_eq!(damage(bytes), None, "{path}");
            for part in [1, 2, 5, 9] {
                let cut = bytes.len() * part / 10;
                assert!(damage(&bytes[..cut]).is_some(), "{path} cut at {cut}");
                let mut longer = bytes.to_vec();
                longer.splice(cut..cut, *b"abc");
                assert!(
                    damage(&longer).is_some(),
                    "{path} with bytes put in at {cut}"
                );
                tried += 1;
            }
        }
        assert!(tried > 20, "{tried}");
    }

    #[test]
    fn a_collection_of_more_fonts_than_bytes_is_refused_at_once() {
        let mut file = b"ttcf\0\x01\0\0\xff\xff\xff\xff".to_vec();
        file.extend([0; 100]);
        assert!(damage(&file).unwrap().contains("4294967295 fonts"));
        for length in 0..file.len() {
            assert!(damage(&file[..length]).is_some(), "{length} bytes of it");
        }
        assert!(damage(b"OTTO").is_some());
    }
}
