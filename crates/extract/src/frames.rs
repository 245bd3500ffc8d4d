//! Frames: what each sentence says, as candidates for claims, and the claims made of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use recoup_language::lexicon::{Class, ClassId};
use recoup_language::{Attribution, Chunk, Figure, FigureKind, Mood, Sentence};
use recoup_model::{
    Anchor, BlockKind, Claim, Evidence, PlaceRef, Quantity, SourceRef, Span, Stance, Time, VERIFICATION,
};

use crate::article::Article;
use crate::candidates::{Candidate, Whole, candidates};
use crate::clause::{clause_of, clauses, scope};
use crate::discourse::Discourse;
use crate::indicator::{measure, roles};
use crate::places::{Found, places};
use crate::questions::is_question;
use crate::roles::Roles;
use crate::slots::{cue, reported_whens, sources};
use crate::stance::stance;

/// The claims of a document, in the order of its text.
pub(crate) fn claims(article: &Article<'_>) -> Vec<Claim> {
    let (mut claims, repeated) = read(article, None);
    let mut repeated = repeated.into_iter();
    claims.retain(|_| repeated.next() != Some(true));
    claims
}

/// The claims of a document, in the order of its text, and whether each is a heading that the body repeats. What became
/// of every candidate is added to `trace`.
pub(crate) fn read(article: &Article<'_>, trace: Option<&mut Vec<Traced>>) -> (Vec<Claim>, Vec<bool>) {
    let mut reader = Reader {
        article,
        discourse: Discourse::default(),
        claims: Vec::new(),
        last: BTreeMap::new(),
        before: 0,
        made: Vec::new(),
        trace,
    };
    let blocks = article.document.blocks.iter();
    let headings: Vec<Span> = blocks.filter(|b| b.kind == BlockKind::Heading).map(|b| b.span).collect();
    for (index, sentence) in article.sentences.iter().enumerate() {
        reader.sentence(index, sentence);
    }
    let repeated = repeated(&reader.claims, &headings);
    (reader.claims, repeated)
}

/// A heading says in short what the body says; without a figure it is a claim of its own only where the body is silent.
fn repeated(claims: &[Claim], headings: &[Span]) -> Vec<bool> {
    let in_heading = |c: &Claim| {
        let span = c.anchor.span();
        let after = headings.partition_point(|h| h.start() <= span.start());
        after.checked_sub(1).is_some_and(|at| headings[at].contains(span))
    };
    let (headed, body): (Vec<&Claim>, Vec<&Claim>) = claims.iter().partition(|c| in_heading(c));
    if headed.is_empty() {
        return vec![false; claims.len()];
    }
    fn key(claim: &Claim) -> (&str, Option<&str>) {
        (&claim.indicator, claim.subject.as_deref())
    }
    let said: BTreeSet<_> = body.into_iter().map(key).collect();
    claims.iter().map(|c| c.quantity.is_none() && in_heading(c) && said.contains(&key(c))).collect()
}

/// What became of a candidate.
pub(crate) struct Traced {
    /// The sentence.
    pub(crate) sentence: usize,
    pub(crate) candidate: Candidate,
    /// The claim that it made: index into those of the document.
    pub(crate) claim: Option<usize>,
}

/// Reads the claims of one document, sentence by sentence.
pub(crate) struct Reader<'s, 'a> {
    pub(crate) article: &'s Article<'a>,
    pub(crate) discourse: Discourse,
    pub(crate) claims: Vec<Claim>,
    /// By indicator, the claims that were made last.
    pub(crate) last: BTreeMap<String, Last>,
    /// How many claims there were before the sentence in hand.
    before: usize,
    /// The claims of the sentence in hand: the chunk that each counts, and its index.
    made: Vec<(usize, usize)>,
    /// What became of every candidate, for those who ask.
    trace: Option<&'s mut Vec<Traced>>,
}

/// The last claims of an indicator, as indices.
pub(crate) struct Last {
    pub(crate) any: usize,
    /// The last with a figure.
    pub(crate) counted: Option<usize>,
}

/// A claim's slots on their way.
pub(crate) struct Draft<'c> {
    pub(crate) candidate: &'c Candidate,
    pub(crate) clause: Range<usize>,
    /// The clause before it in the sentence.
    pub(crate) previous: Option<Range<usize>>,
    pub(crate) class: Option<ClassId>,
    figure: Option<Figure>,
    pub(crate) evidence: BTreeMap<String, Evidence>,
    pub(crate) inherited: Vec<String>,
}

impl Draft<'_> {
    /// Whether it says that there was nobody: 'aucun blessé', 'sans faire de victimes'.
    pub(crate) fn is_of_nobody(&self) -> bool {
        let zero = self.figure.as_ref().is_some_and(|f| f.kind == FigureKind::Zero);
        zero || self.candidate.stance == Some(Stance::Denied)
    }

    /// Notes that a slot is not read from the claim's own words.
    pub(crate) fn inherits(&mut self, slot: &str) {
        if self.inherited.iter().all(|named| named != slot) {
            self.inherited.push(slot.to_owned());
        }
    }
}

impl<'s> Reader<'s, '_> {
    fn sentence(&mut self, index: usize, sentence: &Sentence) {
        let clauses = clauses(&sentence.chunks);
        let reported = reported_whens(self.article, index, sentence);
        self.made.clear();
        self.before = self.claims.len();
        let mut counted = false;
        let roles = Roles { article: self.article, sentence, counted: self.discourse.class };
        let found = candidates(&roles, index, &self.discourse);
        let apart: Vec<usize> = found.iter().filter(|c| c.apart).map(|c| c.at).collect();
        for candidate in found {
            let clause = scope(clause_of(&clauses, candidate.at), candidate.at, &apart);
            // A question states nothing.
            if is_question(&sentence.chunks, &clause) || self.asks_how_many(&sentence.chunks, &candidate) {
                // 'Combien de soldats ont péri ? Dix, dit X': the answer goes on with what is asked.
                if self.asks_how_many(&sentence.chunks, &candidate) {
                    self.discourse.counted = Some((candidate.indicator.clone(), sentence.block));
                    self.discourse.class = self.class(sentence, &candidate).or(self.discourse.class);
                    counted = true;
                }
                self.trace(index, &candidate, None);
                continue;
            }
            let class = self.class(sentence, &candidate);
            let figure = candidate.figure(self.article, &sentence.chunks).cloned();
            // 'dépassent au moins 300': the figure's own modifier says more than the verb.
            let figure = figure.map(|f| match candidate.bound.filter(|_| f.low == f.high && !f.approximate) {
                Some(bound) => f.bounded(bound),
                None => f,
            });
            // 'had not lost a single fighter': none.
            let negated = candidate.verb.and_then(|k| sentence.chunks[k].verb()).is_some_and(|v| v.negated);
            let negated = negated && candidate.stance.is_none();
            let figure = figure.map(|f| if negated && f.is_single() { f.none() } else { f });
            let previous = clause.start.checked_sub(1).map(|k| clause_of(&clauses, k));
            let draft = Draft {
                previous,
                candidate: &candidate,
                clause,
                class,
                figure,
                evidence: BTreeMap::new(),
                inherited: Vec::new(),
            };
            let claim = self.claim(index, sentence, &roles, &reported, draft);
            self.trace(index, &candidate, claim.as_ref().map(|_| self.claims.len()));
            if let Some(claim) = claim {
                self.leave(&claim);
                if let Some(theme) = candidate.theme {
                    self.made.push((theme.at, self.claims.len()));
                }
                // A part says nothing of the whole.
                if candidate.part.is_none() {
                    self.discourse.class = class;
                }
                // A bare figure in a later sentence goes on with the first that this one counts.
                if claim.quantity.is_some() && !counted {
                    counted = true;
                    self.discourse.counted = Some((claim.indicator.clone(), sentence.block));
                }
                self.made_last(&claim);
                self.claims.push(claim);
            }
        }
        if let Some(asked) = self.asked(&sentence.chunks) {
            self.discourse.counted = Some((asked, sentence.block));
        } else if !counted && self.asks_a_number(&sentence.chunks) {
            self.discourse.counted = None;
        }
        self.remember(sentence, &roles);
    }

    fn trace(&mut self, sentence: usize, candidate: &Candidate, claim: Option<usize>) {
        if let Some(trace) = &mut self.trace {
            trace.push(Traced { sentence, candidate: candidate.clone(), claim });
        }
    }

    /// The claims of the sentence in hand.
    pub(crate) fn of_sentence(&self) -> &[Claim] {
        &self.claims[self.before..]
    }

    fn class(&self, sentence: &Sentence, candidate: &Candidate) -> Option<ClassId> {
        let group = candidate.theme.as_ref().and_then(|t| t.group(&sentence.chunks));
        candidate.class.or(group.and_then(|g| g.class)).or_else(|| {
            let inherits =
                candidate.part.is_some() || candidate.bare || candidate.theme.as_ref().is_some_and(|t| t.anaphor);
            let people = roles(&candidate.indicator).people;
            let class = self.discourse.class.filter(|_| inherits)?;
            (!people || self.article.lexicon.in_group(class, "people")).then_some(class)
        })
    }

    fn claim(
        &mut self,
        index: usize,
        sentence: &Sentence,
        roles: &Roles<'_, '_>,
        reported: &[usize],
        mut draft: Draft<'_>,
    ) -> Option<Claim> {
        let (article, chunks, candidate) = (self.article, &sentence.chunks, draft.candidate);
        let anchor = self.anchor(chunks, candidate)?;
        let attribution = self.attribution(candidate);
        let verb = candidate.verb.and_then(|k| chunks[k].verb());
        // A part is as sure as its whole.
        let of_whole = match candidate.part {
            Some(Whole::Here(at)) if verb.is_none() => {
                self.made.iter().rfind(|(theme, _)| *theme == at).map(|(_, index)| self.claims[*index].stance)
            }
            _ => None,
        };
        let mut stance = match candidate.stance.or(of_whole) {
            Some(stance) => stance,
            None => stance(article, chunks, &draft.clause, candidate.at, verb, attribution)?,
        };
        let zero = draft.figure.as_ref().is_some_and(|f| f.kind == FigureKind::Zero);
        if zero && stance == Stance::Denied {
            // 'aucun soldat n'a été tué': a zero, asserted.
            stance = Stance::Asserted;
        }
        // A part whose whole makes no claim makes none either.
        let whole = match candidate.part {
            Some(Whole::Here(at)) => {
                Some(self.made.iter().rfind(|(theme, _)| *theme == at).map(|(_, index)| self.claims[*index].clone())?)
            }
            Some(Whole::Before) => {
                let last = self.last.get(candidate.indicator.as_str())?;
                Some(self.claims[last.counted?].clone())
            }
            None => None,
        };
        let refuses = matches!(candidate.stance, Some(Stance::Unconfirmed | Stance::Denied));
        let refusal = candidate.theme.is_none() && refuses;
        let before = (candidate.bare || refusal)
            .then(|| self.last.get(candidate.indicator.as_str()).map(|last| self.claims[last.any].clone()))
            .flatten();
        let quantity = self.quantity(&mut draft);
        let places_found = self.places(index, sentence, &draft, candidate);
        let dated = self.dated(sentence, &draft, stance, reported);
        let said = self.said(index, sentence, reported, attribution);
        let mut time = dated.as_ref().and_then(|d| d.time(article));
        if let Some(dated) = &dated {
            draft.evidence.insert("time".into(), self.evidence(&dated.tokens, article.whens[dated.when].rule));
            if let Some(days) = dated.days() {
                self.discourse.time = Some(days);
            }
        }
        let indicator_roles = crate::indicator::roles(&candidate.indicator);
        if time.is_none() && indicator_roles.state && stance == Stance::Asserted {
            time = said.clone();
            self.said_words(chunks, &mut draft, time.as_ref());
        }
        let (subject, object) = self.parties(sentence, roles, &mut draft, attribution, &places_found);
        let (subject, object) = match &whole {
            Some(whole) if subject.is_none() || draft.inherited.iter().any(|s| s == "subject") => {
                if whole.subject.is_some() {
                    draft.inherits("subject");
                }
                (whole.subject.clone(), whole.object.clone().or(object))
            }
            _ => match &before {
                // 'en reconnaît 71': losses of its own.
                Some(_) if attribution.is_some_and(|a| a.concedes && a.speakers.iter().any(|s| s.actor.is_some())) => {
                    (subject, object)
                }
                Some(before) => {
                    match before.subject {
                        Some(_) => draft.inherits("subject"),
                        // What is not said of the claim that is taken up is not guessed for what takes it up.
                        None => draft.inherited.retain(|slot| slot != "subject"),
                    }
                    (before.subject.clone(), before.object.clone())
                }
                None => (subject, object),
            },
        };
        self.stance_words(chunks, &mut draft, attribution, stance);
        self.source_words(&mut draft, attribution);
        self.place_words(&mut draft, &places_found);
        let (mut sources, mut via) = self.sources(attribution);
        if sources.is_empty() && verb.is_some_and(|v| v.mood == Mood::Conditional) {
            sources = self.carried(index, sentence);
            if !sources.is_empty() {
                draft.inherits("sources");
            }
        }
        let (subject, body) = self.aid_by_a_body(candidate, roles, sentence).unwrap_or((subject, None));
        self.subject_words(roles, &mut draft, attribution, subject.as_deref());
        if sources.is_empty()
            && let Some(body) = body
        {
            sources.push(body);
        }
        let mut place_refs: Vec<PlaceRef> = places_found.into_iter().map(|f| f.place).collect();
        if let Some(whole) = &whole {
            if place_refs.is_empty() && !whole.places.is_empty() {
                place_refs.clone_from(&whole.places);
                draft.inherits("places");
            }
            if time.is_none() && whole.time.is_some() {
                time.clone_from(&whole.time);
                draft.inherits("time");
            }
            if sources.is_empty() && !whole.sources.is_empty() {
                sources.clone_from(&whole.sources);
                draft.inherits("sources");
            }
        }
        // They passed on the whole text: whom it cites itself is further from the reader, and the last relay is the origin
        // where nobody else is.
        let relays = article.relays.iter().filter(|r| sources.iter().chain(&via).all(|s| s.id != r.id));
        via.splice(..0, relays.cloned().collect::<Vec<_>>());
        let measure = quantity.as_ref().and_then(|_| measure(&candidate.indicator, time.as_ref(), candidate, chunks));
        let reported_day = said.as_ref().and_then(Time::end).or_else(|| article.published());
        let civilian =
            draft.class.and_then(|c| article.lexicon.noun_class(c).civilian).filter(|_| indicator_roles.people);
        let claim = Claim {
            id: String::new(),
            doc: article.document.doc.clone(),
            document: article.document.id.clone(),
            anchor,
            indicator: candidate.indicator.clone(),
            subject,
            object,
            quantity,
            places: place_refs,
            time,
            reported: reported_day,
            sources,
            via,
            stance,
            measure,
            civilian: if candidate.indicator == "people.displaced" { Some(true) } else { civilian },
            part_of: whole.map(|w| w.id),
            inherited: draft.inherited,
            rule: candidate.rule.clone(),
            evidence: draft.evidence,
        };
        Some(claim.seal())
    }

    fn anchor(&self, chunks: &[Chunk], candidate: &Candidate) -> Option<Anchor> {
        let tokens = candidate.quote(self.article, chunks);
        Anchor::new(self.article.document, self.article.chunker.tokens.span(&tokens))
    }

    fn attribution(&self, candidate: &Candidate) -> Option<&'s Attribution> {
        if candidate.of_outlet {
            return None;
        }
        // A verb that makes the claim does not attribute it: 'les hôpitaux ont admis 420 blessés, a indiqué X'.
        self.article.attribution(candidate.said_at, candidate.verb_tokens.as_ref())
    }

    fn quantity(&self, draft: &mut Draft<'_>) -> Option<Quantity> {
        let figure = draft.figure.as_ref()?;
        let mut quantity = Quantity::new(figure.low, figure.high, figure.approximate).ok()?;
        quantity.text = Some(self.article.words(&figure.tokens).to_owned());
        quantity.unit = match draft.class.and_then(|c| self.article.lexicon.noun_class(c).unit.clone()) {
            Some(unit) => Some(unit.into()),
            None => roles(&draft.candidate.indicator).people.then(|| "person".to_owned()),
        };
        quantity.item = draft.candidate.item.as_ref().map(|tokens| self.article.words(tokens).to_owned());
        let evidence = self.evidence(&figure.tokens, figure.rule);
        draft.evidence.insert("quantity".into(), evidence);
        Some(quantity)
    }

    fn places(&self, index: usize, sentence: &Sentence, draft: &Draft<'_>, candidate: &Candidate) -> Vec<Found> {
        if candidate.indicator == VERIFICATION {
            return Vec::new();
        }
        // 'a fourni à Moscou des missiles': who gets them is no place.
        let chunks = &sentence.chunks;
        let given = matches!(candidate.indicator.as_str(), "equipment.delivered" | "aid.provided");
        let recipient = |f: &Found| {
            let to = f.at > 0 && chunks[f.at - 1].is(Class::To);
            given && f.capital && to && candidate.verb.is_some_and(|k| f.at == k + 2)
        };
        let named = |range: Range<usize>| {
            let mut found = places(self.article, sentence, range);
            found.retain(|f| !recipient(f) && !self.is_where_one_speaks(index, chunks, f));
            found
        };
        let near = named(draft.clause.clone());
        if !near.is_empty() {
            return near;
        }
        // The sentence, as far as the same source speaks.
        let content = self.attribution(candidate).map(|a| a.content.clone());
        let range = 0..sentence.chunks.len();
        let within = |f: &Found| content.as_ref().is_none_or(|c| c.contains(&f.tokens.start));
        let all = named(range);
        if all.iter().any(within) {
            return all.into_iter().filter(within).collect();
        }
        // 'a pris X, après deux jours de combats qui ont fait 350 morts, selon Y': the rest of the sentence, but for
        // capitals, from where people speak.
        // nor where somebody said so, abroad and before the verb that says it: 'sur la base de Ramstein, X a affirmé'.
        let said =
            self.attribution(candidate).filter(|a| a.verbal && a.content.start >= a.cue.end).map(|a| a.cue.start);
        let abroad =
            |f: &Found| f.country.is_some() && self.article.country.is_some() && f.country != self.article.country;
        let at_saying = |f: &Found| abroad(f) && said.is_some_and(|cue| f.tokens.end <= cue);
        all.into_iter().filter(|f| !f.capital && !at_saying(f)).collect()
    }

    /// Whether a place is of whoever speaks, and not of what is said: 'selon le ministère à Erevan', ', the interior
    /// ministry in Bangkok said', ', army spokesman Pascal N. told reporters in Bujumbura'.
    fn is_where_one_speaks(&self, sentence: usize, chunks: &[Chunk], found: &Found) -> bool {
        let at = found.tokens.start;
        let comma = |from: usize, to: usize| {
            chunks
                .iter()
                .any(|c| matches!(c, Chunk::Mark(t, ',' | ';' | ')' | '»' | '”' | '"') if *t >= from && *t < to))
        };
        self.article.of_sentence(sentence).iter().any(|a| {
            let behind = at >= a.cue.end && !comma(a.cue.end, at);
            let before = at < a.cue.start && !comma(at, a.cue.start);
            if !a.verbal {
                return a.rule == "attribution.according" && behind && comma(at, usize::MAX);
            }
            // 'told the Harbour Courier that …': who is told is no place.
            let cue = chunks.iter().position(|c| c.tokens() == a.cue);
            let tells = cue.and_then(|k| chunks[k].verb()).is_some_and(|v| self.article.lexicon.verb(v.verb).tells);
            let told =
                |k: usize| chunks[k + 1..].iter().take_while(|c| c.noun().is_some()).any(|c| c.tokens().contains(&at));
            if tells && cue.is_some_and(told) {
                return true;
            }
            // 'a confirmé le même jour, à Bruxelles, le déploiement …': an aside behind the verb.
            let aside = |k: usize| {
                let open = k + 1 + chunks[k + 1..].iter().take_while(|c| matches!(c, Chunk::When(..))).count();
                let marks = [open, open + 3].iter().all(|i| chunks.get(*i).is_some_and(|c| c.is_mark(',')));
                marks && chunks.get(open + 2).is_some_and(|c| c.tokens().contains(&at))
            };
            if cue.is_some_and(aside) {
                return true;
            }
            let trails = a.content.start < a.cue.start && comma(0, a.cue.start);
            trails && (behind || before)
        })
    }

    fn sources(&self, attribution: Option<&Attribution>) -> (Vec<SourceRef>, Vec<SourceRef>) {
        attribution
            .map_or_else(Default::default, |a| (sources(&a.speakers, cue(self.article, a)), sources(&a.via, None)))
    }

    /// A reportive conditional without a cue goes on with the speaker before it in the same block.
    fn carried(&self, index: usize, sentence: &Sentence) -> Vec<SourceRef> {
        let same_block =
            |a: &&Attribution| a.sentence + 1 == index && self.article.sentences[a.sentence].block == sentence.block;
        let before = index.checked_sub(1).map_or(&[][..], |before| self.article.of_sentence(before));
        let last = before.iter().rfind(same_block);
        last.map(|a| sources(&a.speakers, None)).unwrap_or_default()
    }
}
