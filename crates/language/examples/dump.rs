use recoup_language::lexicon::*;
use recoup_language::*;
fn main() {
    let mut a = std::env::args().skip(1);
    let lang = a.next().unwrap();
    let text = a.next().unwrap();
    let mut theatre = world().clone();
    for f in std::fs::read_dir("pipelines/koursk/theatre").unwrap() {
        theatre.extend(toml::from_str(&std::fs::read_to_string(f.unwrap().path()).unwrap()).unwrap());
    }
    let lex = Lexicon::of(&lang).unwrap();
    let names = Names::new(&theatre, lex);
    let tokens = Tokens::new(&text);
    let whens = Calendar::of(&lang).unwrap().find(&tokens, 0..tokens.len());
    let ranges: Vec<_> = whens.iter().map(|w| w.tokens.clone()).collect();
    let ch = Chunker::new(&tokens, lex, &names, &ranges);
    let w = |r: std::ops::Range<usize>| tokens.span(&r).slice(&text).unwrap();
    let sents: Vec<Sentence> = sentences(&text, recoup_model::Span::new(0, text.len()).unwrap())
        .into_iter()
        .map(|s| {
            let r = tokens.within(s);
            Sentence { chunks: ch.chunks(r.clone()), tokens: r, block: 0 }
        })
        .collect();
    for s in &sents {
        println!("--");
        for (k, c) in s.chunks.iter().enumerate() {
            match c {
                Chunk::Noun(g) => println!(
                    "{k:3} N  {:40} class={:?} role={:?} fig={:?} names={:?} proper={} det={:?}",
                    w(g.tokens.clone()),
                    g.class.map(|c| lex.noun_class(c).name.clone()),
                    g.role.map(|r| match r {
                        NounRole::Speaker(r) => lex.role(r).to_string(),
                        _ => "DOC".into(),
                    }),
                    g.figure.as_ref().map(|f| (f.low, f.high)),
                    g.names.iter().map(|n| n.known.clone()).collect::<Vec<_>>(),
                    g.proper.is_some(),
                    g.determiner
                ),
                Chunk::Verb(v) => println!(
                    "{k:3} V  {:40} {} {:?} {:?} perf={} neg={} modal={:?} amb={}",
                    w(v.tokens.clone()),
                    lex.verb(v.verb).lemma,
                    v.voice,
                    v.mood,
                    v.perfect,
                    v.negated,
                    v.modality,
                    v.ambiguous
                ),
                Chunk::When(i, r) => println!("{k:3} T  {:40} {}", w(r.clone()), whens[*i].rule),
                Chunk::Mark(_, m) => println!("{k:3} M  {m}"),
                Chunk::Word(r, c) => println!(
                    "{k:3} w  {:40} {}",
                    w(r.clone()),
                    [
                        (Class::Preposition, "prep"),
                        (Class::Of, "of"),
                        (Class::And, "and"),
                        (Class::Relative, "rel"),
                        (Class::Subordinator, "sub"),
                        (Class::Before, "BEFORE"),
                        (Class::Relay, "RELAY"),
                        (Class::Adverb, "adv"),
                        (Class::Hypothesis, "si"),
                        (Class::Coordinator, "coord"),
                        (Class::Among, "AMONG")
                    ]
                    .iter()
                    .filter(|(k, _)| c.has(*k))
                    .map(|x| x.1)
                    .collect::<Vec<_>>()
                    .join(",")
                ),
            }
        }
    }
    let q = quotations(&tokens, 0..tokens.len());
    let sp = Speakers::new(&theatre);
    for a in Attributions::new(&ch, &sp, &q).find(&sents) {
        println!(
            "ATTR {:?} via {:?} {:?} neg={} cue «{}» content «{}» {}",
            a.speakers.iter().map(|s| &s.name).collect::<Vec<_>>(),
            a.via.iter().map(|s| &s.name).collect::<Vec<_>>(),
            a.speech,
            a.negated,
            w(a.cue.clone()),
            w(a.content.clone()),
            a.rule
        );
    }
}
