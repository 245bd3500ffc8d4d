//! The stage.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use recoup_language::lexicon::Lexicon;
use recoup_language::{Atlas, Names, Speakers, Spellings};
use recoup_model::{Claim, Diagnostic, Document, INDICATORS, Level, Theatre, VERIFICATION};
use recoup_plugin::{Context, Error, Out, Result, Stage};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::annotate::{Annotation, annotate};
use crate::article::Article;
use crate::frames;

/// Options of the extractor `rules`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Indicators to look for; empty means every one that the program and the theatre know.
    pub indicators: Vec<String>,
}

/// Reads claims with the grammar of the program and the vocabulary of its packs.
pub struct Rules {
    options: Options,
    atlas: Arc<Atlas>,
    packs: BTreeMap<String, Pack>,
}

/// The vocabulary of one language: the embedded one, or a copy with the theatre's own indicators.
struct Pack {
    lexicon: LexiconRef,
    names: Names,
    speakers: Speakers,
    /// What the texts so far have been written in.
    spellings: Spellings,
}

impl Pack {
    fn read<T>(&mut self, document: &Document, then: impl FnOnce(&Article<'_>) -> T) -> T {
        let Pack { lexicon, names, speakers, spellings } = self;
        Article::read(document, lexicon.get(), names, speakers, spellings, then)
    }
}

enum LexiconRef {
    Embedded(&'static Lexicon),
    Extended(Box<Lexicon>),
}

impl LexiconRef {
    fn get(&self) -> &Lexicon {
        match self {
            LexiconRef::Embedded(lexicon) => lexicon,
            LexiconRef::Extended(lexicon) => lexicon,
        }
    }
}

impl Stage for Rules {
    const NAME: &'static str = "rules";
    const SUMMARY: &'static str =
        "Reads claims by grammar: figures, times, places, actors, sources and stance, bound within a clause.";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    type Options = Options;
    type Item = Document;

    fn open(options: Options, context: &Context) -> Result<Self> {
        let theatre = &*context.theatre;
        let own = theatre.indicators.iter().map(|i| i.id.as_str());
        let known: Vec<&str> = INDICATORS.into_iter().chain([VERIFICATION]).chain(own).collect();
        if let Some(unknown) = options.indicators.iter().find(|i| !known.contains(&i.as_str())) {
            return Err(Error::new(format!("there is no indicator `{unknown}`"))
                .at_option("indicators")
                .with_help(format!("known are {}", known.join(", "))));
        }
        for language in ["fr", "en"] {
            extended(theatre, language)?;
        }
        let atlas = Arc::new(Atlas::new(Arc::clone(&context.theatre)));
        Ok(Rules { options, atlas, packs: BTreeMap::new() })
    }

    fn process(&mut self, document: Document, out: &mut Out<'_, Claim>) -> Result<()> {
        let Some(pack) = self.pack(&document)? else {
            out.report(no_pack(&document));
            return Ok(());
        };
        let claims = pack.read(&document, frames::claims);
        for claim in claims {
            if self.options.indicators.is_empty() || self.options.indicators.contains(&claim.indicator) {
                out.emit(claim);
            }
        }
        Ok(())
    }
}

impl Rules {
    /// What is read in a document and what is not, with the reason; `None` where there is no pack for its language.
    ///
    /// # Errors
    /// The pack of its language cannot be made.
    pub fn annotate(&mut self, document: &Document) -> Result<Option<Annotation>> {
        let wanted = self.options.indicators.clone();
        let Some(pack) = self.pack(document)? else { return Ok(None) };
        let annotate = |article: &Article<'_>| annotate(article, &wanted);
        Ok(Some(pack.read(document, annotate)))
    }

    /// The vocabulary of a document's language; `None` where there is none for it.
    fn pack(&mut self, document: &Document) -> Result<Option<&mut Pack>> {
        let language = document.language.as_deref().and_then(Lexicon::of).map(Lexicon::language);
        let Some(language) = language else { return Ok(None) };
        if !self.packs.contains_key(language) {
            let lexicon = match extended(self.atlas.theatre(), language)? {
                Some(lexicon) => LexiconRef::Extended(Box::new(lexicon)),
                None => LexiconRef::Embedded(Lexicon::of(language).ok_or_else(|| Error::new("the pack is gone"))?),
            };
            let names = Names::new(self.atlas.theatre(), lexicon.get());
            let speakers = Speakers::new(Arc::clone(&self.atlas));
            self.packs.insert(language.to_owned(), Pack { lexicon, names, speakers, spellings: Spellings::default() });
        }
        Ok(self.packs.get_mut(language))
    }
}

/// The lexicon of a language with the theatre's own indicators and values of vague words; `None` where the theatre has
/// none in it.
fn extended(theatre: &Theatre, language: &str) -> Result<Option<Lexicon>> {
    let indicators = theatre.indicators.iter().any(|i| i.triggers.contains_key(language));
    let vague = theatre.vague.of(language).is_some_and(|words| !words.is_empty());
    let collectives = theatre.collectives.of(language).is_some_and(|words| !words.is_empty());
    if !indicators && !vague && !collectives {
        return Ok(None);
    }
    let lexicon = Lexicon::extended(language, theatre);
    lexicon.transpose().map_err(|e| {
        Error::new(format!("an indicator of the theatre cannot be used: {e}")).with_help(
            "give triggers in their dictionary form; irregular verbs that the pack does not know cannot be added yet",
        )
    })
}

fn no_pack(document: &Document) -> Diagnostic {
    let language = document.language.as_deref().map_or(Cow::Borrowed("unknown"), |l| Cow::Owned(format!("`{l}`")));
    Diagnostic::new(Level::Warning, "extract.language", format!("no claims are read: the language is {language}"))
        .in_document(&document.doc)
        .with_help("there are packs for fr and en; give the language in a manifest or in the front matter")
}

#[cfg(test)]
mod tests {
    use recoup_model::{Block, BlockKind, Indicator, Span, Triggers};
    use recoup_plugin::Sink;

    use super::*;

    struct Heard(Vec<Claim>);

    impl Sink<Claim> for Heard {
        fn emit(&mut self, claim: Claim) {
            self.0.push(claim);
        }

        fn report(&mut self, diagnostic: Diagnostic) {
            panic!("{diagnostic:?}");
        }
    }

    fn strikes(verbs: &[&str]) -> Context {
        let triggers = Triggers {
            active: verbs.iter().map(|v| (*v).to_owned()).collect(),
            nouns: vec!["frappe aérienne".to_owned()],
            ..Triggers::default()
        };
        let indicator = Indicator {
            id: "strikes.carried_out".to_owned(),
            name: None,
            name_fr: None,
            triggers: BTreeMap::from([("fr".to_owned(), triggers)]),
            unit: Some("strike".to_owned()),
        };
        let mut theatre = recoup_language::world().clone();
        theatre.indicators.push(indicator);
        Context { theatre: Arc::new(theatre), ..Context::default() }
    }

    fn document(text: &str) -> Document {
        let span = Span::new(0, text.len()).unwrap();
        Document {
            id: String::new(),
            doc: "t".to_owned(),
            outlet: None,
            relays: Vec::new(),
            url: None,
            path: None,
            language: Some("fr".to_owned()),
            published: None,
            modified: None,
            title: None,
            byline: None,
            fetched: None,
            quality: None,
            page: recoup_model::PageMap::default(),
            text: text.to_owned(),
            blocks: vec![Block { span, kind: BlockKind::Paragraph, repeats: None, sentences: vec![span] }],
        }
        .seal()
    }

    #[test]
    fn an_indicator_of_the_theatre_needs_no_rust() {
        let mut rules = Rules::open(Options::default(), &strikes(&["mener"])).unwrap();
        let mut heard = Heard(Vec::new());
        let text = "L’armée soudanaise a mené une trentaine de frappes aériennes sur Nyala.";
        rules.process(document(text), &mut Out::new(&mut heard)).unwrap();
        let claim = &heard.0[0];
        let found = (claim.indicator.as_str(), claim.anchor.quote(), claim.subject.as_deref());
        assert_eq!(found, ("strikes.carried_out", "une trentaine de frappes aériennes", Some("sudan")));
    }

    #[test]
    fn vague_words_stand_for_what_the_theatre_says() {
        let mut theatre = recoup_language::world().clone();
        theatre.vague.fr.insert("des dizaines".to_owned(), [30.0, 90.0]);
        theatre.collectives.fr.insert("vingtaine".to_owned(), 22.0);
        let context = Context { theatre: Arc::new(theatre), ..Context::default() };
        let mut rules = Rules::open(Options::default(), &context).unwrap();
        let mut heard = Heard(Vec::new());
        let text = "Des dizaines de civils ont été tués. Une vingtaine de civils ont été blessés.";
        rules.process(document(text), &mut Out::new(&mut heard)).unwrap();
        let bounds = heard.0.iter().map(|claim| claim.quantity.as_ref().map(|q| (q.low(), q.high())));
        let want = [Some((Some(30.0), Some(90.0))), Some((Some(22.0), Some(22.0)))];
        assert_eq!(bounds.collect::<Vec<_>>(), want);
    }

    #[test]
    fn a_trigger_that_cannot_be_conjugated_is_refused() {
        let refused = Rules::open(Options::default(), &strikes(&["frapp"])).err().unwrap();
        assert!(refused.message.contains("`frapp`"), "{refused}");
    }

    #[test]
    fn an_unknown_indicator_in_the_options_is_refused() {
        let options = Options { indicators: vec!["casualties.kiled".to_owned()] };
        let refused = Rules::open(options, &Context::default()).err().unwrap();
        assert_eq!(refused.path.as_deref(), Some("options.indicators"));
    }
}
