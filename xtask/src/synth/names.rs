//! Invented names: no state, town or person of the real world is among them.

use std::collections::BTreeSet;

use super::random::Random;

const ONSETS: [&str; 20] =
    ["B", "Br", "D", "Dr", "F", "G", "Gr", "J", "K", "Kr", "L", "M", "N", "P", "R", "S", "T", "Tr", "V", "Z"];
const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
const JOINTS: [&str; 8] = ["lv", "rn", "sk", "rd", "lm", "st", "vr", "zd"];
const STATES: [&str; 5] = ["r", "n", "l", "d", "m"];
const TOWNS: [&str; 7] = ["ka", "vo", "lin", "dar", "mont", "rek", "sova"];
const PEOPLE: [&str; 5] = ["vic", "nov", "ssen", "ric", "dak"];
const FIRST: [&str; 16] = [
    "Ilan", "Mirko", "Danela", "Yorik", "Sabina", "Tomas", "Levka", "Orsolya", "Radek", "Katya", "Bruno", "Zoran",
    "Petra", "Viktor", "Lena", "Joris",
];

/// Gives names, none of them twice.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// The stem of a state's name: `Kalvor`, for Kalvorie, Kalvoria, kalvorien and Kalvorian.
    pub(super) fn state(&mut self, random: &mut Random) -> String {
        self.new_name(random, &STATES)
    }

    /// A town, a district, a body: `Belmika`.
    pub(super) fn town(&mut self, random: &mut Random) -> String {
        self.new_name(random, &TOWNS)
    }

    /// First name and surname.
    pub(super) fn person(&mut self, random: &mut Random) -> String {
        let first = *random.pick(&FIRST);
        format!("{first} {}", self.new_name(random, &PEOPLE))
    }

    fn new_name(&mut self, random: &mut Random, ends: &[&str]) -> String {
        loop {
            let parts = [&ONSETS[..], &VOWELS, &JOINTS, &VOWELS, ends].map(|list| *random.pick(list));
            let name = parts.concat();
            if self.0.insert(name.clone()) {
                return name;
            }
        }
    }
}
