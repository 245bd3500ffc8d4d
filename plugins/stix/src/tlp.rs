//! The markings of the Traffic Light Protocol, as STIX 2.1 lays them down word for word.

use recoup_plugin::prelude::*;

use crate::object::SPEC_VERSION;

/// How far the bundle may travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase", crate = "recoup_plugin::serde")]
pub enum Tlp {
    /// Everybody; TLP 2.0 calls it CLEAR, for which STIX 2.1 has no object of its own.
    #[serde(alias = "clear")]
    White,
    /// The community.
    Green,
    /// The recipient's organisation and its clients.
    Amber,
    /// The recipients in person.
    Red,
}

/// A marking object. Its content is fixed: a parser knows it by its id.
#[derive(Debug, Serialize)]
#[serde(crate = "recoup_plugin::serde")]
pub(crate) struct Marking {
    spec_version: &'static str,
    id: &'static str,
    created: &'static str,
    definition_type: &'static str,
    name: &'static str,
    definition: Definition,
}

#[derive(Debug, Serialize)]
#[serde(crate = "recoup_plugin::serde")]
struct Definition {
    tlp: &'static str,
}

impl Tlp {
    /// The id of its marking.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Tlp::White => "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
            Tlp::Green => "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",
            Tlp::Amber => "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
            Tlp::Red => "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed",
        }
    }

    pub(crate) fn marking(self) -> Marking {
        let (name, tlp) = match self {
            Tlp::White => ("TLP:WHITE", "white"),
            Tlp::Green => ("TLP:GREEN", "green"),
            Tlp::Amber => ("TLP:AMBER", "amber"),
            Tlp::Red => ("TLP:RED", "red"),
        };
        Marking {
            spec_version: SPEC_VERSION,
            id: self.id(),
            created: "2017-01-20T00:00:00.000Z",
            definition_type: "tlp",
            name,
            definition: Definition { tlp },
        }
    }
}
