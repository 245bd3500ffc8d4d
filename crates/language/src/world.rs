//! The base pack of the world, on which every theatre builds.

use std::sync::OnceLock;

use recoup_model::Theatre;

/// In the order of their names, in which a theatre's folder is read too.
const FILES: [(&str, &str); 5] = [
    ("bodies.toml", include_str!("../data/world/bodies.toml")),
    ("forces.toml", include_str!("../data/world/forces.toml")),
    ("groups.toml", include_str!("../data/world/groups.toml")),
    ("places.toml", include_str!("../data/world/places.toml")),
    ("states.toml", include_str!("../data/world/states.toml")),
];

/// States, their capitals and peoples, places that war news names, bodies that are the same everywhere.
pub fn world() -> &'static Theatre {
    static WORLD: OnceLock<Theatre> = OnceLock::new();
    WORLD.get_or_init(|| {
        let mut world = Theatre::default();
        for (file, text) in FILES {
            // The pack is part of the program, and a test reads it: this fails on no input.
            world.extend(toml::from_str(text).unwrap_or_else(|e| unreachable!("{file}: {e}")));
        }
        world
    })
}

/// What the gazetteer is: the hash of its table and what that was made of. It stands for the table in the run manifest.
const GAZETTEER: (&str, &str) = ("gazetteer.toml", include_str!("../data/gazetteer/gazetteer.toml"));

/// The files of all packs, base pack and languages, with their contents: for the run manifest.
pub fn pack_files() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.into_iter().chain([GAZETTEER]).chain(crate::lexicon::FILES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_of_the_base_pack_leads_somewhere() {
        let world = world();
        assert!(world.actors.len() > 190);
        for place in &world.places {
            assert!(place.within.as_deref().is_none_or(|id| world.place(id).is_some()), "{}", place.id);
        }
        for actor in &world.actors {
            assert!(actor.place.as_deref().is_none_or(|id| world.place(id).is_some()), "{}", actor.id);
        }
        for source in &world.sources {
            assert!(source.actor.as_deref().is_none_or(|id| world.actor(id).is_some()), "{}", source.id);
        }
    }

    #[test]
    fn a_town_of_the_gazetteer_lies_in_its_country() {
        let world = world();
        assert!(world.lies_within("sd-rabak", "sd"));
        assert!(world.lies_within("sd-rabak", "africa"));
        assert!(!world.lies_within("sd-rabak", "td"));
        assert_eq!(world.next_larger("sd-khartoum"), Some("sd"), "its own entry says so");
    }
}
