//! The verbs and nouns that could carry a claim and carry none.

use recoup_language::lexicon::{Class, Frame, Role};
use recoup_language::{Chunk, FigureKind, Mood, VerbGroup};

use super::{Annotator, Reason, What, uses};

impl Annotator<'_, '_> {
    /// The triggers of a sentence that made no claim.
    pub(super) fn triggers(&mut self, index: usize) {
        let article = self.article;
        for (k, chunk) in article.sentences[index].chunks.iter().enumerate() {
            if self.of_sentence(index).any(|t| self.is_kept(t) && uses(&t.candidate, k)) {
                continue;
            }
            match chunk {
                Chunk::Verb(verb) => {
                    let entry = article.lexicon.verb(verb.verb);
                    // Auxiliaries are everywhere, and say something of next to nothing.
                    if entry.frames.is_empty() || entry.helper.is_some() {
                        continue;
                    }
                    let reason = self.tried(index, k).unwrap_or_else(|| self.why_no_verb(index, k, verb));
                    self.add(&verb.tokens, What::Verb, reason);
                }
                Chunk::Noun(group) => {
                    let Some(class) = group.class.filter(|c| article.lexicon.noun_class(*c).indicator.is_some()) else {
                        continue;
                    };
                    let counted = group.figure.as_ref().is_some_and(|f| f.kind == FigureKind::Count);
                    let class = article.lexicon.noun_class(class);
                    let reason = self.tried(index, k).unwrap_or_else(|| match &class.argument {
                        Some(argument) => {
                            let also = class.also.iter().map(|(_, argument)| argument);
                            self.why_no_action(index, k, std::iter::once(argument).chain(also))
                        }
                        None if counted => Reason::NoRule,
                        None => Reason::Presupposed,
                    });
                    self.add(&group.head, What::Noun, reason);
                }
                _ => {}
            }
        }
    }

    /// What became of the candidate that a chunk is in, or that it stands in what states nothing.
    fn tried(&self, index: usize, k: usize) -> Option<Reason> {
        let traced = self.of_sentence(index).find(|t| uses(&t.candidate, k)).map(|t| self.fate(t));
        traced.or_else(|| self.unstated(index, k))
    }

    fn why_no_verb(&self, index: usize, k: usize, verb: &VerbGroup) -> Reason {
        let roles = self.roles(index);
        let chunks = &self.article.sentences[index].chunks;
        let frames = &self.article.lexicon.verb(verb.verb).frames;
        let governs = |frame: &Frame| {
            let behind = || chunks[k + 1..].iter().take(3).filter_map(Chunk::noun);
            frame.object.as_ref().is_none_or(|object| behind().any(|g| roles.in_group(g, object)))
        };
        let themes: Vec<_> =
            frames.iter().filter(|frame| governs(frame)).flat_map(|frame| roles.themes(k, verb, frame)).collect();
        if themes.is_empty() {
            let mut classes: Vec<String> = Vec::new();
            for class in frames.iter().flat_map(|frame| &frame.classes) {
                if !classes.iter().any(|known| **known == **class) {
                    classes.push(class.to_string());
                }
            }
            return Reason::NoArgument { classes };
        }
        let claimed = |at: usize| self.of_sentence(index).any(|t| self.is_kept(t) && uses(&t.candidate, at));
        if themes.iter().any(|theme| claimed(theme.at)) {
            return Reason::SaidByAnother;
        }
        if themes.iter().any(|theme| theme.figure(chunks).is_some_and(|f| f.kind != FigureKind::One)) {
            return Reason::NoRule;
        }
        match verb.mood {
            Mood::Indicative | Mood::Conditional => Reason::Presupposed,
            Mood::Infinitive | Mood::Participle | Mood::Gerund => Reason::Ungoverned,
        }
    }

    /// Why a noun of action says nothing.
    fn why_no_action<'n>(&self, index: usize, k: usize, arguments: impl Iterator<Item = &'n Box<str>>) -> Reason {
        let roles = self.roles(index);
        let of = self.article.sentences[index].chunks.get(k + 1).is_some_and(|c| c.is(Class::Of));
        let classes: Vec<Box<str>> = arguments.cloned().collect();
        let named = classes.iter().map(ToString::to_string).collect();
        let frame = Frame { indicator: "".into(), role: Role::Of, classes, object: None, agent: false, negated: false };
        match roles.theme(k + 2, &frame).filter(|_| of) {
            Some(_) => Reason::Presupposed,
            None => Reason::NoArgument { classes: named },
        }
    }
}
