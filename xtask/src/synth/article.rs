//! Articles: the statements of an event in running text, and copies of such texts.

use jiff::ToSpan;
use jiff::civil::Date;

use super::cast::{Cast, Voice};
use super::event::{Event, Group, add};
use super::figure::Figure;
use super::random::Random;
use super::wording::{Language, Said, Sentence, filler, sentence};

/// One thing that an article says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Statement {
    /// Place among the questions of the event.
    pub(super) question: usize,
    /// Who first said it, whatever the article says.
    pub(super) origin: String,
    /// Which of the figures of the origin it is, 0 being the first.
    pub(super) version: usize,
    pub(super) figure: Figure,
    pub(super) mistake: bool,
    pub(super) hedged: bool,
    /// Whom the article quotes; `None` is its own voice.
    pub(super) source: Option<Voice>,
    /// Whom it has the quote from.
    pub(super) via: Option<Voice>,
    pub(super) said: Date,
    pub(super) unplaced: bool,
    pub(super) undated: bool,
}

/// One article.
#[derive(Debug, Clone)]
pub(super) struct Article {
    /// A place in [`Cast::outlets`].
    pub(super) outlet: usize,
    pub(super) language: Language,
    pub(super) published: Date,
    pub(super) title: String,
    pub(super) paragraphs: Vec<Vec<Sentence>>,
    pub(super) statements: Vec<Statement>,
    /// The words of the figure of each statement.
    pub(super) figures: Vec<String>,
    /// Place of the article that it copies, among those on the same event.
    pub(super) copy_of: Option<usize>,
}

/// Sentences without a statement in one article: enough that two articles on one communiqué are not near copies.
const FILLERS: (i64, i64) = (5, 8);

impl Article {
    /// An article that says these things.
    pub(super) fn write(
        cast: &Cast,
        group: &Group,
        event: &Event,
        outlet: usize,
        published: Date,
        statements: Vec<Statement>,
        random: &mut Random,
    ) -> Article {
        let printer = &cast.outlets[outlet];
        let language = printer.language;
        let mut fillers: Vec<Sentence> =
            (0..random.between(FILLERS.0, FILLERS.1)).map(|_| Sentence::plain(filler(language, random))).collect();
        let mut paragraphs: Vec<Vec<Sentence>> = Vec::new();
        let mut figures = Vec::new();
        for (at, statement) in statements.iter().enumerate() {
            let name =
                |voice: &Option<Voice>| voice.as_ref().map_or(String::new(), |v| language.of(&v.fr, &v.en).to_owned());
            let (source, via) = (name(&statement.source), name(&statement.via));
            let said = Said {
                language,
                group,
                event,
                indicator: event.questions[statement.question].indicator,
                figure: statement.figure,
                hedged: statement.hedged,
                source: &source,
                via: &via,
                said: statement.said,
                published,
                unplaced: statement.unplaced,
                undated: statement.undated,
            };
            let (mut text, figure) = sentence(&said, cast, random);
            text.statement = Some(at);
            figures.push(figure);
            // Some statements share a paragraph with the one before.
            match paragraphs.last_mut() {
                Some(paragraph) if random.chance(0.3) => paragraph.push(text),
                _ => paragraphs.push(vec![text]),
            }
            if random.chance(0.5)
                && let (Some(paragraph), Some(filler)) = (paragraphs.last_mut(), fillers.pop())
            {
                paragraph.push(filler);
            }
        }
        while !fillers.is_empty() {
            let rest = fillers.len().saturating_sub(2);
            let at = random.below(paragraphs.len() + 1).max(1);
            paragraphs.insert(at, fillers.split_off(rest));
        }
        if random.chance(0.5) {
            paragraphs.push(vec![Sentence::plain(signature(&printer.voice.name, language, random))]);
        }
        let title = filler(language, random).split(", ").nth(1).map(capitalised).unwrap_or_default();
        Article { outlet, language, published, title, paragraphs, statements, figures, copy_of: None }
    }

    /// The article as another outlet prints it, some days later and with light edits that change no statement.
    pub(super) fn copied(&self, at: usize, outlet: usize, cast: &Cast, random: &mut Random) -> Article {
        let mut copy = Article {
            outlet,
            published: add(self.published, random.between(0, 3).days()),
            copy_of: Some(at),
            ..self.clone()
        };
        let mut edits = [Edit::Synonyms, Edit::Order, Edit::Accents, Edit::Quotes, Edit::Cut, Edit::Signature];
        random.shuffle(&mut edits);
        for edit in edits.into_iter().take(1 + random.below(3)) {
            copy.edit(edit, &cast.outlets[outlet].voice.name, random);
        }
        if copy.text() == self.text() {
            copy.edit(Edit::Signature, &cast.outlets[outlet].voice.name, random);
        }
        copy
    }

    fn edit(&mut self, edit: Edit, outlet: &str, random: &mut Random) {
        let language = self.language;
        let fillers = self.paragraphs.iter_mut().flatten().filter(|s| s.statement.is_none());
        match edit {
            Edit::Synonyms => {
                let pairs = language.pack().synonyms;
                let known = |s: &&mut Sentence| pairs.iter().any(|(word, _)| s.before.contains(word));
                for sentence in fillers.filter(known).take(2) {
                    let pair = pairs.iter().find(|(word, _)| sentence.before.contains(word));
                    if let Some((word, synonym)) = pair {
                        sentence.before = sentence.before.replace(word, synonym);
                    }
                }
            }
            Edit::Order => {
                if let Some(rest) = self.paragraphs.get_mut(1..).filter(|rest| rest.len() > 1) {
                    rest.rotate_left(1);
                }
            }
            // Names and figures stay as they are: what a text says does not hang on its typesetting.
            Edit::Accents => fillers.for_each(|sentence| sentence.edit(without_accents)),
            Edit::Quotes => {
                self.paragraphs.iter_mut().flatten().for_each(|sentence| sentence.edit(curled));
                self.figures.iter_mut().for_each(|figure| *figure = curled(figure));
            }
            Edit::Cut => {
                let bare = |p: &Vec<Sentence>| p.iter().any(|s| s.statement.is_none());
                let last = self.paragraphs.iter().rposition(bare);
                if let Some(paragraph) = last.and_then(|at| self.paragraphs.get_mut(at)) {
                    let cut = paragraph.iter().rposition(|s| s.statement.is_none());
                    if let Some(cut) = cut {
                        paragraph.remove(cut);
                    }
                }
                self.paragraphs.retain(|paragraph| !paragraph.is_empty());
            }
            Edit::Signature => {
                let signature = signature(outlet, language, random);
                self.paragraphs.push(vec![Sentence::plain(signature)]);
            }
        }
    }

    /// The whole text.
    pub(super) fn text(&self) -> String {
        self.laid_out().0
    }

    /// The whole text, and for each statement the bytes of its quote.
    pub(super) fn laid_out(&self) -> (String, Vec<(usize, usize)>) {
        let mut text = String::new();
        let mut spans = vec![(0, 0); self.statements.len()];
        for paragraph in &self.paragraphs {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            for (at, sentence) in paragraph.iter().enumerate() {
                text.push_str(if at > 0 { " " } else { "" });
                text.push_str(&sentence.before);
                let start = text.len();
                text.push_str(&sentence.core);
                if let Some(statement) = sentence.statement {
                    spans[statement] = (start, text.len());
                }
                text.push_str(&sentence.after);
            }
        }
        (text, spans)
    }
}

/// A light edit.
#[derive(Debug, Clone, Copy)]
enum Edit {
    /// One word of two sentences.
    Synonyms,
    /// The second paragraph goes to the end.
    Order,
    /// Accents are dropped.
    Accents,
    /// Typographic quotes and apostrophes.
    Quotes,
    /// A sentence is left out.
    Cut,
    /// The outlet signs.
    Signature,
}

fn signature(outlet: &str, language: Language, random: &mut Random) -> String {
    random.pick(language.pack().signatures).replace("{outlet}", outlet)
}

fn without_accents(text: &str) -> String {
    let plain = |c: char| match c {
        'à' | 'â' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' => 'o',
        'û' | 'ù' => 'u',
        'ç' => 'c',
        'À' => 'A',
        'É' => 'E',
        other => other,
    };
    text.chars().map(plain).collect()
}

fn curled(text: &str) -> String {
    let curl = |c: char| match c {
        '\'' => '’',
        '«' => '“',
        '»' => '”',
        other => other,
    };
    text.chars().map(curl).collect()
}

/// With a capital letter first.
fn capitalised(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or(String::new(), |first| first.to_uppercase().chain(rest).collect())
}
