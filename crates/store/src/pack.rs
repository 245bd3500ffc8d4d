//! Bytes as they lie in the store: compressed, and known by their hash.

use sha2::{Digest as _, Sha256};

/// Level of compression: reports shrink to a fifteenth at some hundred megabytes a second.
const LEVEL: i32 = 3;

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

pub(crate) fn pack(bytes: &[u8]) -> Vec<u8> {
    // Compression into memory has no reason to fail but memory itself.
    zstd::bulk::compress(bytes, LEVEL).unwrap_or_default()
}

/// `None` where the bytes are not what was packed.
pub(crate) fn unpack(packed: &[u8], size: usize) -> Option<Vec<u8>> {
    zstd::bulk::decompress(packed, size).ok().filter(|bytes| bytes.len() == size)
}

/// Numbers in ascending order as the gaps between them, seven bits a byte.
pub(crate) fn pack_numbers(numbers: &[i64]) -> Vec<u8> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    let mut out = Vec::with_capacity(sorted.len() * 2);
    let mut last = 0;
    for number in sorted {
        let mut gap = u64::try_from(number - last).unwrap_or_default();
        last = number;
        while gap >= 0x80 {
            out.push((gap & 0x7f) as u8 | 0x80);
            gap >>= 7;
        }
        out.push(gap as u8);
    }
    out
}

pub(crate) fn unpack_numbers(packed: &[u8]) -> Vec<i64> {
    let mut numbers = Vec::new();
    let (mut last, mut gap, mut shift) = (0_i64, 0_u64, 0_u32);
    for byte in packed {
        gap |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            last += i64::try_from(gap).unwrap_or_default();
            numbers.push(last);
            (gap, shift) = (0, 0);
        } else {
            shift = (shift + 7).min(63);
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_in_order() {
        for numbers in [vec![], vec![1], vec![3, 1, 2], vec![127, 128, 129, 1 << 40], vec![0, 16_383, 16_384]] {
            let mut sorted = numbers.clone();
            sorted.sort_unstable();
            assert_eq!(unpack_numbers(&pack_numbers(&numbers)), sorted);
        }
    }

    #[test]
    fn what_is_not_as_it_was_packed_is_nothing() {
        let packed = pack(b"30 dead at Norville");
        assert_eq!(unpack(&packed, 19).as_deref(), Some(&b"30 dead at Norville"[..]));
        assert_eq!(unpack(&packed, 18), None);
        assert_eq!(unpack(&packed[1..], 19), None);
    }
}
