#![allow(clippy::unwrap_used)]

use insta::assert_snapshot;
use jiff::civil::date;
use recoup_model::{
    Anchor, Block, BlockKind, Claim, Derived, Disagreement, DisagreementClass, Document, Estimates, Evidence, Finding,
    FindingTime, Lineage, Measure, PlaceRef, Position, Precision, Published, PublishedFrom, Quantity, SourceRef, Span,
    Stance, Status, Time,
};

use super::tree::Tree;

/// A dispute between a navy and its enemy about one ship, of which the navy's first figure was replaced.
struct Dispute {
    finding: Finding,
    claims: Vec<Claim>,
    documents: Vec<Document>,
}

impl Dispute {
    fn new() -> Self {
        let strait = document(
            "strait",
            "Strait Herald",
            "Collision or attack?\n\nThe navy said that nine sailors were missing after Sunday’s blast.\n\n\
             It raised its figure to fourteen missing on Monday; the coast guard of the islands, which had sent two \
             boats, said that at most six sailors had gone missing.",
        );
        let claims = vec![
            claim(&strait, "nine sailors were missing", "nine", (Some(9.0), Some(9.0)), "navy"),
            claim(&strait, "fourteen missing", "fourteen", (Some(14.0), Some(14.0)), "navy"),
            claim(
                &strait,
                "at most six sailors had gone missing",
                "at most six",
                (None, Some(6.0)),
                "islands-coast-guard",
            ),
        ];
        let positions: Vec<Position> =
            claims.iter().zip(["p_1", "p_2", "p_3"]).map(|(c, id)| position(id, c)).collect();
        let mut finding = finding(positions);
        finding.positions[0].superseded_by = Some("p_2".to_owned());
        Dispute { finding, claims, documents: vec![strait] }
    }

    fn explain(&self, id: &str) -> String {
        let mut out = Vec::new();
        let findings = std::slice::from_ref(&self.finding);
        let tree = Tree { findings, claims: &self.claims, documents: &self.documents, page: &|_| None, color: false };
        tree.print(id, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }
}

fn document(doc: &str, outlet: &str, text: &str) -> Document {
    let mut blocks = Vec::new();
    let mut start = 0;
    for paragraph in text.split("\n\n") {
        let span = Span::new(start, start + paragraph.len()).unwrap();
        blocks.push(Block { span, kind: BlockKind::Paragraph, repeats: None, sentences: vec![span] });
        start += paragraph.len() + 2;
    }
    Document {
        id: String::new(),
        doc: doc.to_owned(),
        outlet: Some(outlet.to_owned()),
        relays: Vec::new(),
        url: None,
        path: Some(format!("articles/{doc}.txt")),
        language: Some("en".to_owned()),
        published: Some(Published { date: date(2025, 6, 3), from: PublishedFrom::Dateline }),
        modified: None,
        title: None,
        byline: None,
        fetched: None,
        quality: None,
        page: recoup_model::PageMap::default(),
        text: text.to_owned(),
        blocks,
    }
    .seal()
}

fn claim(document: &Document, quote: &str, figure: &str, bounds: (Option<f64>, Option<f64>), source: &str) -> Claim {
    let start = document.text.find(quote).unwrap();
    let span = Span::new(start, start + quote.len()).unwrap();
    let figure = Span::new(start, start + figure.len()).unwrap();
    let mut quantity = Quantity::new(bounds.0, bounds.1, false).unwrap();
    quantity.unit = Some("person".to_owned());
    Claim {
        id: String::new(),
        doc: document.doc.clone(),
        document: document.id.clone(),
        anchor: Anchor::new(document, span).unwrap(),
        indicator: "casualties.missing".to_owned(),
        subject: Some("islands".to_owned()),
        object: None,
        quantity: Some(quantity),
        places: vec![strait()],
        time: Some(Time::new(Some(date(2025, 6, 1)), Some(date(2025, 6, 1)), None).unwrap()),
        reported: Some(date(2025, 6, 2)),
        sources: vec![SourceRef { id: source.to_owned(), name: source.to_owned(), cue: Some("said".to_owned()) }],
        via: Vec::new(),
        stance: Stance::Asserted,
        measure: Some(Measure::Cumulative),
        civilian: Some(false),
        part_of: None,
        inherited: vec!["places".to_owned()],
        rule: "en/casualties.missing".to_owned(),
        evidence: [("quantity".to_owned(), Evidence { span: figure, rule: "en/number".to_owned() })].into(),
    }
    .seal()
}

fn strait() -> PlaceRef {
    let precision = Some(Precision::Region);
    PlaceRef { name: "the strait".to_owned(), id: None, precision, lat: None, lon: None }
}

fn position(id: &str, claim: &Claim) -> Position {
    let quantity = claim.quantity.as_ref().unwrap();
    Position {
        id: id.to_owned(),
        origin: claim.sources.iter().map(|source| source.id.clone()).collect(),
        low: quantity.low(),
        high: quantity.high(),
        approximate: false,
        stance: claim.stance,
        reported: claim.reported,
        grade: "C4".to_owned().try_into().unwrap(),
        interested: claim.sources[0].id == "navy",
        addition: false,
        claims: vec![claim.id.clone()],
        relayed_by: vec![claim.document.clone()],
        superseded_by: None,
    }
}

fn finding(positions: Vec<Position>) -> Finding {
    let chain = positions[2].claims.clone();
    Finding {
        id: "f_1".to_owned(),
        indicator: "casualties.missing".to_owned(),
        subject: Some("islands".to_owned()),
        object: None,
        unit: Some("person".to_owned()),
        measure: Some(Measure::Cumulative),
        places: vec![strait()],
        time: Some(FindingTime { start: Some(date(2025, 6, 1)), end: None }),
        low: None,
        best: None,
        high: Some(14.0),
        approximate: false,
        derived: Derived { low: Some(2.0), high: None, chain },
        estimates: Estimates { conservative: None, most_supported: Some(14.0), freshest: Some(6.0) },
        rule_sensitive: true,
        status: Status::Disputed,
        likelihood: None,
        independent_origins: 2,
        positions,
        disagreements: vec![Disagreement {
            class: DisagreementClass::Genuine,
            between: vec!["p_2".to_owned(), "p_3".to_owned()],
            within_document: true,
            note: "14 exceeds the most that the other allows.".to_owned(),
        }],
        lineage: Lineage::default(),
    }
}

#[test]
fn a_disputed_finding_with_a_replaced_position() {
    assert_snapshot!(Dispute::new().explain("f_1"));
}

#[test]
fn a_position_is_shown_below_its_finding_without_the_others() {
    assert_snapshot!(Dispute::new().explain("p_2"));
}

#[test]
fn a_claim_that_no_finding_rests_on() {
    let mut dispute = Dispute::new();
    dispute.finding.positions.remove(2);
    let id = dispute.claims[2].id.clone();
    assert_snapshot!(dispute.explain(&id));
}
