//! Who has appeared in a text so far: by whom pronouns, surnames and bare institutions are taken up.

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
    members: Vec<Speaker>,
}

impl Cast {
    /// A text about a country, before anybody has appeared.
    pub fn new(country: Option<u32>) -> Self {
        Cast { country, group: None, members: Vec::new() }
    }

    /// The country that the text is about.
    pub(crate) fn country(&self) -> Option<u32> {
        self.country
    }

    /// Somebody appears, or appears again.
    pub(crate) fn meet(&mut self, speaker: &Speaker) {
        let before = self.members.iter().position(|m| m.id == speaker.id).map(|at| self.members.remove(at));
        let role = speaker.role.or(before.and_then(|b| b.role));
        self.members.push(Speaker { role, ..speaker.clone() });
    }

    /// Who appeared last in a role, of an actor where one is given: *l'armée*, *le président ukrainien*.
    pub(crate) fn in_role(&self, role: u16, actor: Option<u32>) -> Option<&Speaker> {
        let fits = |s: &&Speaker| s.role == Some(role) && (actor.is_none() || s.actor == actor);
        self.members.iter().rev().find(fits)
    }

    /// Who appeared last in a role whose name ends like this: *le ministère*, whichever it was.
    pub(crate) fn in_role_like(&self, ending: &str, role: impl Fn(u16) -> String) -> Option<&Speaker> {
        let fits = |s: &&Speaker| s.role.is_some_and(|r| role(r).ends_with(ending)) || s.name.ends_with(ending);
        self.members.iter().rev().find(fits)
    }

    /// The person who appeared last under a surname.
    pub(crate) fn surnamed(&self, surname: &str) -> Option<&Speaker> {
        let surname = fold(surname);
        let named = |s: &&Speaker| s.is_person && fold(&s.name).split(' ').next_back() == Some(&*surname);
        self.members.iter().rev().find(named)
    }

    /// The body that appeared last.
    pub(crate) fn last_body(&self) -> Option<&Speaker> {
        self.members.iter().rev().find(|s| !s.is_person)
    }

    /// The body that appeared last of which a name holds a word: *la mission*, *the agency*.
    pub(crate) fn called<'n, N: Iterator<Item = &'n str>>(
        &self,
        word: &str,
        names: impl Fn(&Speaker) -> N,
    ) -> Option<&Speaker> {
        let holds = |name: &str| fold(name).split(' ').any(|w| w == word);
        self.members.iter().rev().find(|s| !s.is_person && names(s).any(holds))
    }
}
