//! One document, read as far as a frame needs it.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use recoup_language::lexicon::{Lexicon, NounRole};
use recoup_language::{
    Anchors, Atlas, Attribution, Attributions, Calendar, Chunk, Chunker, Direction, Interval, Names, Sentence,
    Speakers, Spellings, TokenKind, Tokens, When, is_military, quotations,
};

use crate::discourse::{main_country, winner};
use crate::slots::relays;
use recoup_model::{ActorKind, BlockKind, Document, SourceKind, SourceRef, Theatre};

/// One document, read as far as a frame needs it.
pub(crate) struct Article<'a> {
    pub(crate) document: &'a Document,
    /// Who passed it on before its outlet printed it, nearest first.
    pub(crate) relays: Vec<SourceRef>,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) atlas: &'a Atlas,
    /// The country that the article is about.
    pub(crate) country: Option<u32>,
    /// The armed group that it names most.
    pub(crate) main_group: Option<u32>,
    /// How often it names the army of each state.
    armies: BTreeMap<u32, usize>,
    pub(crate) chunker: &'a Chunker<'a>,
    pub(crate) speakers: &'a Speakers,
    pub(crate) sentences: &'a [Sentence],
    pub(crate) attributions: &'a [Attribution],
    pub(crate) whens: &'a [When],
    /// By sentence, the attributions of which the content reaches into it.
    covering: Vec<Vec<u32>>,
}

impl Article<'_> {
    /// Reads a document and hands it to `then`: what is read borrows from itself.
    pub(crate) fn read<T>(
        document: &Document,
        lexicon: &Lexicon,
        names: &Names,
        speakers: &Speakers,
        spellings: &mut Spellings,
        then: impl FnOnce(&Article<'_>) -> T,
    ) -> T {
        let tokens = Tokens::read(&document.text, lexicon, names, std::mem::take(spellings));
        let mut spans = Vec::new();
        for (index, block) in document.blocks.iter().enumerate().filter(|(_, b)| b.carries_claims()) {
            let whole = [block.span];
            let sentences = if block.sentences.is_empty() { &whole[..] } else { &block.sentences };
            spans.extend(sentences.iter().flat_map(|s| pieces(&tokens, tokens.within(*s))).map(|range| (index, range)));
        }
        let calendar = Calendar::of(lexicon.language());
        let whens: Vec<When> = calendar
            .map(|c| spans.iter().flat_map(|(_, range)| c.find(&tokens, range.clone())).collect())
            .unwrap_or_default();
        let ranges: Vec<Range<usize>> = whens.iter().map(|w| w.tokens.clone()).collect();
        let chunker = Chunker::new(&tokens, lexicon, names, &ranges);
        let sentences: Vec<Sentence> = spans
            .into_iter()
            .map(|(block, range)| Sentence { chunks: chunker.chunks(range.clone()), tokens: range, block })
            .collect();
        let quotations: Vec<Range<usize>> = document
            .blocks
            .iter()
            .filter(|b| b.carries_claims())
            .flat_map(|b| quotations(&tokens, tokens.within(b.span)))
            .collect();
        let country = main_country(document, &sentences, &chunker, speakers.atlas());
        let attributions = Attributions::new(&chunker, speakers, &quotations, country).find(&sentences);
        let read = then(&Article {
            document,
            relays: relays(document, speakers.atlas().theatre()),
            lexicon,
            atlas: speakers.atlas(),
            country,
            main_group: main_group(&sentences, speakers, &chunker),
            armies: armies(&sentences, speakers, &chunker, country),
            chunker: &chunker,
            speakers,
            sentences: &sentences,
            attributions: &attributions,
            whens: &whens,
            covering: covering(&sentences, &attributions),
        });
        *spellings = tokens.into_spellings();
        read
    }

    /// A state, or where the article names no army of its, the one whose army it names most: soldiers who die in Iraq need
    /// not be Iraq's.
    pub(crate) fn army_near(&self, state: Option<u32>) -> Option<u32> {
        let unnamed = state.filter(|s| !self.armies.contains_key(s));
        unnamed.and_then(|_| winner(&self.armies)).or(state)
    }

    /// The theatre.
    pub(crate) fn theatre(&self) -> &Theatre {
        self.atlas.theatre()
    }

    /// Whether an actor is an armed group.
    pub(crate) fn is_armed_group(&self, actor: u32) -> bool {
        self.speakers.is_armed_group(self.chunker, actor)
    }

    /// The slug of an actor, of the theatre or introduced by the text.
    pub(crate) fn actor_id(&self, actor: u32) -> &str {
        match self.chunker.introduced_actor(actor) {
            Some(group) => &group.id,
            None => &self.theatre().actors[actor as usize].id,
        }
    }

    /// The actor with a slug, of the theatre or introduced by the text.
    pub(crate) fn actor(&self, slug: &str) -> Option<u32> {
        self.atlas.actor(slug).or_else(|| self.chunker.introduced_group(slug))
    }

    /// Day of publication.
    pub(crate) fn published(&self) -> Option<Date> {
        self.document.published.map(|p| p.date)
    }

    /// Whether a sentence stands in a heading.
    pub(crate) fn is_heading(&self, sentence: usize) -> bool {
        self.document.blocks[self.sentences[sentence].block].kind == BlockKind::Heading
    }

    /// The days of a time expression.
    pub(crate) fn resolve(&self, when: usize, last: Option<(Date, Date)>, direction: Direction) -> Option<Interval> {
        self.whens[when].resolve(&Anchors { published: self.published(), last }, direction)
    }

    /// The words of some tokens.
    pub(crate) fn words(&self, tokens: &Range<usize>) -> &str {
        self.chunker.tokens.span(tokens).slice(&self.document.text).unwrap_or_default()
    }

    /// The attributions of which the cue stands in a sentence.
    pub(crate) fn of_sentence(&self, sentence: usize) -> &[Attribution] {
        let from = self.attributions.partition_point(|a| a.sentence < sentence);
        let to = self.attributions.partition_point(|a| a.sentence <= sentence);
        &self.attributions[from..to]
    }

    /// The attribution of a token: the nearest cue of which the content holds it.
    /// `own` is the verb of the claim itself, which is no cue for it.
    pub(crate) fn attribution(&self, token: usize, own: Option<&Range<usize>>) -> Option<&Attribution> {
        let sentence = self.sentences.partition_point(|s| s.tokens.end <= token);
        let covering = self.covering.get(sentence).map_or(&[][..], Vec::as_slice);
        let attributions = covering.iter().map(|i| &self.attributions[*i as usize]);
        attributions
            .filter(|a| own.is_none_or(|own| *own != a.cue))
            .filter_map(|a| a.distance(token).map(|d| (d, a)))
            .min_by_key(|(distance, a)| (*distance, a.cue.start))
            .map(|(_, a)| a)
    }
}

/// How many tokens are read as one sentence. Prose has none that is longer; a list without a full stop or a text without
/// marks may have, and rules look back and ahead over their whole sentence.
const LONGEST_SENTENCE: usize = 256;

/// A sentence, or the pieces of one that is too long: cut behind a comma or semicolon where there is one.
fn pieces(tokens: &Tokens<'_>, sentence: Range<usize>) -> Vec<Range<usize>> {
    let mut pieces = Vec::with_capacity(1);
    let mut start = sentence.start;
    while sentence.end - start > LONGEST_SENTENCE {
        let half = start + LONGEST_SENTENCE / 2;
        let comma = (half..start + LONGEST_SENTENCE).rev().find(|i| matches!(tokens.raw(*i), "," | ";"));
        let end = comma.map_or(start + LONGEST_SENTENCE, |comma| comma + 1);
        pieces.push(start..end);
        start = end;
    }
    // Ten million dots are no sentences.
    let says = |piece: &Range<usize>| piece.clone().any(|i| tokens.kind(i) != TokenKind::Mark);
    pieces.retain(says);
    pieces.push(start..sentence.end);
    pieces
}

/// How many sentences one attribution can reach over: more is a quotation that somebody forgot to close.
const LONGEST_SPEECH: usize = 64;

fn covering(sentences: &[Sentence], attributions: &[Attribution]) -> Vec<Vec<u32>> {
    let mut covering = vec![Vec::new(); sentences.len()];
    for (i, attribution) in attributions.iter().enumerate() {
        let from = sentences.partition_point(|s| s.tokens.end <= attribution.content.start);
        let reached = sentences[from..].iter().take(LONGEST_SPEECH);
        for (k, _) in reached.enumerate().take_while(|(_, s)| s.tokens.start < attribution.content.end) {
            covering[from + k].push(i as u32);
        }
    }
    covering
}

/// The armed group that a text names most; `None` where it names none, or two as often.
fn main_group(sentences: &[Sentence], speakers: &Speakers, chunker: &Chunker<'_>) -> Option<u32> {
    let names = sentences.iter().flat_map(|s| &s.chunks).filter_map(Chunk::noun).flat_map(|g| &g.names);
    let mut votes: BTreeMap<u32, usize> = BTreeMap::new();
    let groups = names.filter_map(recoup_language::Name::actor).filter(|a| speakers.is_armed_group(chunker, *a));
    for group in groups {
        *votes.entry(group).or_default() += 1;
    }
    winner(&votes)
}

/// How often a text names the army, the troops or the defence ministry of each state; those of which nobody says whose they
/// are, are of the state that it is about.
fn armies(
    sentences: &[Sentence],
    speakers: &Speakers,
    chunker: &Chunker<'_>,
    country: Option<u32>,
) -> BTreeMap<u32, usize> {
    let mut votes: BTreeMap<u32, usize> = BTreeMap::new();
    let is_state = |actor: &u32| speakers.kind(chunker, *actor) == Some(ActorKind::State);
    for group in sentences.iter().flat_map(|s| &s.chunks).filter_map(Chunk::noun) {
        let troops = group.class.is_some_and(|c| chunker.lexicon.in_group(c, "troops"));
        let role = match group.role {
            Some(NounRole::Speaker(role)) => Some(chunker.lexicon.role(role)),
            _ => None,
        };
        let military = role.is_some_and(is_military);
        let source = |name: &recoup_language::Name| {
            let source = name.source()?;
            let kind = speakers.atlas().theatre().sources[source as usize].kind;
            speakers.atlas().represented(source).filter(|_| kind == Some(SourceKind::Military))
        };
        let owner = group.names.iter().find_map(|n| n.actor().filter(|_| troops || military).or_else(|| source(n)));
        let plain = group.names.is_empty() && (military || matches!(role, Some("police" | "Interior Ministry")));
        if let Some(state) = owner.filter(is_state).or(country.filter(|_| plain)) {
            *votes.entry(state).or_default() += 1;
        }
    }
    votes
}
