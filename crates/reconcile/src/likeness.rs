//! Which of many sketches resemble each other.
//!
//! Whether two do hangs on the two alone, so that what was once found stays true, and only new ones must be looked up. No
//! pair is missed: of two sets of which the smaller shares all but `n` of its members with the other, any `n + k` of them
//! include `k` shared ones (Chaudhuri, Ganti, Kaushik 2006; Wang, Li, Feng 2012: prefix filtering). The rarest ones are
//! looked up, so that house phrases cost little, and a tenth more than one would do for, so that few pairs are compared
//! in full that are not alike.

use std::collections::{BTreeMap, HashMap};

use crate::sketch::{Sketch, is_multiple, needed};

/// What a text is to those that were known before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// The first text with the same sketch; itself, if it is that.
    pub twin: i64,
    /// The first texts of other sketches that resemble this one, of those known before; of a later twin none, since
    /// they are those of the first.
    pub near: Vec<i64>,
}

/// Compares new texts with each other and with those known before. Texts go by numbers; new ones have higher numbers than
/// those known, and of these only the first of each sketch need be given.
///
/// # Errors
/// As the known ones come.
pub fn likenesses<E>(
    new: Vec<(i64, Sketch)>,
    known: impl IntoIterator<Item = Result<(i64, Sketch), E>>,
) -> Result<BTreeMap<i64, Likeness>, E> {
    let mut found: BTreeMap<i64, Likeness> = BTreeMap::new();
    let mut first: HashMap<Sketch, i64> = HashMap::new();
    for (number, sketch) in new {
        let twin = if sketch.shingles().is_empty() { number } else { *first.entry(sketch).or_insert(number) };
        found.insert(number, Likeness { twin, near: Vec::new() });
    }
    let mut first: Vec<(i64, Sketch)> = first.into_iter().map(|(sketch, number)| (number, sketch)).collect();
    first.sort_unstable_by_key(|(number, _)| *number);
    let (numbers, sketches): (Vec<i64>, Vec<Sketch>) = first.into_iter().unzip();
    let among = Among::new(&sketches);
    let mut shared = among.shared();
    let mut twins: HashMap<i64, i64> = HashMap::new();
    for one in known {
        let (number, sketch) = one?;
        for at in among.like(&sketch, &mut shared) {
            if sketches[at] == sketch {
                twins.insert(numbers[at], number);
            } else if let Some(likeness) = found.get_mut(&numbers[at]) {
                likeness.near.push(number);
            }
        }
    }
    for (at, sketch) in sketches.iter().enumerate() {
        let earlier =
            among.like(sketch, &mut shared).into_iter().filter(|other| *other < at).map(|other| numbers[other]);
        let near: Vec<i64> = earlier.map(|number| twins.get(&number).copied().unwrap_or(number)).collect();
        if let Some(likeness) = found.get_mut(&numbers[at]) {
            likeness.near.extend(near);
        }
    }
    for likeness in found.values_mut() {
        if let Some(known) = twins.get(&likeness.twin) {
            *likeness = Likeness { twin: *known, near: Vec::new() };
        }
        likeness.near.sort_unstable();
        likeness.near.dedup();
    }
    Ok(found)
}

/// Sketches among which those that resemble another are looked up.
struct Among<'s> {
    sketches: &'s [Sketch],
    /// How many shingles of a sketch count at its level and those above it.
    sizes: Vec<Vec<usize>>,
    /// Ascending, each once.
    shingles: Vec<u64>,
    /// Where shingles with these highest bits begin.
    starts: Vec<u32>,
    /// How far a shingle is shifted to the right for its highest bits.
    shift: u32,
    /// Where the holders of each shingle begin.
    held: Vec<u32>,
    /// By shingle; of one shingle, those to whom it is a rare one first.
    holders: Vec<Holder>,
    /// The highest level among the sketches.
    highest: u32,
}

#[derive(Debug, Clone, Copy)]
struct Holder {
    sketch: u32,
    /// Whether it is one of the rare shingles of that sketch.
    rare: bool,
}

/// How many rare shingles are shared with each sketch: of those of the one looked up, and of its own.
struct Shared {
    counts: Vec<[u16; 2]>,
    /// Which are not zero.
    some: Vec<u32>,
}

impl<'s> Among<'s> {
    fn new(sketches: &'s [Sketch]) -> Self {
        let all = |(sketch, at): (&'s Sketch, u32)| sketch.shingles().iter().map(move |shingle| (*shingle, at));
        let mut pairs: Vec<(u64, u32)> = sketches.iter().zip(0..).flat_map(all).collect();
        pairs.sort_unstable();
        let mut shingles: Vec<u64> = Vec::new();
        let mut held: Vec<u32> = Vec::new();
        for ((shingle, _), at) in pairs.iter().zip(0..) {
            if shingles.last() != Some(shingle) {
                shingles.push(*shingle);
                held.push(at);
            }
        }
        held.push(u32::try_from(pairs.len()).unwrap_or(u32::MAX));
        let shift = u64::BITS - shingles.len().max(2).ilog2();
        let mut starts = vec![0; (1 << (u64::BITS - shift)) + 1];
        for shingle in &shingles {
            starts[(shingle >> shift) as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let sizes = sketches.iter().map(|sketch| sketch.levels().map(|(_, size)| size).collect()).collect();
        let highest = sketches.iter().map(Sketch::level).max().unwrap_or_default();
        let holders = pairs.iter().map(|(_, sketch)| Holder { sketch: *sketch, rare: false }).collect();
        let mut among = Among { sketches, sizes, shingles, starts, shift, held, holders, highest };
        let rare = |sketch| -> Vec<u64> {
            Self::rare(&among.held_by(sketch), sketch, u32::MAX).into_iter().map(|at| sketch.shingles()[at]).collect()
        };
        let rare: Vec<Vec<u64>> = sketches.iter().map(rare).collect();
        for ((shingle, sketch), holder) in pairs.iter().zip(&mut among.holders) {
            holder.rare = rare[*sketch as usize].binary_search(shingle).is_ok();
        }
        for bounds in among.held.windows(2) {
            among.holders[bounds[0] as usize..bounds[1] as usize].sort_unstable_by_key(|holder| !holder.rare);
        }
        among
    }

    fn shared(&self) -> Shared {
        Shared { counts: vec![[0; 2]; self.sketches.len()], some: Vec::new() }
    }

    /// Those that resemble a sketch, ascending; itself among them if it is one of them. `shared` is room for counting, and
    /// left as it was.
    fn like(&self, sketch: &Sketch, shared: &mut Shared) -> Vec<usize> {
        let held = self.held_by(sketch);
        for at in Self::rare(&held, sketch, self.highest) {
            held[at].iter().for_each(|holder| shared.add(holder, 0));
        }
        for holders in held {
            holders.iter().take_while(|holder| holder.rare).for_each(|holder| shared.add(holder, 1));
        }
        let sizes: Vec<(u32, usize)> = up_to(sketch, self.highest).collect();
        let mut like = Vec::new();
        for at in shared.some.drain(..) {
            let at = at as usize;
            let [ours, theirs] = std::mem::take(&mut shared.counts[at]).map(usize::from);
            let other = &self.sketches[at];
            let level = sketch.level().max(other.level());
            let our_size = sizes.iter().find(|(ours, _)| *ours == level).map(|(_, size)| *size);
            let their_size = self.sizes[at].get((level - other.level()) as usize).copied();
            // Too few to be compared at that level.
            let (Some(our_size), Some(their_size)) = (our_size, their_size) else { continue };
            let enough = if our_size <= their_size { ours >= sought(our_size) } else { theirs >= sought(their_size) };
            if enough && other.resembles(sketch) {
                like.push(at);
            }
        }
        like.sort_unstable();
        like
    }

    /// The places, ascending, of the shingles of a sketch that fewest hold: at each level up to `highest` at which it can be
    /// compared so many that what is like it, and no smaller, holds [`sought`] of them.
    fn rare(held: &[&[Holder]], sketch: &Sketch, highest: u32) -> Vec<usize> {
        let mut rare = Vec::new();
        for (level, size) in up_to(sketch, highest) {
            let kept = (0..held.len()).filter(|at| is_multiple(sketch.shingles()[*at], level));
            let mut by_holders: Vec<(usize, usize)> = kept.map(|at| (held[at].len(), at)).collect();
            let count = size - needed(size) + sought(size);
            if count < by_holders.len() {
                by_holders.select_nth_unstable(count);
                by_holders.truncate(count);
            }
            rare.extend(by_holders.into_iter().map(|(_, at)| at));
        }
        rare.sort_unstable();
        rare.dedup();
        rare
    }

    /// Who holds each shingle of a sketch.
    fn held_by(&self, sketch: &Sketch) -> Vec<&[Holder]> {
        sketch.shingles().iter().map(|shingle| self.held(*shingle)).collect()
    }

    /// Who holds a shingle.
    fn held(&self, shingle: u64) -> &[Holder] {
        let bits = (shingle >> self.shift) as usize;
        let (from, to) = (self.starts[bits] as usize, self.starts[bits + 1] as usize);
        match self.shingles[from..to].binary_search(&shingle) {
            Ok(at) => &self.holders[self.held[from + at] as usize..self.held[from + at + 1] as usize],
            Err(_) => &[],
        }
    }
}

impl Shared {
    fn add(&mut self, holder: &Holder, whose: usize) {
        let counts = &mut self.counts[holder.sketch as usize];
        if *counts == [0; 2] {
            self.some.push(holder.sketch);
        }
        counts[whose] += 1;
    }
}

/// The levels at which a sketch can be compared with others of no higher level than `highest`.
fn up_to(sketch: &Sketch, highest: u32) -> impl Iterator<Item = (u32, usize)> {
    let highest = highest.max(sketch.level());
    sketch.levels().take_while(move |(level, _)| *level <= highest)
}

/// How many rare shingles the smaller of two must share with the other to be compared in full.
fn sought(size: usize) -> usize {
    (size / 10).max(1)
}
