//! Title, period, cut-off, and how much was read.

use recoup_model::Status;
use serde::Serialize;

use crate::markdown::desk::Desk;
use crate::md::Md;
use crate::stream::Report;

#[derive(Debug, Serialize)]
pub(super) struct HeadView {
    title: Md,
    period: Md,
    cut_off: Md,
    newest: Md,
    documents: Md,
    claims: Md,
    findings: Md,
    disputed: Md,
    set_aside: Md,
    /// How many findings are not printed; null where all are.
    dormant: Option<Md>,
    /// How many documents have no date, and which; null where all have one.
    undated: Option<Md>,
}

pub(super) fn view(report: &Report, desk: &Desk<'_>) -> HeadView {
    let words = desk.words;
    let head = &report.head;
    let period = Md::trusted(words.period(head.period.start, head.period.end));
    let count = |number, forms| Md::trusted(words.count(number, forms));
    let disputed = report.findings.iter().filter(|item| item.finding.status == Status::Disputed).count();
    HeadView {
        title: Md::fill(&words.phrase.title, &[("pipeline", &Md::text(&head.pipeline)), ("period", &period)]),
        cut_off: Md::trusted(words.day(head.period.end)),
        newest: desk.day(head.newest),
        documents: count(head.documents, &words.count.document),
        claims: count(head.claims, &words.count.claim),
        findings: count(report.findings.len(), &words.count.finding),
        disputed: count(disputed, &words.count.disputed),
        set_aside: count(report.set_aside.len(), &words.count.set_aside),
        dormant: (head.dormant > 0)
            .then(|| Md::fill(&words.phrase.dormant, &[("count", &count(head.dormant, &words.count.finding))])),
        undated: (!head.undated.is_empty()).then(|| {
            let which: Vec<Md> = head.undated.iter().map(|id| Md::code(id)).collect();
            let number = count(which.len(), &words.count.undated);
            Md::join(&[number, Md::join(&which, &words.list.comma)], &words.list.colon)
        }),
        period,
    }
}
