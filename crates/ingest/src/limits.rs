//! How much a container may hold.

/// Limits on what is unpacked: articles come from strangers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one article, and of a container inside another one.
    pub article: u64,
    /// Articles of one container.
    pub articles: usize,
    /// How many times its packed size something may have, once it is larger than a mebibyte.
    pub expansion: u64,
    /// Containers inside containers.
    pub nesting: usize,
    /// Elements inside elements of a feed.
    pub elements: usize,
    /// How many mistakes of one container are told one by one.
    pub told: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { article: 64 << 20, articles: 1_000_000, expansion: 250, nesting: 3, elements: 256, told: 100 }
    }
}
