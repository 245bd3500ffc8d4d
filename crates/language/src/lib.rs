//! The text engine: tokens, sentences, quantities, dates, names, attribution. Vocabulary lives in data packs, one
//! folder per language; the grammar is here.

mod atlas;
mod attribution;
mod chunk;
mod figure;
pub mod gazetteer;
mod introduced;
mod lands;
pub mod lexicon;
mod names;
mod quotation;
mod sentences;
mod speaker;
mod spelling;
mod token;
mod when;
mod world;

pub use atlas::Atlas;
pub use attribution::{Attribution, Attributions, Sentence};
pub use chunk::{Chunk, Chunker, Determiner, Modality, Mood, NounGroup, VerbGroup, Voice, is_finite};
pub use figure::{Figure, FigureKind, Figures, Read, Refusal};
pub use introduced::Introduced;
pub use lands::Votes;
pub use names::{Known, Meanings, Name, Names};
pub use quotation::quotations;
pub use sentences::sentences;
pub use speaker::{Cast, Speaker, Speakers, is_military, speaks_of_its_people};
pub use spelling::Spellings;
pub use token::{Token, TokenKind, Tokens, numeral};
pub use when::{Anchors, Calendar, Direction, Expression, Interval, When};
pub use world::{pack_files, world};
