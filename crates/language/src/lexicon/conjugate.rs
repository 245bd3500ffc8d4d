//! Forms of verbs and nouns, made from their dictionary forms by the rules of the language.

use super::{Form, Tense};

/// A verb whose conjugation is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{conjugation}` is no conjugation for `{lemma}`: {expected}")]
pub struct UnknownConjugation {
    lemma: String,
    conjugation: String,
    expected: &'static str,
}

/// The forms of a French verb: third persons, infinitive, participles.
pub(super) fn french_verb(lemma: &str, conjugation: &str) -> Result<Vec<(String, Form)>, UnknownConjugation> {
    let parts: Vec<&str> = conjugation.split(' ').collect();
    let mut forms = match (parts.as_slice(), lemma) {
        (["er"], lemma) if lemma.ends_with("er") => first_group(lemma),
        (["ir"], lemma) if lemma.ends_with("ir") => second_group(&lemma[..lemma.len() - 2]),
        (["re"], lemma) if lemma.ends_with("re") => third_group(&lemma[..lemma.len() - 2]),
        ([present, presents, imperfect, future, past, pasts, participle, gerund], _) => principal(Parts {
            present: vec![(*present).to_owned(), (*presents).to_owned()],
            imperfect: (*imperfect).to_owned(),
            future: (*future).to_owned(),
            past: vec![(*past).to_owned(), (*pasts).to_owned()],
            participle: (*participle).to_owned(),
            gerund: (*gerund).to_owned(),
        }),
        _ => {
            return Err(UnknownConjugation {
                lemma: lemma.to_owned(),
                conjugation: conjugation.to_owned(),
                expected: "\"er\", \"ir\", \"re\", or the eight principal parts of an irregular verb",
            });
        }
    };
    forms.push((lemma.to_owned(), Form::Infinitive));
    Ok(forms)
}

struct Parts {
    present: Vec<String>,
    imperfect: String,
    future: String,
    past: Vec<String>,
    participle: String,
    gerund: String,
}

fn principal(parts: Parts) -> Vec<(String, Form)> {
    let finite = |tense| move |form: String| (form, Form::Finite(tense));
    let mut forms: Vec<(String, Form)> = Vec::with_capacity(32);
    // The subjunctive has the stem of the third person plural (*qu'il détruise*), the first person plural that of the
    // present participle (*nous détenons*).
    let subjunctive = parts.present.iter().find_map(|form| form.strip_suffix("nt").filter(|stem| stem.ends_with('e')));
    let first_plural = parts.gerund.strip_suffix("ant").map(|stem| format!("{stem}ons"));
    forms.extend(subjunctive.map(str::to_owned).into_iter().chain(first_plural).map(finite(Tense::Present)));
    forms.extend(parts.present.into_iter().map(finite(Tense::Present)));
    forms.extend(parts.past.into_iter().map(finite(Tense::Past)));
    for ending in ["ait", "aient", "ions"] {
        forms.push((format!("{}{ending}", parts.imperfect), Form::Finite(Tense::Imperfect)));
    }
    for ending in ["a", "ont", "ons"] {
        forms.push((format!("{}{ending}", parts.future), Form::Finite(Tense::Future)));
    }
    for ending in ["ait", "aient"] {
        forms.push((format!("{}{ending}", parts.future), Form::Finite(Tense::Conditional)));
    }
    let participle = parts.participle;
    let masculine = participle.replace('û', "u");
    let plural = if participle.ends_with('s') { masculine.clone() } else { format!("{masculine}s") };
    for form in [participle, plural, format!("{masculine}e"), format!("{masculine}es")] {
        forms.push((form, Form::Participle));
    }
    forms.push((parts.gerund, Form::Gerund));
    forms
}

fn first_group(lemma: &str) -> Vec<(String, Form)> {
    let stem = &lemma[..lemma.len() - 2];
    // Before a mute e the vowel of the stem opens (*libère*, *relève*) or the consonant doubles (*rappelle*);
    // before a and o a soft c or g stays soft (*annonça*, *engagea*).
    let open = opened(stem);
    let soft = match stem.as_bytes() {
        [.., b'g'] => format!("{stem}e"),
        [rest @ .., b'c'] => format!("{}ç", String::from_utf8_lossy(rest)),
        _ => stem.to_owned(),
    };
    let future = if stem != open && lemma_opens_in_future(stem) { format!("{open}er") } else { lemma.to_owned() };
    let mut present = vec![format!("{open}e"), format!("{open}ent"), format!("{soft}ons"), format!("{stem}ez")];
    // Behind an a the y may stay or go: *essaye*, *essaie*.
    if let Some(rest) = stem.strip_suffix("ay") {
        present.extend([format!("{rest}aie"), format!("{rest}aient")]);
    }
    let mut forms = principal(Parts {
        present,
        imperfect: soft.clone(),
        future,
        past: vec![format!("{soft}a"), format!("{stem}èrent")],
        participle: format!("{stem}é"),
        gerund: format!("{soft}ant"),
    });
    // *nous relations*, *nous exécutions*: nobody writes them of what nouns say everywhere.
    forms.retain(|(form, kind)| *kind != Form::Finite(Tense::Imperfect) || !form.ends_with("ions"));
    forms
}

fn opened(stem: &str) -> String {
    let chars: Vec<char> = stem.chars().collect();
    match chars.as_slice() {
        [.., 'p', 'e', 'l'] | [.., 'u', 'v', 'e', 'l'] => format!("{stem}l"),
        [.., 'j' | 'u', 'e', 't'] => format!("{stem}t"),
        [rest @ .., 'e' | 'é', consonant] if !"aeiouéèy".contains(*consonant) => {
            rest.iter().chain(&['è', *consonant]).collect()
        }
        // *pénétrer*, *régner*, *alléguer*: two consonants that open the next syllable together.
        [rest @ .., 'é', first @ ('b' | 'c' | 'd' | 'g' | 'p' | 't' | 'v'), second @ ('r' | 'l' | 'n')]
        | [rest @ .., 'é', first @ ('g' | 'q'), second @ 'u'] => rest.iter().chain(&['è', *first, *second]).collect(),
        [rest @ .., 'o' | 'u', 'y'] => {
            let mut open: String = rest.iter().collect();
            open.push(chars[chars.len() - 2]);
            open.push('i');
            open
        }
        _ => stem.to_owned(),
    }
}

/// *relever* makes *relèvera*, but *libérer* and *pénétrer* keep *libérera*, *pénétrera*.
fn lemma_opens_in_future(stem: &str) -> bool {
    !stem.chars().rev().skip(1).take(2).any(|c| c == 'é')
}

fn second_group(stem: &str) -> Vec<(String, Form)> {
    principal(Parts {
        present: vec![format!("{stem}it"), format!("{stem}issent")],
        imperfect: format!("{stem}iss"),
        future: format!("{stem}ir"),
        past: vec![format!("{stem}it"), format!("{stem}irent")],
        participle: format!("{stem}i"),
        gerund: format!("{stem}issant"),
    })
}

fn third_group(stem: &str) -> Vec<(String, Form)> {
    principal(Parts {
        present: vec![stem.to_owned(), format!("{stem}ent")],
        imperfect: stem.to_owned(),
        future: format!("{stem}r"),
        past: vec![format!("{stem}it"), format!("{stem}irent")],
        participle: format!("{stem}u"),
        gerund: format!("{stem}ant"),
    })
}

/// The forms of an English verb; `conjugation` is "reg", or past and participle of an irregular verb.
pub(super) fn english_verb(lemma: &str, conjugation: &str) -> Result<Vec<(String, Form)>, UnknownConjugation> {
    let parts: Vec<&str> = conjugation.split(' ').collect();
    let (pasts, participle) = match parts.as_slice() {
        ["reg"] => (english_past(lemma), english_past(lemma)),
        ["double"] => {
            let doubled = format!("{lemma}{}ed", &lemma[lemma.len() - 1..]);
            (doubled.clone(), doubled)
        }
        [past, participle] => ((*past).to_owned(), (*participle).to_owned()),
        _ => {
            return Err(UnknownConjugation {
                lemma: lemma.to_owned(),
                conjugation: conjugation.to_owned(),
                expected: "\"reg\", \"double\", or past and participle of an irregular verb",
            });
        }
    };
    let gerund = match lemma.strip_suffix('e') {
        _ if parts == ["double"] => format!("{lemma}{}ing", &lemma[lemma.len() - 1..]),
        Some(stem) if stem.ends_with('i') => format!("{}ying", &stem[..stem.len() - 1]),
        Some(stem) if !lemma.ends_with("ee") => format!("{stem}ing"),
        _ => format!("{lemma}ing"),
    };
    Ok(vec![
        (lemma.to_owned(), Form::Infinitive),
        (lemma.to_owned(), Form::Finite(Tense::Present)),
        (english_plural(lemma), Form::Finite(Tense::Present)),
        (pasts, Form::Finite(Tense::Past)),
        (participle, Form::Participle),
        (gerund, Form::Gerund),
    ])
}

fn english_past(lemma: &str) -> String {
    match lemma.strip_suffix('y') {
        _ if lemma.ends_with('e') => format!("{lemma}d"),
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ied"),
        _ => format!("{lemma}ed"),
    }
}

/// The plural of an English word; the same ending makes the third person.
pub(super) fn english_plural(word: &str) -> String {
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh") => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

/// The plural of a French word.
pub(crate) fn french_plural(word: &str) -> String {
    if word.ends_with(['s', 'x', 'z']) {
        word.to_owned()
    } else if word.ends_with("eau") || word.ends_with("eu") {
        format!("{word}x")
    } else if let Some(stem) = word.strip_suffix("al") {
        format!("{stem}aux")
    } else {
        format!("{word}s")
    }
}

/// The feminine of a French adjective.
pub(crate) fn french_feminine(word: &str) -> String {
    let rules = [("en", "enne"), ("on", "onne"), ("er", "ère"), ("eux", "euse"), ("if", "ive"), ("el", "elle")];
    for (masculine, feminine) in rules {
        if let Some(stem) = word.strip_suffix(masculine) {
            return format!("{stem}{feminine}");
        }
    }
    if word.ends_with('e') { word.to_owned() } else { format!("{word}e") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(lemma: &str, conjugation: &str, form: &str, kind: Form) {
        let forms = french_verb(lemma, conjugation).unwrap();
        assert!(forms.contains(&(form.to_owned(), kind)), "{lemma}: {form} {kind:?} not in {forms:?}");
    }

    #[test]
    fn french_verbs() {
        has("tuer", "er", "tuées", Form::Participle);
        has("tuer", "er", "tueraient", Form::Finite(Tense::Conditional));
        has("libérer", "er", "libère", Form::Finite(Tense::Present));
        has("libérer", "er", "libérera", Form::Finite(Tense::Future));
        has("relever", "er", "relèvera", Form::Finite(Tense::Future));
        has("rappeler", "er", "rappelle", Form::Finite(Tense::Present));
        has("déployer", "er", "déploie", Form::Finite(Tense::Present));
        has("rejeter", "er", "rejette", Form::Finite(Tense::Present));
        has("rejeter", "er", "rejettera", Form::Finite(Tense::Future));
        has("acheter", "er", "achète", Form::Finite(Tense::Present));
        has("marteler", "er", "martèle", Form::Finite(Tense::Present));
        has("renouveler", "er", "renouvelle", Form::Finite(Tense::Present));
        has("pénétrer", "er", "pénètrent", Form::Finite(Tense::Present));
        has("pénétrer", "er", "pénétreraient", Form::Finite(Tense::Conditional));
        has("alléguer", "er", "allègue", Form::Finite(Tense::Present));
        has("perpétuer", "er", "perpétue", Form::Finite(Tense::Present));
        has("essayer", "er", "essaie", Form::Finite(Tense::Present));
        has("essayer", "er", "essaye", Form::Finite(Tense::Present));
        has("perdre", "re", "perde", Form::Finite(Tense::Present));
        has("périr", "ir", "périssent", Form::Finite(Tense::Present));
        has("périr", "ir", "périsse", Form::Finite(Tense::Present));
        has("perdre", "re", "perdrons", Form::Finite(Tense::Future));
        has(
            "détenir",
            "détient détiennent déten détiendr détint détinrent détenu détenant",
            "détenons",
            Form::Finite(Tense::Present),
        );
        has("annoncer", "er", "annonça", Form::Finite(Tense::Past));
        has("engager", "er", "engageait", Form::Finite(Tense::Imperfect));
        has("périr", "ir", "péri", Form::Participle);
        has("perdre", "re", "perdrait", Form::Finite(Tense::Conditional));
        has("devoir", "doit doivent dev devr dut durent dû devant", "devrait", Form::Finite(Tense::Conditional));
        let relater = french_verb("relater", "er").unwrap();
        assert!(relater.iter().all(|(form, _)| form != "relations"));
        assert!(french_verb("tuer", "foo").is_err());
    }

    #[test]
    fn english_forms() {
        let forms = english_verb("deny", "reg").unwrap();
        assert!(forms.contains(&("denies".to_owned(), Form::Finite(Tense::Present))));
        assert!(forms.contains(&("denied".to_owned(), Form::Participle)));
        assert!(english_verb("send", "sent sent").unwrap().contains(&("sending".to_owned(), Form::Gerund)));
        assert!(english_verb("die", "reg").unwrap().contains(&("dying".to_owned(), Form::Gerund)));
    }
}
