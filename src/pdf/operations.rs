//! Streams of content as operators, parsed once: the checks of a file, and files that hold the same pages, ask for the
//! same streams again and again.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use lopdf::content::{Content, Operation};
use sha2::{Digest, Sha256};

/// Most bytes of streams whose operators are kept.
const KEPT: usize = 1 << 20;

/// The operators of a stream.
pub(super) type Operations = Arc<Content<Vec<Operation>>>;

/// Operators by the SHA-256 of their stream, and the bytes of all of these streams.
#[derive(Default)]
struct Memory {
    operations: HashMap<[u8; 32], Operations>,
    bytes: usize,
}

static MEMORY: LazyLock<Mutex<Memory>> = LazyLock::new(Mutex::default);

/// The operators of a stream of content.
pub(super) fn parse(content: &[u8]) -> Result<Operations, String> {
    let key: [u8; 32] = Sha256::digest(content).into();
    if let Some(known) = memory().operations.get(&key) {
        return Ok(Arc::clone(known));
    }
    let parsed = Content::decode_strict(content).map_err(|error| error.to_string())?;
    let parsed = Arc::new(parsed);
    let mut memory = memory();
    if memory.bytes + content.len() > KEPT {
        *memory = Memory::default();
    }
    if content.len() <= KEPT {
        memory.bytes += content.len();
        memory.operations.insert(key, Arc::clone(&parsed));
    }
    Ok(parsed)
}

fn memory() -> std::sync::MutexGuard<'static, Memory> {
    MEMORY.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_stream_is_parsed_once_and_another_is_not_taken_for_it() {
        let first = parse(b"1 0 0 rg").unwrap();
        assert!(Arc::ptr_eq(&first, &parse(b"1 0 0 rg").unwrap()));
        let other = parse(b"0 0 1 rg").unwrap();
        assert_ne!(first.operations[0].operands, other.operations[0].operands);
        assert!(parse(b"(").is_err() && parse(b"(").is_err());
    }
}
