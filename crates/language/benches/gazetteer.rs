//! How fast names are looked up in the gazetteer: names that it holds, and words that it does not.
#![allow(clippy::unwrap_used)]

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use recoup_language::Tokens;
use recoup_language::gazetteer::gazetteer;
use recoup_language::lexicon::Vocabulary;

fn main() {
    divan::main();
}

#[divan::bench(args = [
    "Rabak, El Hasaheisa, San Vicente del Caguan, Swabi, Hyderabad, Ciudad Obregon, Rio de Janeiro, Florencia",
    "Monsieur, Depuis, Gouvernement, Zzyzx, Communique, Brigadier, Reporters, Volontaires",
])]
fn lookups(bencher: Bencher<'_, '_>, text: &str) {
    let tokens = Tokens::new(text, &Vocabulary::default());
    let capitals: Vec<usize> = (0..tokens.len()).filter(|i| tokens.capital(*i)).collect();
    bencher.counter(ItemsCount::new(capitals.len())).bench(|| {
        for i in &capitals {
            black_box(gazetteer().at(&tokens, *i));
        }
    });
}
