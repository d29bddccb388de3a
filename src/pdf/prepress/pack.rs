//! Streams of PDF files, packed.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::Stream;

/// Packs a stream that is not packed, where that makes it smaller. The profile of a printing condition takes five times as
/// long at the highest level as at this one, and is no more than half a per cent smaller.
pub(crate) fn pack(stream: &mut Stream) -> io::Result<()> {
    if stream.dict.has(b"Filter") {
        return Ok(());
    }
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&stream.content)?;
    let packed = encoder.finish()?;
    if packed.len() + "/Filter/FlateDecode".len() < stream.content.len() {
        stream.dict.set("Filter", "FlateDecode");
        stream.set_content(packed);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use lopdf::Dictionary;

    use super::*;

    #[test]
    fn what_grows_by_packing_stays_as_it_is() {
        for (content, packed) in [(vec![b'a'; 500], true), (b"abc".to_vec(), false)] {
            let mut stream = Stream::new(Dictionary::new(), content.clone());
            pack(&mut stream).unwrap();
            assert_eq!(stream.dict.has(b"Filter"), packed);
            assert_eq!(stream.get_plain_content().unwrap(), content);
            let once = stream.content.clone();
            pack(&mut stream).unwrap();
            assert_eq!(stream.content, once);
        }
    }
}
