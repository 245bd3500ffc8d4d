//! A reconcile stage of recoup: a finding for each claim. Nothing is merged and nothing weighed.

use recoup_plugin::prelude::*;

export_stages!(@TYPE@);

/// What a pipeline can set.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, crate = "recoup_plugin::serde")]
pub struct Options {
    /// Leaves out what is denied.
    without_denials: bool,
}

pub struct @TYPE@(Options);

impl Stage for @TYPE@ {
    const NAME: &str = "@NAME@";
    const SUMMARY: &str = "Makes a finding of each claim, and merges nothing.";
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    type Options = Options;
    type Item = Claim;

    fn open(options: Options, _: &Context) -> Result<Self> {
        Ok(@TYPE@(options))
    }

    // The claims of one group come one after the other. A stage that compares them keeps them, and emits in `finish`.
    fn process(&mut self, claim: Claim, out: &mut Out<'_, Finding>) -> Result<()> {
        if !(self.0.without_denials && claim.stance == Stance::Denied) {
            out.emit(finding(claim));
        }
        Ok(())
    }
}

fn finding(claim: Claim) -> Finding {
    let figure = claim.quantity.as_ref();
    let position = Position {
        id: claim.id.replacen("c_", "p_", 1),
        origin: claim.sources.iter().map(|source| source.id.clone()).collect(),
        low: figure.and_then(Quantity::low),
        high: figure.and_then(Quantity::high),
        approximate: figure.is_some_and(|figure| figure.approximate),
        stance: claim.stance,
        reported: claim.reported,
        // F6: neither the source nor what it says has been judged.
        grade: Grade { reliability: Reliability::F, credibility: 6 },
        interested: false,
        addition: false,
        claims: vec![claim.id],
        relayed_by: vec![claim.document],
        superseded_by: None,
    };
    Finding {
        id: String::new(), // recoup gives the id
        indicator: claim.indicator,
        subject: claim.subject,
        object: claim.object,
        unit: figure.and_then(|figure| figure.unit.clone()),
        measure: claim.measure,
        places: claim.places,
        time: claim.time.map(|time| FindingTime { start: time.start(), end: time.end() }),
        low: position.low,
        best: None,
        high: position.high,
        approximate: position.approximate,
        derived: Derived::default(),
        estimates: Estimates::default(),
        rule_sensitive: false,
        status: match claim.stance {
            Stance::Denied => Status::Denied,
            Stance::Unconfirmed => Status::Unconfirmed,
            Stance::Asserted | Stance::Hedged | Stance::Planned => Status::SingleSource,
        },
        likelihood: None,
        independent_origins: 1,
        positions: vec![position],
        disagreements: Vec::new(),
        lineage: Lineage::default(),
    }
}
