//! What a role is to the institution or the state that is named with it. Roles go by their English head nouns.

/// What a role is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RoleKind {
    /// Speaks for an institution, which is named beside it and which is then the source.
    Spokesperson,
    /// Stands for the state itself.
    State,
    /// A service, ministry or force of a state, of which there is one: without a country's name it is that of the
    /// country in question.
    Institution,
    /// Held by one person of a state, who stays a person where the name is given.
    Office,
    /// Told apart by its place.
    Local,
    /// An armed group, where one is named.
    Group,
    /// Somebody, who goes by this noun where nobody says the name.
    Somebody,
}

/// What the role with this English head noun is.
pub(super) fn kind(role: &str) -> RoleKind {
    match role {
        "spokesperson" | "leader" => RoleKind::Spokesperson,
        "authorities" => RoleKind::State,
        "army"
        | "navy"
        | "air force"
        | "police"
        | "gendarmerie"
        | "government"
        | "intelligence"
        | "military intelligence"
        | "Defence Ministry"
        | "Health Ministry"
        | "Interior Ministry"
        | "Foreign Ministry"
        | "Security Ministry"
        | "Emergencies Ministry"
        | "Justice Ministry"
        | "Information Ministry"
        | "Humanitarian Affairs Ministry"
        | "Social Affairs Ministry"
        | "Transport Ministry"
        | "Commerce Ministry"
        | "Energy Ministry"
        | "Joint Chiefs of Staff"
        | "junta"
        | "state television"
        | "state media"
        | "civil defence"
        | "coast guard"
        | "parliament"
        | "prime minister's office"
        | "ministry" => RoleKind::Institution,
        "president"
        | "prime minister"
        | "vice-president"
        | "foreign minister"
        | "defence minister"
        | "information minister"
        | "interior minister"
        | "health minister"
        | "justice minister"
        | "minister"
        | "army chief"
        | "ambassador" => RoleKind::Office,
        "mayor" | "deputy mayor" | "governor" | "prefect" | "sub-prefect" => RoleKind::Local,
        role if is_group(role) => RoleKind::Group,
        _ => RoleKind::Somebody,
    }
}

/// Whether a role is military: an army, a navy, a defence ministry.
pub fn is_military(role: &str) -> bool {
    matches!(role, "army" | "navy" | "air force" | "Defence Ministry" | "Joint Chiefs of Staff" | "defence minister")
}

/// Whether who has a role counts people of its own state: a police, a health ministry, a governor.
pub fn speaks_of_its_people(role: &str) -> bool {
    let civil = matches!(
        role,
        "police" | "gendarmerie" | "civil defence" | "Health Ministry" | "Interior Ministry" | "Emergencies Ministry"
    );
    civil || matches!(role, "governor" | "mayor" | "prefect" | "hospital" | "town hall" | "local authorities")
}

/// Whether an institution of the state has a body of its own in each region.
pub(super) fn is_regional(role: &str) -> bool {
    matches!(role, "police" | "gendarmerie" | "civil defence")
}

/// Whether every town or region has a body of this kind, so that it is told apart by its place.
pub(super) fn is_local_body(role: &str) -> bool {
    matches!(
        role,
        "town hall" | "prosecutors" | "local administration" | "military administration" | "local authorities"
    )
}

/// Whether a role is one of the state's own institutions.
pub(crate) fn is_institution(role: &str) -> bool {
    kind(role) == RoleKind::Institution
}

/// Whether a role without a name is an armed group that was named before.
pub(crate) fn is_group(role: &str) -> bool {
    matches!(role, "rebels" | "gangs" | "paramilitaries" | "militants" | "insurgents" | "separatists")
}

/// Roles by which a body or group speaks: 'son porte-parole', 'leur commandement'.
pub(crate) fn speaks_for(role: &str) -> bool {
    matches!(role, "spokesperson" | "leader" | "army")
}

/// Roles that are an armed group itself where one is named: 'les rebelles du M23', 'les autorités houthies'.
pub(super) fn is_group_itself(role: &str) -> bool {
    is_group(role) || matches!(role, "army" | "officials" | "authorities" | "government" | "leader")
}
