//! The figures of a text that are in no claim.

use std::ops::Range;

use recoup_language::lexicon::Class;
use recoup_language::{Chunk, Figure, FigureKind, NounGroup};

use super::{Annotator, Reason, What};
use crate::roles::Roles;

impl Annotator<'_, '_> {
    /// Every figure of the text, sentence by sentence, and of what is not read between them.
    pub(super) fn figures_of_text(&mut self) {
        let article = self.article;
        let tokens = article.chunker.tokens;
        let read = article.sentences.iter().enumerate().map(|(i, s)| (s.tokens.clone(), Ok(i)));
        let blocks = article.document.blocks.iter().filter(|b| !b.carries_claims());
        let unread = blocks.map(|b| (tokens.within(b.span), Err(Reason::unread(b))));
        let mut regions: Vec<(Range<usize>, Result<usize, Reason>)> = read.chain(unread).collect();
        regions.sort_by_key(|(range, _)| range.start);
        let between = || Reason::Unread { block: "between the blocks".to_owned() };
        let mut at = 0;
        for (range, region) in regions {
            self.unread(at..range.start, &between());
            match region {
                Ok(index) => self.figures_of_sentence(index),
                Err(reason) => self.unread(range.clone(), &reason),
            }
            at = at.max(range.end);
        }
        self.unread(at..tokens.len(), &between());
    }

    fn unread(&mut self, range: Range<usize>, reason: &Reason) {
        for numeral in self.figures.numerals(range) {
            self.add(&numeral.tokens, What::Figure, reason.clone());
        }
    }

    fn figures_of_sentence(&mut self, index: usize) {
        let sentence = &self.article.sentences[index];
        let mut at = sentence.tokens.start;
        for (k, chunk) in sentence.chunks.iter().enumerate() {
            match chunk {
                Chunk::Noun(group) => {
                    let Some(figure) = group.figure.as_ref() else { continue };
                    let counted = self.counted.contains(&self.span(&figure.tokens));
                    if !(counted || self.is_figure(group, figure)) {
                        continue;
                    }
                    self.loose(index, at..figure.tokens.start);
                    at = figure.tokens.end;
                    if !counted {
                        let reason = self.why_not_counted(index, k, figure);
                        self.add(&figure.tokens, What::Figure, reason);
                    }
                }
                Chunk::When(_, tokens) => {
                    self.loose(index, at..tokens.start);
                    at = tokens.end;
                    if !self.figures.numerals(tokens.clone()).is_empty() {
                        self.add(tokens, What::Figure, Reason::Time);
                    }
                }
                _ => {}
            }
        }
        self.loose(index, at..sentence.tokens.end);
    }

    /// An article is no figure, and 'aucun' is one of what can be counted.
    fn is_figure(&self, group: &NounGroup, figure: &Figure) -> bool {
        match figure.kind {
            FigureKind::Count => true,
            FigureKind::Zero => group.class.is_some(),
            FigureKind::One => false,
        }
    }

    /// Numerals that no noun group has taken up.
    fn loose(&mut self, index: usize, range: Range<usize>) {
        let chunks = &self.article.sentences[index].chunks;
        for numeral in self.figures.numerals(range) {
            let inside = |tokens: &Range<usize>| tokens.contains(&numeral.tokens.start);
            let named = chunks
                .iter()
                .filter_map(Chunk::noun)
                .any(|g| g.names.iter().any(|name| inside(&name.tokens)) || g.proper.as_ref().is_some_and(inside));
            let reason = if named { Reason::Name } else { Reason::of_refusal(self.article, numeral.refusal) };
            self.add(&numeral.tokens, What::Figure, reason);
        }
    }

    /// Why the figure of the noun group at a chunk is in no claim.
    fn why_not_counted(&self, index: usize, k: usize, figure: &Figure) -> Reason {
        let chunks = &self.article.sentences[index].chunks;
        let own = self
            .of_sentence(index)
            .find(|t| t.candidate.figure(self.article, chunks).is_some_and(|counted| counted.tokens == figure.tokens));
        if let Some(traced) = own {
            return self.fate(traced);
        }
        if let Some(reason) = self.unstated(index, k) {
            return reason;
        }
        let Some(counted) = counted_noun(chunks, k) else { return Reason::Bare };
        let roles = self.roles(index);
        let Some(group) = chunks[counted].noun() else { return Reason::Bare };
        let people = group.names.iter().any(|name| name.demonym().is_some());
        let class = match group.class {
            Some(class) => self.article.lexicon.noun_class(class).name.to_string(),
            None if people => "people".to_owned(),
            None => return Reason::NoClass { noun: self.article.words(&group.head).to_owned() },
        };
        match self.taker(&roles, index, k, counted, group) {
            Taker::Nobody => Reason::NotAsked { noun: self.article.words(&group.head).to_owned(), class },
            Taker::Elsewhere(trigger) => Reason::NotInRole { trigger, class },
            Taker::Here => Reason::NoRule,
        }
    }

    /// Which word of the clause takes what a figure counts.
    fn taker(&self, roles: &Roles<'_, '_>, index: usize, k: usize, counted: usize, group: &NounGroup) -> Taker {
        let chunks = &self.article.sentences[index].chunks;
        let lexicon = self.article.lexicon;
        // A noun that carries an indicator by itself asks for nothing.
        if group.class.is_some_and(|c| lexicon.noun_class(c).indicator.is_some()) {
            return Taker::Here;
        }
        let mut elsewhere = None;
        for i in crate::clause::clause_of(&crate::clause::clauses(chunks), k) {
            match &chunks[i] {
                Chunk::Verb(verb) => {
                    let frames = lexicon.verb(verb.verb).frames.iter();
                    for frame in frames.filter(|f| f.classes.iter().any(|class| roles.in_group(group, class))) {
                        let themes = roles.themes(i, verb, frame);
                        if themes.iter().any(|t| t.at == counted || t.counted_by == Some(k)) {
                            return Taker::Here;
                        }
                        elsewhere.get_or_insert_with(|| self.article.words(&verb.tokens).to_owned());
                    }
                }
                Chunk::Noun(noun) => {
                    let Some(class) = noun.class.map(|c| lexicon.noun_class(c)) else { continue };
                    let arguments = class.argument.iter().chain(class.also.iter().map(|(_, argument)| argument));
                    if arguments.into_iter().any(|argument| roles.in_group(group, argument)) {
                        elsewhere.get_or_insert_with(|| self.article.words(&noun.head).to_owned());
                    }
                }
                _ => {}
            }
        }
        elsewhere.map_or(Taker::Nobody, Taker::Elsewhere)
    }
}

/// Which word of a clause takes what a figure counts.
enum Taker {
    Nobody,
    /// A word that takes its class, in another place.
    Elsewhere(String),
    /// One that takes it where it stands.
    Here,
}

/// The chunk of the noun that the figure at a chunk counts: its own, or that behind 'of'.
fn counted_noun(chunks: &[Chunk], k: usize) -> Option<usize> {
    let group = chunks[k].noun()?;
    if !group.is_bare_figure() {
        return Some(k);
    }
    let of = chunks.get(k + 1).is_some_and(|c| c.is(Class::Of));
    chunks.get(k + 2).and_then(Chunk::noun).filter(|g| of && !g.is_bare_figure()).map(|_| k + 2)
}
