//! Ids derived from content, so that the same input has the same ids on any machine and any day.

use sha2::{Digest, Sha256};

/// Hashes a sequence of fields; each is length-prefixed, so `("ab", "c")` and `("a", "bc")` differ.
#[derive(Default)]
pub struct ContentHasher(Sha256);

impl ContentHasher {
    /// Adds one field.
    pub fn field(mut self, bytes: impl AsRef<[u8]>) -> Self {
        let bytes = bytes.as_ref();
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// The id: `prefix`, an underscore, and 64 bits of the digest in hexadecimal.
    pub fn id(self, prefix: &str) -> String {
        let mut out = format!("{prefix}_");
        push_hex(&mut out, &self.0.finalize()[..8]);
        out
    }
}

/// SHA-256 of some bytes in lower-case hexadecimal (64 characters).
pub fn content_hash(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(64);
    push_hex(&mut out, &Sha256::digest(bytes));
    out
}

fn push_hex(out: &mut String, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in bytes {
        out.push(DIGITS[usize::from(byte >> 4)] as char);
        out.push(DIGITS[usize::from(byte & 15)] as char);
    }
}
