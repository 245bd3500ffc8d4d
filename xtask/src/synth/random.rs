//! Numbers as if drawn by lot, and the same for the same seed on any machine: no logarithm and no power, which differ in
//! their last bit from one C library to the next.

/// The generator splitmix64 (Steele, Lea and Flood 2014).
#[derive(Debug)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to, not including, 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Whether something happens that happens with this probability.
    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// From 0 up to, not including, `n`; 0 where `n` is 0.
    pub(super) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// From `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(usize::try_from(high - low + 1).unwrap_or(0)) as i64
    }

    /// From `low` up to, not including, `high`.
    pub(super) fn within(&mut self, low: f64, high: f64) -> f64 {
        low + self.share() * (high - low)
    }

    /// From `low` to `high`, the small ones far more often: of what is drawn, half as many are twice as large.
    pub(super) fn heavy(&mut self, low: usize, high: usize) -> usize {
        let (least, most) = (low as f64, high as f64 + 1.0);
        let drawn = least / (1.0 - self.share() * (1.0 - least / most));
        (drawn as usize).clamp(low, high.max(low))
    }

    /// One of a list that is not empty.
    pub(super) fn pick<'t, T>(&mut self, list: &'t [T]) -> &'t T {
        &list[self.below(list.len())]
    }

    /// The place of one of some weights, the heavier ones more often.
    pub(super) fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.within(0.0, weights.iter().sum());
        for (at, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return at;
            }
        }
        weights.len().saturating_sub(1)
    }

    /// Puts a list into another order.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_numbers_of_a_seed_are_those_of_the_reference() {
        let mut random = Random::new(1_234_567);
        assert_eq!([random.next(), random.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }

    #[test]
    fn what_is_drawn_stays_within_its_bounds() {
        let mut random = Random::new(5);
        for _ in 0..2000 {
            assert!((3..=400).contains(&random.heavy(3, 400)));
            assert!((-2..=2).contains(&random.between(-2, 2)));
            assert!(random.below(7) < 7);
            assert!(random.weighted(&[0.0, 1.0, 2.0]) > 0);
        }
        let large = (0..2000).filter(|_| random.heavy(3, 400) > 100).count();
        assert!((10..200).contains(&large), "{large} of 2000 are large");
    }
}
