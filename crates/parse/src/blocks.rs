//! The blocks of a document: headings, paragraphs, list items, and boilerplate, each with its sentences.

use std::collections::BTreeMap;

use recoup_language::sentences;
use recoup_model::{Block, BlockKind, Span, fold};

use crate::boilerplate::{self, Cues, Unit};
use crate::headings;
use crate::lines::{Line, trimmed};
use crate::paragraphs::{bullet, paragraphs};

/// How many paragraphs from either end bylines and lives of authors stand in.
const EDGE: usize = 5;
/// Fewest words of a block that can be a repeat of another.
const REPEATED_WORDS: usize = 4;

/// The blocks of the part of `text` that `lines` hold. Without `cues` nothing is boilerplate.
pub(crate) fn blocks(text: &str, lines: &[Line], cues: Option<&Cues>) -> Vec<Block> {
    let part = |span| match bullet(text, span) {
        Some(length) => (Span::new(span.start() + length, span.end()).unwrap_or(span), BlockKind::ListItem),
        None => (span, BlockKind::Paragraph),
    };
    let parts: Vec<(Span, BlockKind)> = paragraphs(text, lines).into_iter().map(part).collect();
    of_parts(text, &parts, cues)
}

/// The blocks of a text of which the parts and their roles are known. Without `cues` nothing is boilerplate.
pub(crate) fn of_parts(text: &str, parts: &[(Span, BlockKind)], cues: Option<&Cues>) -> Vec<Block> {
    let mut builder = Builder { text, cues, blocks: Vec::with_capacity(parts.len()) };
    for (at, &(span, kind)) in parts.iter().enumerate() {
        builder.part(span, kind, at < EDGE || at + EDGE >= parts.len());
    }
    let mut blocks = builder.blocks;
    headings::mark(text, &mut blocks);
    if let Some(cues) = cues {
        spread_related(text, &mut blocks, cues);
    }
    mark_repeats(text, &mut blocks);
    blocks
}

struct Builder<'t> {
    text: &'t str,
    cues: Option<&'t Cues>,
    blocks: Vec<Block>,
}

impl Builder<'_> {
    fn part(&mut self, span: Span, kind: BlockKind, at_edge: bool) {
        let Some(span) = trimmed(self.text, span.start(), span.end()) else { return };
        let (Some(cues), Some(raw)) = (self.cues, span.slice(self.text)) else {
            return self.push(kind, &sentences(self.text, span));
        };
        if let Some((label, length)) = cues.glued(raw) {
            self.push_bytes(label, span.start(), span.start() + length);
            return self.split(span.start() + length, span.end(), BlockKind::Paragraph, cues, at_edge);
        }
        match Unit::new(raw, at_edge).and_then(|unit| boilerplate::paragraph(&unit, cues)) {
            Some(boilerplate) => self.push_bytes(boilerplate, span.start(), span.end()),
            None => self.split(span.start(), span.end(), kind, cues, at_edge),
        }
    }

    /// Splits off the sentences at the start and at the end that are boilerplate.
    fn split(&mut self, start: usize, end: usize, kind: BlockKind, cues: &Cues, at_edge: bool) {
        let Some(span) = trimmed(self.text, start, end) else { return };
        let found = sentences(self.text, span);
        let judge = |sentence: &Span| {
            let unit = Unit::new(sentence.slice(self.text)?, at_edge)?;
            boilerplate::sentence(&unit, cues)
        };
        let leading: Vec<BlockKind> = found.iter().map_while(judge).collect();
        let (head, rest) = found.split_at(leading.len());
        let mut trailing: Vec<BlockKind> = rest.iter().rev().map_while(judge).collect();
        trailing.reverse();
        let (body, tail) = rest.split_at(rest.len() - trailing.len());
        self.push_runs(head, &leading);
        self.push(kind, body);
        self.push_runs(tail, &trailing);
    }

    /// One block for each run of sentences of one kind.
    fn push_runs(&mut self, sentences: &[Span], kinds: &[BlockKind]) {
        let mut left = sentences;
        for run in kinds.chunk_by(|a, b| a == b) {
            let (these, rest) = left.split_at(run.len());
            self.push(run[0], these);
            left = rest;
        }
    }

    fn push_bytes(&mut self, kind: BlockKind, start: usize, end: usize) {
        if let Some(span) = trimmed(self.text, start, end) {
            self.push(kind, &sentences(self.text, span));
        }
    }

    /// A block of these sentences, if any.
    fn push(&mut self, kind: BlockKind, sentences: &[Span]) {
        if let (Some(first), Some(&last)) = (sentences.first(), sentences.last()) {
            self.blocks.push(Block { span: first.cover(last), kind, repeats: None, sentences: sentences.to_vec() });
        }
    }
}

/// What a bare label such as 'Lire aussi' stands over belongs to it: the list below, else the headline below, or all
/// headlines where nothing else follows.
fn spread_related(text: &str, blocks: &mut [Block], cues: &Cues) {
    let headlines_to_end = blocks.iter().rev().take_while(|block| headings::is_headline(text, block.span)).count();
    let closing = blocks.len() - headlines_to_end;
    for at in 0..blocks.len() {
        let is_bare = blocks[at].span.slice(text).is_some_and(|label| cues.is_bare(label));
        if blocks[at].kind != BlockKind::Related || !is_bare {
            continue;
        }
        let below = &mut blocks[at + 1..];
        let list = below.iter().take_while(|block| block.kind == BlockKind::ListItem).count();
        let below_it = match below.first() {
            Some(_) if list > 0 => list,
            Some(_) if at + 1 >= closing => below.len(),
            Some(next) if headings::is_headline(text, next.span) => 1,
            _ => 0,
        };
        below[..below_it]
            .iter_mut()
            .filter(|block| block.carries_claims())
            .for_each(|block| block.kind = BlockKind::Related);
        if at + 1 >= closing {
            return;
        }
    }
}

fn mark_repeats(text: &str, blocks: &mut [Block]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (at, block) in blocks.iter_mut().enumerate().filter(|(_, block)| block.carries_claims()) {
        let words = block.span.slice(text).map(fold).unwrap_or_default();
        if words.split(' ').nth(REPEATED_WORDS - 1).is_some() {
            block.repeats = seen.get(&words).copied();
            seen.entry(words).or_insert(at);
        }
    }
}
