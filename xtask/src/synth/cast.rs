//! Who fights, where, and who speaks of it: the theatre of a set, and what the generator knows of it beside.

use recoup_model::{
    Actor, ActorKind, Demonyms, Place, PlaceRef, Precision, Reliability, Source, SourceKind, SourceRef, Theatre, slug,
};

use super::names::Names;
use super::random::Random;
use super::wording::Language;

/// States whose ground is fought over; the others have a country alone.
const BELLIGERENTS: usize = 10;
const REGIONS: usize = 3;
const DISTRICTS: usize = 3;
const VILLAGES: usize = 4;

/// Everybody and everywhere.
#[derive(Debug, Default)]
pub(super) struct Cast {
    pub(super) theatre: Theatre,
    pub(super) states: Vec<State>,
    pub(super) regions: Vec<Region>,
    /// Who speaks and is no outlet; the first are those of the states, in their order.
    pub(super) bodies: Vec<Body>,
    pub(super) outlets: Vec<Outlet>,
}

/// A state.
#[derive(Debug)]
pub(super) struct State {
    pub(super) id: String,
    /// Its people, plural in French: `kalvoriens`.
    pub(super) people_fr: String,
    pub(super) people_en: String,
    pub(super) country: Spot,
}

/// A place as a question knows it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spot {
    pub(super) id: String,
    pub(super) fr: String,
    pub(super) en: String,
    pub(super) precision: Precision,
    lat: f64,
    lon: f64,
}

impl Spot {
    /// The place in a claim of a text in this language.
    pub(super) fn reference(&self, language: Language) -> PlaceRef {
        PlaceRef {
            name: language.of(&self.fr, &self.en).to_owned(),
            id: Some(self.id.clone()),
            precision: Some(self.precision),
            lat: Some(self.lat),
            lon: Some(self.lon),
        }
    }
}

/// A region with its districts.
#[derive(Debug)]
pub(super) struct Region {
    pub(super) spot: Spot,
    pub(super) districts: Vec<(Spot, Vec<Spot>)>,
}

/// One origin that is no outlet, and those who speak for it.
#[derive(Debug)]
pub(super) struct Body {
    /// By which origins are told apart in the truth.
    pub(super) key: String,
    pub(super) voices: Vec<Voice>,
    pub(super) kind: SourceKind,
}

/// Somebody who is quoted.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Voice {
    pub(super) id: String,
    pub(super) name: String,
    /// As a subject of a sentence, with its article.
    pub(super) fr: String,
    pub(super) en: String,
}

impl Voice {
    pub(super) fn reference(&self) -> SourceRef {
        SourceRef { id: self.id.clone(), name: self.name.clone(), cue: None }
    }
}

/// A newspaper or an agency.
#[derive(Debug)]
pub(super) struct Outlet {
    pub(super) voice: Voice,
    pub(super) language: Language,
    /// Its owner, else itself: titles of one owner are one origin.
    pub(super) root: String,
}

impl Cast {
    /// A theatre with so many states and outlets.
    pub(super) fn draw(states: usize, outlets: usize, random: &mut Random) -> Cast {
        let mut names = Names::default();
        let mut cast = Cast::default();
        for at in 0..states {
            cast.add_state(at < BELLIGERENTS, &mut names, random);
        }
        for _ in 0..10 {
            let name = names.town(random);
            let (fr, en) = (format!("Observatoire {name}"), format!("{name} Observatory"));
            cast.add_body(SourceKind::Ngo, Reliability::B, (fr, en), &mut names, random);
        }
        for _ in 0..5 {
            let name = names.town(random);
            let (fr, en) = (format!("Agence {name} d'assistance"), format!("{name} Relief Agency"));
            cast.add_body(SourceKind::Igo, Reliability::A, (fr, en), &mut names, random);
        }
        for _ in 0..8 {
            let name = names.town(random);
            let (fr, en) = (format!("hôpital central de {name}"), format!("{name} Central Hospital"));
            cast.add_body(SourceKind::Medical, Reliability::C, (fr, en), &mut names, random);
        }
        for at in 0..outlets {
            cast.add_outlet(at, &mut names, random);
        }
        cast
    }

    fn add_state(&mut self, belligerent: bool, names: &mut Names, random: &mut Random) {
        let stem = names.state(random);
        let (fr, en, demonym_fr, demonym_en) =
            (format!("{stem}ie"), format!("{stem}ia"), format!("{}ien", stem.to_lowercase()), format!("{stem}ian"));
        let id = slug(&en);
        let at = (random.within(-40.0, 60.0), random.within(-10.0, 120.0));
        let country = self.add_place(&id, None, (&fr, &en), Precision::Country, at);
        if belligerent {
            self.add_ground(&country, names, random);
        }
        self.theatre.actors.push(Actor {
            id: id.clone(),
            name: Some(en.clone()),
            name_fr: Some(fr.clone()),
            kind: Some(ActorKind::State),
            side: belligerent.then(|| id.clone()),
            names: vec![fr, en.clone()],
            metonyms: Vec::new(),
            demonyms: Demonyms { fr: vec![format!("{demonym_fr}|{demonym_fr}ne")], en: vec![demonym_en.clone()] },
            place: Some(id.clone()),
        });
        let ministry = (format!("ministère {demonym_fr} de la Défense"), format!("{demonym_en} Defence Ministry"));
        let staff = (format!("état-major {demonym_fr}"), format!("{demonym_en} General Staff"));
        let spies = (format!("renseignement militaire {demonym_fr}"), format!("{demonym_en} military intelligence"));
        let mut voices = vec![self.add_source(SourceKind::Government, Reliability::D, ministry, Some(&id), None)];
        let service = voices[0].id.clone();
        let person = names.person(random);
        voices.push(self.add_source(
            SourceKind::Person,
            Reliability::D,
            (person.clone(), person),
            None,
            Some(&service),
        ));
        if belligerent {
            voices.push(self.add_source(SourceKind::Military, Reliability::D, staff, Some(&id), None));
            voices.push(self.add_source(SourceKind::Intelligence, Reliability::C, spies, Some(&id), None));
        }
        self.bodies.push(Body { key: id.clone(), voices, kind: SourceKind::Government });
        let people_fr = format!("{demonym_fr}s");
        self.states.push(State { id, people_fr, people_en: demonym_en, country });
    }

    /// Regions, districts and villages of a country.
    fn add_ground(&mut self, country: &Spot, names: &mut Names, random: &mut Random) {
        for _ in 0..REGIONS {
            let at = (country.lat + random.within(-3.0, 3.0), country.lon + random.within(-3.0, 3.0));
            let name = names.town(random);
            let id = format!("{}-{}", country.id, slug(&name));
            let region = self.add_place(&id, Some(&country.id), (&name, &name), Precision::Region, at);
            let mut districts = Vec::new();
            for _ in 0..DISTRICTS {
                let name = names.town(random);
                let id = format!("{}-{}", country.id, slug(&name));
                let at = (at.0 + random.within(-0.8, 0.8), at.1 + random.within(-0.8, 0.8));
                let district = self.add_place(&id, Some(&region.id), (&name, &name), Precision::District, at);
                let mut villages = Vec::new();
                for _ in 0..VILLAGES {
                    let name = names.town(random);
                    let id = format!("{}-{}", country.id, slug(&name));
                    let at = (at.0 + random.within(-0.2, 0.2), at.1 + random.within(-0.2, 0.2));
                    villages.push(self.add_place(&id, Some(&district.id), (&name, &name), Precision::Locality, at));
                }
                districts.push((district, villages));
            }
            self.regions.push(Region { spot: region, districts });
        }
    }

    fn add_place(
        &mut self,
        id: &str,
        within: Option<&str>,
        (fr, en): (&str, &str),
        precision: Precision,
        (lat, lon): (f64, f64),
    ) -> Spot {
        let round = |degrees: f64| (degrees * 100.0).round() / 100.0;
        let spot = Spot {
            id: id.to_owned(),
            fr: fr.to_owned(),
            en: en.to_owned(),
            precision,
            lat: round(lat),
            lon: round(lon),
        };
        let mut names = vec![spot.fr.clone(), spot.en.clone()];
        names.dedup();
        self.theatre.places.push(Place {
            id: spot.id.clone(),
            name: Some(spot.en.clone()),
            name_fr: Some(spot.fr.clone()),
            names,
            precision: Some(precision),
            within: within.map(str::to_owned),
            lat: Some(spot.lat),
            lon: Some(spot.lon),
        });
        spot
    }

    /// A body that takes no part in the fighting, and a person who speaks for it.
    fn add_body(
        &mut self,
        kind: SourceKind,
        grade: Reliability,
        name: (String, String),
        names: &mut Names,
        random: &mut Random,
    ) {
        let body = self.add_source(kind, grade, name, None, None);
        let person = names.person(random);
        let person = self.add_source(SourceKind::Person, grade, (person.clone(), person), None, Some(&body.id));
        self.bodies.push(Body { key: body.id.clone(), voices: vec![body, person], kind });
    }

    /// An outlet; every sixth belongs to the owner of the one before.
    fn add_outlet(&mut self, at: usize, names: &mut Names, random: &mut Random) {
        let town = names.town(random);
        let language = if random.chance(0.5) { Language::French } else { Language::English };
        let name = match language {
            Language::French => format!("{town} {}", random.pick(&["Presse", "Matin", "Dépêches", "Info"])),
            Language::English => format!("{town} {}", random.pick(&["Herald", "Wire", "Post", "Monitor"])),
        };
        let owner = match at % 6 {
            4 => {
                let group = format!("{town} Media Group");
                Some(self.add_source(SourceKind::Media, Reliability::C, (group.clone(), group), None, None).id)
            }
            5 => self.outlets.last().map(|outlet| outlet.root.clone()),
            _ => None,
        };
        let grade = *random.pick(&[Reliability::B, Reliability::C, Reliability::D]);
        let mut voice = self.add_source(SourceKind::Media, grade, (name.clone(), name.clone()), None, owner.as_deref());
        // A title stands without an article.
        (voice.fr, voice.en) = (name.clone(), name);
        let root = owner.unwrap_or_else(|| voice.id.clone());
        self.outlets.push(Outlet { voice, language, root });
    }

    fn add_source(
        &mut self,
        kind: SourceKind,
        grade: Reliability,
        (fr, en): (String, String),
        actor: Option<&str>,
        of: Option<&str>,
    ) -> Voice {
        let id = slug(&en);
        let mut names = vec![fr.clone(), en.clone()];
        names.dedup();
        let voice = match kind {
            SourceKind::Person | SourceKind::Media => {
                Voice { id: id.clone(), name: en.clone(), fr: fr.clone(), en: en.clone() }
            }
            _ => {
                let article = if fr.starts_with(['O', 'A', 'é', 'h']) { "l'" } else { "le " };
                Voice { id: id.clone(), name: en.clone(), fr: format!("{article}{fr}"), en: format!("the {en}") }
            }
        };
        self.theatre.sources.push(Source {
            id,
            name: Some(en),
            name_fr: Some(fr),
            kind: Some(kind),
            actor: actor.map(str::to_owned),
            side: None,
            of: of.map(str::to_owned),
            reliability: Some(grade),
            names,
        });
        voice
    }
}
