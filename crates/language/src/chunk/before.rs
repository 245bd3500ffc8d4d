//! What stands before a noun and belongs to it: whose it is, its type, its people, its number.

use super::Chunker;
use crate::TokenKind;
use crate::lexicon::Class;

impl Chunker<'_> {
    /// The end of a name that stands before its noun: 'thirty North Korean troops', 'Ukraine's army'. `None` where
    /// none does.
    pub(super) fn premodifier(&self, i: usize, end: usize) -> Option<usize> {
        let name = self.name(i)?;
        let possessive = self.tokens.lower(name.tokens.end) == "s" && !self.tokens.spaced(name.tokens.end);
        let after = name.tokens.end + usize::from(possessive);
        // 'The Houthi-run Al Masirah television'.
        let tied =
            self.tokens.hyphen(after) && self.tokens.kind(after) == TokenKind::Word && !self.tokens.capital(after);
        if tied && after + 1 < end && (self.tokens.capital(after + 1) || self.is_head(after + 1)) {
            return Some(after + 1);
        }
        // 'The Houthis claim to have …'.
        let claims = self.lexicon.is_verb(self.tokens, after)
            && self.classes(after + 1).any(&[Class::InfinitiveMark, Class::Subordinator]);
        if claims && !possessive {
            return None;
        }
        // 'RSF fighters', 'M23 rebels': the name of a group directly before its people.
        // 'Haitian police officers': the name of a body before its people.
        let people = || {
            let class = self.lexicon.nouns.longest(self.tokens, after).map(|(_, class)| class);
            class.is_some_and(|class| self.lexicon.in_group(class, "people"))
        };
        let of_body = name.actor().is_some() || name.source().is_some() && !self.lexicon.adjectives_follow && people();
        let compound = of_body && self.is_noun(after) && !self.lexicon.is_verb(self.tokens, after);
        let qualifies = possessive || compound || name.demonym().is_some() || name.west().is_some();
        // A modifier or two may stand between: 'South Korea's main spy agency'.
        let noun = (after..(after + 3).min(end)).find(|k| self.is_noun(*k) || self.name(*k).is_some());
        let open = noun.is_some_and(|k| (after..k).all(|m| self.is_unknown(m)));
        (qualifies && name.tokens.end < end && open).then_some(after)
    }

    /// The end of a type before its noun: 'T-72B3 tanks', 'MQ-9 drones'.
    pub(super) fn code(&self, i: usize) -> Option<usize> {
        let tokens = self.tokens;
        let letters = tokens.kind(i) == TokenKind::Word && tokens.capital(i) && tokens.raw(i).chars().count() <= 4;
        let tied = |k: usize| tokens.hyphen(k) && tokens.raw(k).chars().any(|c| c.is_ascii_digit());
        let end = i + 1 + (i + 1..tokens.len().min(i + 3)).take_while(|k| tied(*k)).count();
        let plural = |k: usize| tokens.raw(k - 1).ends_with('s');
        (letters && end > i + 1 && !plural(end) && self.is_noun(end) && !tokens.capital(end)).then_some(end)
    }

    /// The end of the name of a people that no pack knows, before those of it who are counted: '16 Dawsahak herders'.
    pub(super) fn people(&self, i: usize) -> Option<usize> {
        let tokens = self.tokens;
        let known = self.lexicon.adjectives_follow || self.name(i).is_some() || self.is_noun(i);
        let word = tokens.kind(i) == TokenKind::Word && tokens.capital(i) && self.classes(i) == Default::default();
        let class = self.lexicon.nouns.longest(tokens, i + 1).map(|(_, class)| class);
        let people = class.is_some_and(|class| self.lexicon.in_group(class, "people"));
        (word && !known && people && !tokens.capital(i + 1) && tokens.spaced(i + 1)).then_some(i + 1)
    }

    /// The end of a compound that begins with a number: '13-year-old', 'five-member' where the figure is none.
    pub(super) fn numbered(&self, i: usize) -> Option<usize> {
        let tied = |k: usize| self.tokens.hyphen(k) && self.tokens.kind(k) == TokenKind::Word;
        let end = i + 1 + (i + 1..self.tokens.len().min(i + 4)).take_while(|k| tied(*k)).count();
        let number = self.tokens.kind(i) == TokenKind::Number || self.has(i, Class::NumberWord);
        (number && end > i + 1).then_some(end)
    }
}
