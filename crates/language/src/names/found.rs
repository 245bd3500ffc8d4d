//! The names of one text, by the token with which each begins.

use std::ops::Range;

use super::Name;

/// Stands for no name.
const NONE: u32 = 0;

/// The names of one text, by first token: most tokens begin none, so each costs but a number.
#[derive(Debug)]
pub(crate) struct Found {
    /// By token, one more than the index of its name, or [`NONE`].
    by_token: Vec<u32>,
    names: Vec<Name>,
}

impl Found {
    /// No name yet in a text of so many tokens.
    pub(crate) fn new(tokens: usize) -> Self {
        Found { by_token: vec![NONE; tokens], names: Vec::new() }
    }

    /// The name that begins at a token; none past the end.
    pub(crate) fn get(&self, token: usize) -> Option<&Name> {
        let at = self.by_token.get(token)?.checked_sub(1)?;
        self.names.get(at as usize)
    }

    /// Whether a name begins at a token.
    pub(crate) fn has(&self, token: usize) -> bool {
        self.by_token.get(token).is_some_and(|at| *at != NONE)
    }

    /// A name begins at its first token, whatever began there before.
    pub(crate) fn set(&mut self, name: Name) {
        let token = name.tokens.start;
        match self.by_token[token].checked_sub(1) {
            Some(at) => self.names[at as usize] = name,
            None => {
                self.names.push(name);
                self.by_token[token] = self.names.len() as u32;
            }
        }
    }

    /// No name begins at these tokens.
    pub(crate) fn clear(&mut self, tokens: Range<usize>) {
        self.by_token[tokens].fill(NONE);
    }

    /// The names in the order in which they were found, for as long as none is cleared.
    pub(crate) fn names_mut(&mut self) -> &mut [Name] {
        &mut self.names
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::Meanings;

    #[test]
    fn a_name_is_set_replaced_and_cleared() {
        let name = |tokens: Range<usize>| Name { tokens, known: Meanings::new() };
        let mut found = Found::new(4);
        found.set(name(1..2));
        found.set(name(1..3));
        found.set(name(3..4));
        assert_eq!(found.get(1).map(|n| n.tokens.end), Some(3));
        assert!(found.has(3) && !found.has(0) && !found.has(4));
        found.clear(3..4);
        assert!(found.get(3).is_none());
        found.set(name(3..4));
        assert!(found.has(3));
    }
}
