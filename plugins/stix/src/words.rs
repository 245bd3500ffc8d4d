//! The words and figures of a bundle, in French and English.

use recoup_plugin::prelude::*;

/// The language of names, notes and opinions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(crate = "recoup_plugin::serde")]
pub enum Language {
    /// French.
    #[serde(rename = "fr")]
    French,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// The language of a code such as `fr`; English where it is none that a bundle can be written in.
    pub(crate) fn of(code: &str) -> Self {
        if code == "fr" { Language::French } else { Language::English }
    }

    /// Its code, for the property `lang`.
    pub(crate) fn code(self) -> &'static str {
        self.choose("fr", "en")
    }

    /// The text in this language.
    pub(crate) fn choose<T>(self, french: T, english: T) -> T {
        match self {
            Language::French => french,
            Language::English => english,
        }
    }

    /// The name in this language, else in the other: better than an id.
    pub(crate) fn name<'n>(self, french: Option<&'n str>, english: Option<&'n str>) -> Option<&'n str> {
        self.choose(french.or(english), english.or(french))
    }

    /// Between a label and what it labels.
    pub(crate) fn colon(self) -> &'static str {
        self.choose("\u{a0}: ", ": ")
    }

    pub(crate) fn semicolon(self) -> &'static str {
        self.choose("\u{a0}; ", "; ")
    }

    pub(crate) fn quote(self, words: &str) -> String {
        self.choose(format!("«\u{a0}{words}\u{a0}»"), format!("“{words}”"))
    }

    /// Bounds with what they count: `between 20 and 35 people`; `None` without a figure.
    pub(crate) fn quantity(
        self,
        low: Option<f64>,
        high: Option<f64>,
        approximate: bool,
        unit: Option<&str>,
    ) -> Option<String> {
        let about = if approximate { self.choose("environ ", "about ") } else { "" };
        let figure = |value| self.figure(value);
        let bound = match (low, high) {
            (Some(low), Some(high)) if low == high => format!("{about}{}", figure(low)),
            (Some(low), Some(high)) if approximate => {
                format!("{about}{}{}{}", figure(low), self.choose(" à ", " to "), figure(high))
            }
            (Some(low), Some(high)) => {
                let [between, and] = self.choose(["entre", "et"], ["between", "and"]);
                format!("{between} {} {and} {}", figure(low), figure(high))
            }
            (Some(low), None) => format!("{} {about}{}", self.choose("au moins", "at least"), figure(low)),
            (None, Some(high)) => format!("{} {about}{}", self.choose("au plus", "at most"), figure(high)),
            (None, None) => return None,
        };
        let number = high.or(low).unwrap_or_default();
        Some(unit.map_or_else(|| bound.clone(), |unit| format!("{bound}\u{a0}{}", self.unit(unit, number))))
    }

    /// A number with its digits in groups of three: `12 000` with a narrow no-break space, `12,000`.
    pub(crate) fn figure(self, value: f64) -> String {
        let text = value.abs().to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let mut out = String::from(if value < 0.0 { "-" } else { "" });
        for (at, digit) in whole.char_indices() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                out.push(self.choose('\u{202f}', ','));
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push(self.choose(',', '.'));
            out.push_str(fraction);
        }
        out
    }

    /// A number of things.
    pub(crate) fn count(self, number: usize, french: [&str; 2], english: [&str; 2]) -> String {
        // French counts none as singular, English as plural.
        let plural = self.choose(number > 1, number != 1);
        format!("{number}\u{a0}{}", self.choose(french, english)[usize::from(plural)])
    }

    pub(crate) fn origins(self, number: usize) -> String {
        let count = self.count(
            number,
            ["origine indépendante", "origines indépendantes"],
            ["independent origin", "independent origins"],
        );
        format!("{} {count}", self.choose("au plus", "at most"))
    }

    pub(crate) fn status(self, status: Status) -> &'static str {
        match status {
            Status::Superseded => self.choose("remplacé", "superseded"),
            Status::Denied => self.choose("démenti", "denied"),
            Status::Disputed => self.choose("contesté", "disputed"),
            Status::Corroborated => self.choose("recoupé", "corroborated"),
            Status::Unconfirmed => self.choose("non confirmé", "unconfirmed"),
            Status::SingleSource => self.choose("source unique", "single source"),
        }
    }

    pub(crate) fn stance(self, stance: Stance) -> &'static str {
        match stance {
            Stance::Asserted => self.choose("affirmé", "asserted"),
            Stance::Hedged => self.choose("au conditionnel", "hedged"),
            Stance::Denied => self.choose("démenti", "denied"),
            Stance::Unconfirmed => self.choose("non confirmé", "not confirmed"),
            Stance::Planned => self.choose("annoncé", "planned"),
        }
    }

    pub(crate) fn class(self, class: DisagreementClass) -> &'static str {
        match class {
            DisagreementClass::Definition => self.choose("Définitions différentes", "Different definitions"),
            DisagreementClass::Scope => self.choose("Partie et tout", "Part and whole"),
            DisagreementClass::Place => self.choose("Lieux différents", "Different places"),
            DisagreementClass::Period => self.choose("Périodes différentes", "Different periods"),
            DisagreementClass::Date => self.choose("Dates différentes", "Different dates"),
            DisagreementClass::Stale => self.choose("Chiffre ancien", "Older figure"),
            DisagreementClass::BoundCompatible => self.choose("Bornes compatibles", "Compatible bounds"),
            DisagreementClass::Hedge => self.choose("Certitude différente", "Different certainty"),
            DisagreementClass::Headline => self.choose("Titre contre texte", "Headline against body"),
            DisagreementClass::Attribution => self.choose("Attribution flottante", "Shifting attribution"),
            DisagreementClass::Denial => self.choose("Démenti", "Denial"),
            DisagreementClass::Genuine => self.choose("Contradiction", "Contradiction"),
        }
    }

    /// What a built-in indicator is called; of others the id.
    pub(crate) fn indicator(self, id: &str) -> &str {
        match id {
            "forces.sent" => self.choose("Forces envoyées", "Forces sent"),
            "forces.present" => self.choose("Forces présentes", "Forces present"),
            "forces.withdrawn" => self.choose("Forces retirées", "Forces withdrawn"),
            "forces.trained" => self.choose("Forces formées", "Forces trained"),
            "casualties.killed" => self.choose("Tués", "Killed"),
            "casualties.wounded" => self.choose("Blessés", "Wounded"),
            "casualties.killed_or_wounded" => self.choose("Tués ou blessés", "Killed or wounded"),
            "casualties.missing" => self.choose("Disparus", "Missing"),
            "prisoners.captured" => self.choose("Prisonniers", "Prisoners"),
            "people.displaced" => self.choose("Personnes déplacées", "Displaced people"),
            "equipment.delivered" => self.choose("Matériel livré", "Equipment delivered"),
            "equipment.destroyed" => self.choose("Matériel détruit", "Equipment destroyed"),
            "munitions.launched" => self.choose("Munitions lancées", "Munitions launched"),
            "munitions.intercepted" => self.choose("Munitions interceptées", "Munitions intercepted"),
            "territory.captured" => self.choose("Terrain pris", "Ground taken"),
            "territory.held" => self.choose("Terrain tenu", "Ground held"),
            "territory.lost" => self.choose("Terrain perdu", "Ground lost"),
            "agreement.signed" => self.choose("Accord signé", "Agreement signed"),
            "aid.provided" => self.choose("Aide fournie", "Aid provided"),
            VERIFICATION => self.choose("N’a pu être vérifié", "Could not be verified"),
            other => other,
        }
    }

    /// The plural of a unit where it is not the singular's own; a unit without words is printed as it is.
    fn unit(self, unit: &str, number: f64) -> String {
        let (french, english) = match unit {
            "person" => (["personne", "personnes"], ["person", "people"]),
            "family" => (["famille", "familles"], ["family", "families"]),
            "system" => (["système", "systèmes"], ["system", "systems"]),
            "vehicle" => (["véhicule", "véhicules"], ["vehicle", "vehicles"]),
            "aircraft" => (["aéronef", "aéronefs"], ["aircraft", "aircraft"]),
            "ship" => (["navire", "navires"], ["ship", "ships"]),
            "drone" => (["drone", "drones"], ["drone", "drones"]),
            "missile" => (["missile", "missiles"], ["missile", "missiles"]),
            "rocket" => (["roquette", "roquettes"], ["rocket", "rockets"]),
            "shell" => (["obus", "obus"], ["shell", "shells"]),
            "bomb" => (["bombe", "bombes"], ["bomb", "bombs"]),
            "mine" => (["mine", "mines"], ["mine", "mines"]),
            "locality" => (["localité", "localités"], ["locality", "localities"]),
            "km2" => (["km²", "km²"], ["km²", "km²"]),
            "tonne" => (["tonne", "tonnes"], ["tonne", "tonnes"]),
            "company" => (["compagnie", "compagnies"], ["company", "companies"]),
            "battalion" => (["bataillon", "bataillons"], ["battalion", "battalions"]),
            "brigade" => (["brigade", "brigades"], ["brigade", "brigades"]),
            other => return crate::object::one_line(other),
        };
        let plural = self.choose(number.abs() >= 2.0, number.abs() != 1.0);
        self.choose(french, english)[usize::from(plural)].to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities() {
        let cases = [
            (Some(7.0), Some(7.0), false, Some("7\u{a0}personnes"), Some("7\u{a0}people")),
            (Some(20.0), Some(99.0), true, Some("environ 20 à 99\u{a0}personnes"), Some("about 20 to 99\u{a0}people")),
            (Some(3.0), Some(4.0), false, Some("entre 3 et 4\u{a0}personnes"), Some("between 3 and 4\u{a0}people")),
            (
                Some(1500.5),
                None,
                false,
                Some("au moins 1\u{202f}500,5\u{a0}personnes"),
                Some("at least 1,500.5\u{a0}people"),
            ),
            (None, Some(1.0), true, Some("au plus environ 1\u{a0}personne"), Some("at most about 1\u{a0}person")),
            (None, None, true, None, None),
        ];
        for (low, high, approximate, french, english) in cases {
            let said = |language: Language| language.quantity(low, high, approximate, Some("person"));
            assert_eq!(said(Language::French).as_deref(), french);
            assert_eq!(said(Language::English).as_deref(), english);
        }
    }

    #[test]
    fn every_built_in_indicator_has_a_name() {
        for id in INDICATORS.iter().chain([&VERIFICATION]) {
            for language in [Language::French, Language::English] {
                assert_ne!(language.indicator(id), *id);
            }
        }
    }
}
