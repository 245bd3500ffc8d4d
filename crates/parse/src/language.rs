//! Which language a text is written in.

use whatlang::{Detector, Lang};

use crate::function_words::{FunctionWords, Hits};

/// Bytes of running text that are looked at: enough to be sure, little enough to be quick.
const SAMPLE: usize = 1_500;
/// Bytes from which on function words alone decide, where they are as many as in any prose.
const ENOUGH: usize = 200;
/// Function words by which a language has to lead another to be told from it by these words alone.
const CLEAR: usize = 2;

/// What the words of a text tell of its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detected<'w> {
    /// `fr` or `en`.
    Known(&'static str),
    /// A language that is not read here, by its English name.
    Foreign(&'w str),
    /// Too short or too mixed to tell.
    Unclear,
}

/// Looks at the beginning of `text`.
///
/// To count words is cheap. To compare the letters with those of all languages is not, and is done only where the words
/// leave a doubt. In a short text neither is sure of itself, and the two together mostly are.
pub(crate) fn detect<'w>(text: &str, words: &'w FunctionWords) -> Detected<'w> {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let hits = words.count(sample);
    let lead = Lead::of(&hits);
    if let Some(lead) = &lead
        && sample.len() >= ENOUGH
        && lead.is_prose(&hits)
    {
        return Detected::Known(lead.code);
    }
    let guess = Detector::new().detect(sample);
    let guessed = guess.as_ref().and_then(|guess| code(guess.lang()));
    let foreign = guess.filter(|_| guessed.is_none());
    if let Some(sure) = foreign.as_ref().filter(|guess| guess.is_reliable()) {
        return Detected::Foreign(sure.lang().eng_name());
    }
    match lead {
        Some(lead) if lead.is_clear(&hits) || lead.is_confirmed(&hits, guessed) => Detected::Known(lead.code),
        // Neighbours share their commonest words with one another: the letters know better which of them it is.
        _ if hits.neighbour >= hits.french.max(hits.english) + CLEAR => {
            Detected::Foreign(foreign.map_or(hits.neighbour_name, |guess| guess.lang().eng_name()))
        }
        _ => Detected::Unclear,
    }
}

fn code(lang: Lang) -> Option<&'static str> {
    match lang {
        Lang::Fra => Some("fr"),
        Lang::Eng => Some("en"),
        _ => None,
    }
}

/// French or English, whichever has at least twice as many function words as the other.
struct Lead {
    code: &'static str,
    hits: usize,
    other: usize,
}

impl Lead {
    fn of(hits: &Hits<'_>) -> Option<Lead> {
        let french = Lead { code: "fr", hits: hits.french, other: hits.english };
        let english = Lead { code: "en", hits: hits.english, other: hits.french };
        [french, english].into_iter().find(|lead| lead.hits > lead.other && lead.hits >= 2 * lead.other)
    }

    /// Whether one word in three is a function word of this language: in its prose two in five are, in that of a
    /// neighbour one in four at most.
    fn is_prose(&self, hits: &Hits<'_>) -> bool {
        self.hits > hits.neighbour && self.hits * 3 >= hits.words
    }

    /// Whether the words alone decide.
    fn is_clear(&self, hits: &Hits<'_>) -> bool {
        self.hits > hits.neighbour && self.hits >= self.other + CLEAR
    }

    /// Whether few words and the letters say the same.
    fn is_confirmed(&self, hits: &Hits<'_>, guessed: Option<&str>) -> bool {
        self.hits >= hits.neighbour && guessed == Some(self.code)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use Detected::{Foreign, Known, Unclear};

    use super::*;

    fn check(cases: &[(&str, Detected<'_>)]) {
        let words = FunctionWords::built_in().unwrap();
        let wrong: Vec<_> = cases
            .iter()
            .map(|(text, language)| (text, language, detect(text, &words)))
            .filter(|(_, language, found)| found != *language)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn one_sentence_is_enough() {
        check(&[
            ("The army said 12 soldiers were killed on Monday.", Known("en")),
            ("The general said his men had left the city.", Known("en")),
            ("At least 40 people have fled, officials said.", Known("en")),
            ("Moscow sent 3,000 troops to the border.", Known("en")),
            ("Rebels shelled the port twice overnight.", Known("en")),
            ("Drones hit two ships off Aden.", Known("en")),
            ("Kyiv denies losing the town.", Known("en")),
            ("L'armée a dit avoir perdu 12 soldats lundi.", Known("fr")),
            ("La Russie a perdu 12 chars près de Koursk.", Known("fr")),
            ("Les rebelles ont bombardé le port cette nuit.", Known("fr")),
            ("Au moins 40 personnes ont fui, selon le maire.", Known("fr")),
            ("LE GÉNÉRAL DÉMENT LA CHUTE DE LA VILLE", Known("fr")),
            ("Les combats ont repris à Goma vendredi.", Known("fr")),
            ("Moscou a envoyé 3 000 hommes à la frontière.", Known("fr")),
        ]);
    }

    #[test]
    fn one_sentence_of_another_language_is_not_taken_for_french_or_english() {
        check(&[
            ("Nach Angaben der Polizei war der Mann in der Stadt.", Foreign("German")),
            ("Die Stadt war in der Hand der Rebellen.", Foreign("German")),
            ("Los rebeldes han tomado la ciudad de Goma.", Foreign("Spanish")),
            ("Las tropas de la coalición se retiran del puerto.", Foreign("Spanish")),
            ("La ciudad de Adén fue atacada por la noche.", Foreign("Spanish")),
            ("El ejército dijo que 12 soldados murieron el lunes.", Foreign("Spanish")),
            ("Il ministro ha detto che il ponte è distrutto.", Foreign("Italian")),
            ("Le truppe hanno lasciato la base di Aden.", Foreign("Italian")),
            ("As tropas deixaram o porto de Áden à noite.", Foreign("Portuguese")),
            ("As forças de segurança entraram na cidade.", Foreign("Portuguese")),
            ("De stad is in handen van de rebellen.", Foreign("Dutch")),
            ("Er was geen water in de stad, zei de burgemeester.", Foreign("Dutch")),
            ("Armata a anunțat că au fost uciși 12 soldați la Kursk.", Foreign("Romanian")),
            ("Armia podała, że zginęło 12 żołnierzy.", Foreign("Polish")),
            ("Армія заявила про загибель 12 солдатів.", Foreign("Ukrainian")),
        ]);
    }

    #[test]
    fn an_article_is_known_by_its_prose() {
        check(&[
            (
                "Les habitants ont quitté la ville avant l'aube, a dit le maire de la commune, qui parle de trois \
                 cents familles sur les routes. Ils ne savent pas encore où elles seront logées, ni si le pont qui \
                 mène à la côte est ouvert.",
                Known("fr"),
            ),
            (
                "Residents left the town before dawn, the mayor of the district told reporters, and about three \
                 hundred families are on the roads. It was not clear where they would be housed, or whether the \
                 bridge to the coast is open.",
                Known("en"),
            ),
            (
                "El gobierno anunció que las tropas se retirarán de la ciudad antes del fin de semana, pero los \
                 vecinos dicen que los combates continúan en los barrios del norte y que nadie puede salir de sus \
                 casas desde hace tres días.",
                Foreign("Spanish"),
            ),
        ]);
    }

    #[test]
    fn what_cannot_be_told_is_left_open() {
        check(&[
            ("12 345 / 678", Unclear),
            ("Norburg, Goma, Aden", Unclear),
            ("Os rebeldes tomaram a cidade de Goma.", Unclear),
            (
                "Le pont est fermé, a dit le maire de la ville. The bridge is closed, the mayor of the town said.",
                Unclear,
            ),
        ]);
    }
}
