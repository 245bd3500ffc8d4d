use recoup_language::lexicon::Lexicon;
use recoup_language::*;
use recoup_model::Span;
use std::sync::Arc;
fn main() {
    let lang = std::env::args().nth(1).unwrap();
    let country = std::env::args().nth(2);
    let lexicon = Lexicon::of(&lang).unwrap();
    let names = Names::new(world(), lexicon);
    let atlas = Arc::new(Atlas::new(Arc::new(world().clone())));
    let country = country.and_then(|c| atlas.actor(&c));
    let speakers = Speakers::new(atlas);
    let text = std::io::read_to_string(std::io::stdin()).unwrap();
    let tokens = Tokens::new(&text, lexicon.vocabulary());
    let spans = sentences(&text, Span::new(0, text.len()).unwrap());
    let ranges: Vec<_> = spans.iter().map(|s| tokens.within(*s)).collect();
    let cal = Calendar::of(&lang).unwrap();
    let whens: Vec<When> = ranges.iter().flat_map(|r| cal.find(&tokens, r.clone())).collect();
    let times: Vec<_> = whens.iter().map(|w| w.tokens.clone()).collect();
    let chunker = Chunker::new(&tokens, lexicon, &names, &times);
    let ss: Vec<Sentence> =
        ranges.into_iter().map(|r| Sentence { chunks: chunker.chunks(r.clone()), tokens: r, block: 0 }).collect();
    let q = quotations(&tokens, 0..tokens.len());
    let at = Attributions::new(&chunker, &speakers, &q, country).find(&ss);
    let w = |r: &std::ops::Range<usize>| {
        let s = tokens.span(r);
        text[s.start()..s.end()].to_owned()
    };
    for (i, s) in ss.iter().enumerate() {
        for c in &s.chunks {
            match c {
                Chunk::Noun(g) => print!(
                    "[N:{}{}{}{}{}] ",
                    w(&g.tokens),
                    g.class.map_or(String::new(), |c| format!("/{}", lexicon.noun_class(c).name)),
                    g.figure.as_ref().map_or(String::new(), |f| format!("/#{:?}-{:?}", f.low, f.high)),
                    g.role.map_or(String::new(), |r| format!("/{r:?}")),
                    if g.names.is_empty() {
                        if g.proper.is_some() { "/proper".into() } else { String::new() }
                    } else {
                        format!("/{:?}", g.names.iter().map(|n| n.known.clone()).collect::<Vec<_>>())
                    }
                ),
                Chunk::Verb(v) => print!(
                    "[V:{} {:?} {:?}{}{}] ",
                    w(&v.tokens),
                    v.voice,
                    v.mood,
                    if v.negated { " neg" } else { "" },
                    if v.ambiguous { " amb" } else { "" }
                ),
                Chunk::When(_, t) => print!("[T:{}] ", w(t)),
                Chunk::Mark(_, m) => print!("{m} "),
                Chunk::Word(t, _) => print!("{} ", w(t)),
            }
        }
        println!();
        for a in at.iter().filter(|a| a.sentence == i) {
            println!(
                "   => {:?} via {:?} cue '{}' {:?}{} content '{}' {}",
                a.speakers.iter().map(|s| &s.name).collect::<Vec<_>>(),
                a.via.iter().map(|s| &s.name).collect::<Vec<_>>(),
                w(&a.cue),
                a.speech,
                if a.negated { " neg" } else { "" },
                w(&a.content),
                a.rule
            );
        }
    }
}
