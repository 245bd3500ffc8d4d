//! Who has appeared in a text so far: by whom pronouns, surnames and bare institutions are taken up.

use std::cell::{OnceCell, RefCell};
use std::collections::VecDeque;

use recoup_model::fold;

use super::Speaker;

/// Who has appeared in a text so far.
#[derive(Debug, Clone, Default)]
pub struct Cast {
    /// The country that the text is about: institutions without any country's name are its own.
    country: Option<u32>,
    /// The armed group named last.
    pub(crate) group: Option<u32>,
    /// Last the one who appeared last.
    members: VecDeque<Member>,
    /// Names of those who speak for a body: it goes on speaking where only the name is left.
    voices: RefCell<Vec<(String, Speaker)>>,
}

/// How many are remembered. Of a text that names more, nobody expects a word to take up the first.
const MOST: usize = 128;

/// Somebody who has appeared, with the words by which it is taken up, once they were asked for.
#[derive(Debug, Clone)]
struct Member {
    speaker: Speaker,
    /// Whether it has said something: *the military* is one that speaks, not one that was named.
    spoke: bool,
    surname: OnceCell<String>,
    words: OnceCell<Vec<String>>,
}

impl Cast {
    /// A text about a country, before anybody has appeared.
    pub fn new(country: Option<u32>) -> Self {
        Cast { country, group: None, members: VecDeque::new(), voices: RefCell::default() }
    }

    /// The country that the text is about.
    pub(crate) fn country(&self) -> Option<u32> {
        self.country
    }

    /// Somebody appears, or appears again.
    pub(crate) fn meet(&mut self, speaker: &Speaker) {
        let before = self.members.iter().rposition(|m| m.speaker.id == speaker.id);
        if let Some(mut member) = before.and_then(|at| self.members.remove(at)) {
            let role = speaker.role.or(member.speaker.role);
            if member.speaker != *speaker {
                member = Member { spoke: member.spoke, ..Member::new(speaker.clone()) };
            }
            member.speaker.role = role;
            self.members.push_back(member);
        } else {
            if self.members.len() == MOST {
                self.members.pop_front();
            }
            self.members.push_back(Member::new(speaker.clone()));
        }
    }

    /// Somebody says something.
    pub(crate) fn hear(&mut self, speaker: &Speaker) {
        self.meet(speaker);
        if let Some(member) = self.members.back_mut() {
            member.spoke = true;
        }
    }

    /// Who appeared last in a role, of an actor where one is given: *l'armée*, *le président ukrainien*.
    pub(crate) fn in_role(&self, role: u16, actor: Option<u32>) -> Option<&Speaker> {
        let fits = |s: &&Speaker| s.role == Some(role) && (actor.is_none() || s.actor == actor);
        self.speakers().find(fits)
    }

    /// Who appeared last in a role whose name ends like this: *le ministère*, whichever it was.
    pub(crate) fn in_role_like(&self, ending: &str, role: impl Fn(u16) -> String) -> Option<&Speaker> {
        let fits = |s: &&Speaker| s.role.is_some_and(|r| role(r).ends_with(ending)) || s.name.ends_with(ending);
        self.speakers().find(fits)
    }

    /// The person who appeared last under a surname.
    pub(crate) fn surnamed(&self, surname: &str) -> Option<&Speaker> {
        let surname = fold(surname);
        let named = |m: &&Member| m.speaker.is_person && m.surname() == surname;
        self.members.iter().rev().find(named).map(|m| &m.speaker)
    }

    /// Somebody speaks for a body: 'army spokesman Winthai S.'.
    pub(crate) fn speaks_for(&self, name: &str, body: &Speaker) {
        let mut voices = self.voices.borrow_mut();
        if voices.len() < MOST && voices.iter().all(|(known, _)| *known != name) {
            voices.push((name.to_owned(), body.clone()));
        }
    }

    /// The body for which somebody of that name spoke: by any word of it, for not every language ends in the surname.
    pub(crate) fn voiced(&self, word: &str) -> Option<Speaker> {
        let voices = self.voices.borrow();
        voices.iter().find(|(name, _)| name.split(' ').any(|w| w == word)).map(|(_, body)| body.clone())
    }

    /// The actor of whoever appeared last for one that is `wanted`.
    pub(crate) fn last_actor(&self, wanted: impl Fn(u32) -> bool) -> Option<u32> {
        self.speakers().filter_map(|s| s.actor).find(|actor| wanted(*actor))
    }

    /// The body that appeared last.
    pub(crate) fn last_body(&self) -> Option<&Speaker> {
        self.speakers().find(|s| !s.is_person)
    }

    /// The body that appeared last of which a name holds a word: *la mission*, *the agency*.
    pub(crate) fn called<'n, N: Iterator<Item = &'n str>>(
        &self,
        word: &str,
        names: impl Fn(&Speaker) -> N,
    ) -> Option<&Speaker> {
        self.members_called(word, names).next().map(|m| &m.speaker)
    }

    /// The body that spoke and of which a name holds a word, the last that appeared: *the military*.
    pub(crate) fn heard<'n, N: Iterator<Item = &'n str>>(
        &self,
        word: &str,
        names: impl Fn(&Speaker) -> N,
    ) -> Option<&Speaker> {
        self.members_called(word, names).find(|m| m.spoke).map(|m| &m.speaker)
    }

    fn members_called<'c, 'n, N: Iterator<Item = &'n str>>(
        &'c self,
        word: &str,
        names: impl Fn(&Speaker) -> N,
    ) -> impl Iterator<Item = &'c Member> {
        let words = |name: &str| fold(name).split(' ').map(str::to_owned).collect::<Vec<_>>();
        let holds = move |m: &&Member| {
            let known = m.words.get_or_init(|| names(&m.speaker).flat_map(words).collect());
            !m.speaker.is_person && known.iter().any(|w| w == word)
        };
        self.members.iter().rev().filter(holds)
    }

    /// Last first.
    fn speakers(&self) -> impl Iterator<Item = &Speaker> {
        self.members.iter().rev().map(|m| &m.speaker)
    }
}

impl Member {
    fn new(speaker: Speaker) -> Self {
        Member { speaker, spoke: false, surname: OnceCell::new(), words: OnceCell::new() }
    }

    fn surname(&self) -> &str {
        let last = || fold(&self.speaker.name).split(' ').next_back().unwrap_or_default().to_owned();
        self.surname.get_or_init(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_appeared_long_ago_is_forgotten() {
        let person = |n: usize| Speaker {
            id: format!("p{n}").into(),
            name: format!("Jean P{n}").into(),
            actor: None,
            role: None,
            is_person: true,
        };
        let mut cast = Cast::new(None);
        (0..=MOST).for_each(|n| cast.meet(&person(n)));
        cast.meet(&person(1));
        assert_eq!((cast.members.len(), cast.surnamed("P0")), (MOST, None));
        assert_eq!(cast.surnamed("p1").map(|s| &*s.id), Some("p1"));
    }
}
