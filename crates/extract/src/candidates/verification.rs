//! That something could not be verified.

use super::*;
use recoup_model::SourceKind;

use crate::clause::is_strong;

/// How far behind a noun of checking an adjective that says how hard it is may stand, in chunks.
const HARD_WITHIN: usize = 8;

impl<'s> Finder<'_, 's, '_> {
    /// 'n'a pu être vérifié de manière indépendante', 'impossible de vérifier'.
    pub(super) fn verification(&mut self) {
        self.unverifiable();
        self.no_confirmation();
        for (k, _, verb) in self.verbs_of() {
            let entry = self.roles.article.lexicon.verb(verb.verb);
            let evidence = entry.confirms && self.evidence_cannot(k, verb);
            let checks = evidence
                || entry.speech == Some(Speech::Verify)
                || matches!(entry.speech, Some(Speech::Say)) && (self.independently(k) || self.outlet_cannot(k));
            if !checks {
                continue;
            }
            let denied = verb.negated
                && (verb.modality == Some(Modality::Possible)
                    || verb.perfect && entry.speech == Some(Speech::Verify)
                    || verb.voice == Voice::Passive
                    || self.independently(k));
            // 'impossible de vérifier', 'aucun de ces bilans n'a été vérifié'.
            let before = &self.chunks()[..k];
            let governor = before.iter().rev().take(4).find_map(Chunk::verb).is_some_and(|v| v.negated);
            let impossible = self.outlet_cannot(k)
                || governor && verb.mood == Mood::Infinitive
                || before.iter().rev().take(3).any(|c| c.is(Class::Negation));
            // 'sans que ce chiffre ait pu être vérifié'.
            let without = verb.able && before.iter().rev().take(5).any(|c| c.is(Class::Without));
            let unable = denied || impossible || without || self.none_of(k) || self.is_yet_to_be(k);
            let active = verb.negated && (verb.modality == Some(Modality::Possible) || verb.perfect);
            let of_something =
                active || verb.voice == Voice::Passive || self.independently(k) || verb.mood == Mood::Infinitive;
            if evidence || unable && of_something {
                let of_outlet = verb.voice == Voice::Passive || self.none_of(k);
                self.push(Candidate { verb: Some(k), ..self.unverified(k, of_outlet) });
            }
        }
    }

    /// That the chunk at `k` says that nothing could be verified.
    fn unverified(&self, k: usize, of_outlet: bool) -> Candidate {
        let said_at = self.chunks()[k].tokens().start;
        Candidate {
            of_outlet,
            stance: Some(Stance::Asserted),
            ..Candidate::about(k, said_at, VERIFICATION, format!("{}/verification", self.language()))
        }
    }

    /// 'un chiffre impossible à vérifier', 'the claim is unverifiable'.
    fn unverifiable(&mut self) {
        let chunks = self.chunks();
        if !self.outline.classes.has(Class::Unverifiable) {
            return;
        }
        for (k, _) in chunks.iter().enumerate().filter(|(_, c)| c.is(Class::Unverifiable)) {
            self.push(self.unverified(k, true));
        }
    }

    /// 'There was no independent confirmation', 'aucun décompte indépendant n'est disponible'.
    fn no_confirmation(&mut self) {
        let chunks = self.chunks();
        for (k, _, group, _) in self.nouns_of() {
            let none = group.figure.as_ref().is_some_and(|f| f.kind == FigureKind::Zero);
            let checking = self.class_name(group) == Some("verification");
            // 'Independent verification of the reports is difficult'.
            let hard =
                || chunks[k + 1..].iter().take(HARD_WITHIN).any(|c| c.is(Class::Unverifiable) || c.is(Class::Hard));
            if checking && (none && !self.denied(k) || hard()) {
                self.push(self.unverified(k, true));
            }
        }
    }

    /// 'reste à vérifier', 'has yet to be corroborated'.
    fn is_yet_to_be(&self, k: usize) -> bool {
        let chunks = self.chunks();
        let infinitive = chunks[k].verb().is_some_and(|v| v.mood == Mood::Infinitive);
        let Some(at) = (k.saturating_sub(3)..k).rev().find(|i| chunks[*i].verb().is_some()).filter(|_| infinitive)
        else {
            return false;
        };
        let remains =
            chunks[at].verb().is_some_and(|v| self.roles.article.lexicon.verb(v.verb).speech == Some(Speech::Remain));
        remains || (at..k).any(|i| chunks[i].tokens().any(|t| self.roles.article.chunker.has(t, Class::Yet)))
    }

    /// 'nous n'avons pas pu le confirmer', 'this newspaper could not confirm': an outlet that speaks of itself.
    fn outlet_cannot(&self, k: usize) -> bool {
        let chunks = self.chunks();
        let verb = |i: usize| chunks[i].verb();
        let infinitive = verb(k).is_some_and(|v| v.mood == Mood::Infinitive);
        let at = if infinitive { (k.saturating_sub(3)..k).rev().find(|i| verb(*i).is_some()) } else { Some(k) };
        let Some(at) = at.filter(|at| *at > 0) else { return false };
        // 'n'a pas pu le confirmer'.
        let cannot =
            verb(at).is_some_and(|v| v.negated && (v.modality == Some(Modality::Possible) || v.perfect || infinitive));
        // 'Partners have not been able to confirm this': whoever is no party to the war.
        let bystander = chunks[at - 1].noun().is_some_and(|g| {
            let role = match g.role {
                Some(NounRole::Speaker(role)) => self.roles.article.lexicon.role(role),
                _ => "",
            };
            g.names.is_empty() && matches!(role, "partners" | "journalists" | "aid workers" | "observers" | "media")
        });
        cannot && (bystander || self.is_outlet(at - 1))
    }

    /// 'aucune source indépendante n'a pu la confirmer', 'n'a pu être établi', 'ne permettent pas de confirmer': nobody
    /// and nothing shows what the verb at `k` would.
    fn evidence_cannot(&self, k: usize, verb: &VerbGroup) -> bool {
        let chunks = self.chunks();
        let lexicon = self.roles.article.lexicon;
        let passive = verb.voice == Voice::Passive && verb.negated && verb.able;
        // 'aucune source n'a confirmé': the zero is the second word of the negation, and in English the only one.
        let particle = self.roles.article.chunker.has(verb.tokens.start, Class::NegationParticle);
        let negates = particle || !lexicon.negates_twice();
        let none = negates && self.none_of(k) && (verb.able || self.has_impartial_subject(k));
        let infinitive = verb.mood == Mood::Infinitive;
        let governor = (k.saturating_sub(3)..k).rev().find(|i| chunks[*i].verb().is_some()).filter(|_| infinitive);
        let allows =
            governor.and_then(|at| chunks[at].verb()).is_some_and(|v| v.negated && lexicon.verb(v.verb).through);
        // 'is not in a position to confirm either figure', 'aucun expert indépendant n'est en mesure de confirmer'.
        let unable = infinitive
            && (chunks[k.saturating_sub(3)..k].iter().any(|c| c.is(Class::Negation))
                || self.none_of(k) && self.has_impartial_subject(governor.unwrap_or(k)));
        passive || none || allows || unable
    }

    /// Whether an adjective says that the subject of the verb at `k` takes no side.
    fn has_impartial_subject(&self, k: usize) -> bool {
        let subject = self.chunks()[..k].iter().rev().take_while(|c| !is_finite(c) && !c.is_mark(','));
        let mut tokens = subject.flat_map(|c| c.tokens());
        tokens.any(|t| self.roles.article.chunker.has(t, Class::Impartial))
    }

    /// Whether a chunk names the outlet as it speaks of itself, or an agency or paper.
    fn is_outlet(&self, at: usize) -> bool {
        let article = self.roles.article;
        let named = |g: &NounGroup| {
            let source = g.names.iter().find_map(recoup_language::Name::source);
            let kind = source.and_then(|s| article.theatre().sources[s as usize].kind);
            matches!(kind, Some(SourceKind::Agency | SourceKind::Media))
        };
        article.chunker.has(self.chunks()[at].tokens().start, Class::Outlet)
            || self.chunks()[at].noun().is_some_and(named)
    }

    pub(super) fn independently(&self, k: usize) -> bool {
        let inside = |t: usize| self.roles.article.chunker.has(t, Class::Independent);
        self.chunks()[k].tokens().any(inside)
            || self.chunks()[k + 1..].iter().take(3).any(|c| c.is(Class::Independent))
            || k.checked_sub(1).is_some_and(|p| self.chunks()[p].is(Class::Independent))
    }

    /// 'aucun de ces bilans n'a été vérifié': a zero is the subject of the verb.
    pub(super) fn none_of(&self, k: usize) -> bool {
        // 'no outside observer has been able to check': the governor has the subject.
        let infinitive = self.chunks()[k].verb().is_some_and(|v| v.mood == Mood::Infinitive);
        let governor = self.chunks()[..k].iter().rposition(is_finite).filter(|g| infinitive && k - g <= 4);
        // 'Nous n'avons aucun moyen de corroborer'.
        let zero = |c: &Chunk| c.noun().and_then(|g| g.figure.as_ref()).is_some_and(|f| f.kind == FigureKind::Zero);
        if governor.is_some_and(|g| self.chunks()[g..k].iter().any(zero)) {
            return true;
        }
        let upto = governor.unwrap_or(k);
        let subject =
            self.chunks()[..upto].iter().rev().take_while(|c| !is_finite(c) && !is_strong(c) && !c.is_mark(','));
        let mut figures = subject.filter_map(|c| c.noun().and_then(|g| g.figure.as_ref()));
        figures.any(|f| f.kind == FigureKind::Zero)
    }
}
