//! The dead and the wounded under one figure: *tués ou blessés*, *22 killed and wounded*.

use super::*;

const KILLED: &str = "casualties.killed";
const WOUNDED: &str = "casualties.wounded";
const BOTH: &str = "casualties.killed_or_wounded";

/// The harm that goes with one of the two.
fn other(indicator: &str) -> Option<&'static str> {
    match indicator {
        KILLED => Some(WOUNDED),
        WOUNDED => Some(KILLED),
        _ => None,
    }
}

impl Finder<'_, '_, '_> {
    /// 'tués ou blessés', 'blessés et tués': what the verb at `k` says with one that is linked to it, and where that is if
    /// it stands behind.
    pub(super) fn both(&self, k: usize, frame: &Frame) -> (String, Option<usize>) {
        let chunks = self.chunks();
        if self.has_other(k + 1, &frame.indicator) {
            return (BOTH.to_owned(), Some(k + 2));
        }
        let before = k >= 2
            && self.links_harm(k - 1)
            && chunks[k - 2].verb().is_some()
            && self.harm(k - 2).is_some_and(|harm| other(&frame.indicator) == Some(harm));
        (if before { BOTH.to_owned() } else { frame.indicator.to_string() }, None)
    }

    /// 'left over 100 people dead or injured', 'lost 1,150 men killed or wounded': what words behind a theme make of it.
    pub(super) fn dead_or_injured(&self, theme: &Theme, indicator: String) -> String {
        let chunks = self.chunks();
        let own = theme.group(chunks).and_then(|g| g.class);
        let own = own.and_then(|class| self.roles.article.lexicon.noun_class(class).indicator.as_deref());
        let listed = self.harm(theme.at + 1).is_some_and(|harm| self.has_other(theme.at + 2, harm));
        let both = own.is_some_and(|harm| self.has_other(theme.at + 1, harm))
            || listed && indicator.starts_with("casualties.");
        if both && theme.figure(chunks).is_some() { BOTH.to_owned() } else { indicator }
    }

    /// Whether a link stands at the chunk `at`, and behind it the harm that goes with another.
    pub(super) fn has_other(&self, at: usize, indicator: &str) -> bool {
        // 'sept tués et n'admettent aucun blessé': a verb of its own.
        let verb = self.chunks().get(at + 1).and_then(Chunk::verb);
        let own = verb.is_some_and(|v| v.head > v.tokens.start && v.mood != Mood::Participle);
        other(indicator).is_some_and(|other| self.links_harm(at) && !own && self.harm(at + 1) == Some(other))
    }

    fn links_harm(&self, at: usize) -> bool {
        self.chunks().get(at).is_some_and(|c| c.is(Class::And) || c.is(Class::Or))
    }

    /// The harm that a chunk names, with no number or determiner of its own: 'killed' as a participle or as a noun.
    fn harm(&self, at: usize) -> Option<&'static str> {
        let chunk = self.chunks().get(at)?;
        if let Some(verb) = chunk.verb() {
            return [KILLED, WOUNDED].into_iter().find(|harm| self.says_of_itself(verb, harm));
        }
        let group = chunk.noun().filter(|g| g.count().is_none() && g.determiner.is_none())?;
        let indicator = self.roles.article.lexicon.noun_class(group.class?).indicator.as_deref()?;
        [KILLED, WOUNDED].into_iter().find(|harm| *harm == indicator)
    }

    /// Whether a verb says this of whoever it is said of, with no noun besides: not 'were injured and taken to hospital'.
    pub(super) fn says_of_itself(&self, verb: &VerbGroup, indicator: &str) -> bool {
        let frames = &self.roles.article.lexicon.verb(verb.verb).frames;
        frames.iter().any(|f| *f.indicator == *indicator && f.object.is_none())
    }
}
