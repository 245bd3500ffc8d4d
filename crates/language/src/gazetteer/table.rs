//! How the table is laid out, and how it is read.
//!
//! ```text
//! magic        8 bytes
//! lengths      4 × u32, little endian: records, lists, names, ids
//! records      5 bytes each, in the order of their ids: latitude and longitude in hundredths of a degree (i16 each),
//!              precision (3 bits) and rank (5 bits)
//! lists        for each name of several places: how many (u8), then their numbers (u32 each, top bit: not its usual name)
//! names        fst: folded words with one space between them -> number of the record, or offset of the list
//! ids          fst: id -> number of the record
//! ```

use std::ops::Range;

use fst::raw::Fst;
use recoup_model::Precision;

use crate::Tokens;

/// First bytes of the table; another layout has others.
pub const MAGIC: &[u8; 8] = b"recoupG1";
/// Bytes of a record.
pub const RECORD: usize = 5;
/// Stands for a latitude that is not known.
pub const NOWHERE: i16 = i16::MIN;
/// In a list: the name is not the usual one of this place.
pub const OTHER_NAME: u32 = 1 << 31;
/// In the value of a name: it leads to a list.
pub const LIST: u64 = 1;
/// In the value of a name: it is a common word or the name of people as well.
pub const WEAK: u64 = 2;

const PRECISIONS: [Precision; 6] = [
    Precision::Point,
    Precision::Locality,
    Precision::District,
    Precision::Region,
    Precision::Country,
    Precision::Theatre,
];

/// The byte that holds precision and rank.
pub fn class(precision: Precision, rank: u8) -> u8 {
    let precision = PRECISIONS.iter().position(|p| *p == precision).unwrap_or_default() as u8;
    precision << 5 | rank.min(31)
}

/// Whether a precision is that of a part of a country.
pub fn division(precision: Precision) -> bool {
    matches!(precision, Precision::District | Precision::Region)
}

/// Places by name.
pub struct Gazetteer {
    records: &'static [u8],
    lists: &'static [u8],
    names: Fst<&'static [u8]>,
    ids: Fst<&'static [u8]>,
}

/// A name found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// It is a common word or the name of people as well.
    pub weak: bool,
    value: u64,
}

/// A place that a name can stand for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// Number of its record.
    pub record: u32,
    /// The name is its usual one.
    pub usual: bool,
    /// How fine it is.
    pub precision: Precision,
    /// Binary logarithm of the number of people who live there.
    pub rank: u8,
    /// Latitude and longitude in degrees.
    pub at: Option<(f64, f64)>,
}

impl Gazetteer {
    /// Reads the head of a table; `None` where it is none.
    pub fn new(table: &'static [u8]) -> Option<Self> {
        let mut rest = table.strip_prefix(MAGIC.as_slice())?;
        let mut lengths = [0usize; 4];
        for length in &mut lengths {
            let (bytes, after) = rest.split_first_chunk::<4>()?;
            *length = u32::from_le_bytes(*bytes) as usize;
            rest = after;
        }
        let mut part = |length: usize| {
            let (part, after) = rest.split_at_checked(length)?;
            rest = after;
            Some(part)
        };
        let records = part(lengths[0] * RECORD)?;
        let lists = part(lengths[1])?;
        let names = Fst::new(part(lengths[2])?).ok()?;
        let ids = Fst::new(part(lengths[3])?).ok()?;
        Some(Gazetteer { records, lists, names, ids })
    }

    /// How many places it holds.
    pub fn places(&self) -> usize {
        self.records.len() / RECORD
    }

    /// How many names it holds.
    pub fn names(&self) -> usize {
        self.names.len()
    }

    /// The longest name that begins at token `i`. Its first word has a capital in the text.
    pub fn at(&self, tokens: &Tokens<'_>, i: usize) -> Option<Match> {
        if !tokens.begins_town(i) {
            return None;
        }
        let mut node = self.names.root();
        let mut output = fst::raw::Output::zero();
        let mut found = None;
        for end in i + 1..=tokens.len() {
            let space = if end > i + 1 { " " } else { "" };
            for byte in space.bytes().chain(tokens.folded(end - 1).bytes()) {
                let Some(at) = node.find_input(byte) else { return found };
                let transition = node.transition(at);
                output = output.cat(transition.out);
                node = self.names.node(transition.addr);
            }
            if node.is_final() {
                let value = output.cat(node.final_output()).value();
                found = Some(Match { tokens: i..end, weak: value & WEAK != 0, value });
            }
        }
        found
    }

    /// Whether the first word of a name may be this folded one.
    pub(crate) fn begins_with(&self, folded: &str) -> bool {
        let mut node = self.names.root();
        for byte in folded.bytes() {
            let Some(at) = node.find_input(byte) else { return false };
            node = self.names.node(node.transition_addr(at));
        }
        node.is_final() || node.find_input(b' ').is_some()
    }

    /// The name that begins with another and is longer, unless it is one of people as well.
    pub(crate) fn longer(&self, tokens: &Tokens<'_>, name: &Range<usize>) -> Option<Range<usize>> {
        let longer = self.at(tokens, name.start).filter(|found| !found.weak)?.tokens;
        (longer.end > name.end).then_some(longer)
    }

    /// The places that a name can stand for: those of which it is the usual name first, then by the number of people.
    pub fn candidates(&self, found: &Match) -> Vec<Candidate> {
        let at = (found.value >> 2) as usize;
        if found.value & LIST == 0 {
            return self.candidate(at as u32).into_iter().collect();
        }
        let Some((count, rest)) = self.lists.get(at..).and_then(<[u8]>::split_first) else { return Vec::new() };
        let numbers = rest.chunks_exact(4).take(usize::from(*count));
        numbers.filter_map(|bytes| self.candidate(u32::from_le_bytes(bytes.try_into().ok()?))).collect()
    }

    fn candidate(&self, number: u32) -> Option<Candidate> {
        let record = number & !OTHER_NAME;
        let at = record as usize * RECORD;
        let bytes: &[u8; RECORD] = self.records.get(at..at + RECORD)?.try_into().ok()?;
        let degrees = |low: u8, high: u8| i16::from_le_bytes([low, high]);
        let (lat, lon) = (degrees(bytes[0], bytes[1]), degrees(bytes[2], bytes[3]));
        Some(Candidate {
            record,
            usual: number & OTHER_NAME == 0,
            precision: PRECISIONS.get(usize::from(bytes[4] >> 5)).copied()?,
            rank: bytes[4] & 31,
            at: (lat != NOWHERE).then(|| (f64::from(lat) / 100.0, f64::from(lon) / 100.0)),
        })
    }

    /// The id of a place: the country's ISO 3166 code, then a slug.
    pub fn id(&self, candidate: &Candidate) -> Option<String> {
        self.ids.get_key(u64::from(candidate.record)).and_then(|key| String::from_utf8(key).ok())
    }

    /// The place with an id.
    pub fn place(&self, id: &str) -> Option<Candidate> {
        self.candidate(self.ids.get(id)?.value() as u32)
    }
}
