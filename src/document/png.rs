//! What decoders of PNG pictures do not limit: the size of the colour profile that is packed in them.

use std::io::Read;

/// The largest colour profile, in bytes; those of printers have some three million.
pub(super) const MAX_PROFILE: u64 = 16 << 20;

/// Whether the picture has a colour profile that is larger than any, however small it is packed.
pub(super) fn has_huge_profile(bytes: &[u8]) -> bool {
    // The signature, then chunks: length, name, data, checksum (PNG, third edition, 5.3).
    let mut rest = bytes.get(8..).unwrap_or_default();
    while let Some((head, data)) = rest.split_first_chunk::<8>() {
        let [a, b, c, d, name @ ..] = *head;
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        let Some(chunk) = data.get(..length) else {
            return false;
        };
        if &name == b"iCCP" && is_huge(chunk) {
            return true;
        }
        rest = data.get(length + 4..).unwrap_or_default();
    }
    false
}

/// Whether the data of a chunk (a name, a zero, the method, and the packed profile) become too many bytes.
fn is_huge(chunk: &[u8]) -> bool {
    let Some(end) = chunk.iter().position(|byte| *byte == 0) else {
        return false;
    };
    let packed = chunk.get(end + 2..).unwrap_or_default();
    let profile = flate2::read::ZlibDecoder::new(packed).take(MAX_PROFILE + 1);
    // A damaged one is the decoder's to refuse.
    std::io::copy(&mut { profile }, &mut std::io::sink()).is_ok_and(|size| size > MAX_PROFILE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn picture(profile: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(profile).unwrap();
        let data = [b"x\0\0", packed.finish().unwrap().as_slice()].concat();
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        let before = [0, 0, 0, 1, b'a', b'b', b'c', b'd', 9, 0, 0, 0, 0];
        [
            b"\x89PNG\r\n\x1a\n",
            &before[..],
            &length,
            b"iCCP",
            &data,
            &[0; 4],
        ]
        .concat()
    }

    #[test]
    fn a_profile_that_is_small_in_the_file_and_huge_in_memory_is_seen() {
        let most = usize::try_from(MAX_PROFILE).unwrap();
        assert!(!has_huge_profile(&picture(&vec![0; most])));
        assert!(has_huge_profile(&picture(&vec![0; most + 1])));
    }

    #[test]
    fn damage_is_no_profile() {
        let whole = picture(&[7; 99]);
        for end in 0..whole.len() {
            assert!(!has_huge_profile(&whole[..end]), "{end}");
        }
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] = !damaged[at];
            assert!(!has_huge_profile(&damaged), "{at}");
        }
    }
}
