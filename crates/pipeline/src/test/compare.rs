//! Expected claims against those found.

use recoup_model::Claim;

use super::Mismatch;
use super::slots::{Expected, telling};

/// What differs, if anything: each expected claim must be one of those found, and none may be left.
pub(crate) fn mismatch(expected: &[Expected], claims: &[&Claim]) -> Option<Mismatch> {
    let fits: Vec<Vec<bool>> = expected
        .iter()
        .map(|e| claims.iter().map(|claim| e.slots.iter().all(|slot| slot.fits(claim))).collect())
        .collect();
    let mut paired = pairs(&fits, claims.len());
    if paired.iter().all(Option::is_some) && expected.len() == claims.len() {
        return None;
    }
    nearest(expected, claims, &mut paired);
    let mut mismatch = Mismatch { key: "expect", expected: String::new(), found: String::new() };
    for (one, at) in expected.iter().zip(&paired) {
        block(&mut mismatch.expected, one.slots.iter().map(|slot| slot.line()));
        if let Some(at) = at {
            block(&mut mismatch.found, one.slots.iter().map(|slot| slot.found(claims[*at])));
        }
    }
    for (_, claim) in claims.iter().enumerate().filter(|(at, _)| !paired.contains(&Some(*at))) {
        block(&mut mismatch.found, telling(claim).into_iter());
    }
    Some(mismatch)
}

fn block(into: &mut String, lines: impl Iterator<Item = String>) {
    if !into.is_empty() {
        into.push('\n');
    }
    into.push_str("[[test.expect]]\n");
    for line in lines {
        into.push_str(&line);
        into.push('\n');
    }
}

/// The most pairs that fit, one to one: for each row the column.
fn pairs(fits: &[Vec<bool>], columns: usize) -> Vec<Option<usize>> {
    let mut row_of: Vec<Option<usize>> = vec![None; columns];
    for row in 0..fits.len() {
        place(row, fits, &mut row_of, &mut vec![false; columns]);
    }
    (0..fits.len()).map(|row| row_of.iter().position(|of| *of == Some(row))).collect()
}

/// Finds a column for a row, moving others where they have another one to go to.
fn place(row: usize, fits: &[Vec<bool>], row_of: &mut [Option<usize>], seen: &mut [bool]) -> bool {
    for column in 0..row_of.len() {
        if fits[row][column] && !seen[column] {
            seen[column] = true;
            if row_of[column].is_none_or(|other| place(other, fits, row_of, seen)) {
                row_of[column] = Some(row);
                return true;
            }
        }
    }
    false
}

/// Sets each claim that is left beside the expected one that it shares most slots with, to be compared line by line.
fn nearest(expected: &[Expected], claims: &[&Claim], paired: &mut [Option<usize>]) {
    let mut candidates = Vec::new();
    for (row, one) in expected.iter().enumerate().filter(|(row, _)| paired[*row].is_none()) {
        for (column, claim) in claims.iter().enumerate().filter(|(column, _)| !paired.contains(&Some(*column))) {
            let shared = one.slots.iter().filter(|slot| slot.fits(claim)).count();
            if shared > 0 {
                candidates.push((std::cmp::Reverse(shared), row, column));
            }
        }
    }
    candidates.sort_unstable();
    for (_, row, column) in candidates {
        if paired[row].is_none() && !paired.contains(&Some(column)) {
            paired[row] = Some(column);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::{Figure, Slot};
    use super::*;

    fn claim(quote: &str, indicator: &str, figure: u32) -> Claim {
        let json = serde_json::json!({
            "doc": "x", "document": "d_x", "span": { "start": 0, "end": quote.len() }, "quote": quote,
            "indicator": indicator, "stance": "asserted", "rule": "test",
            "quantity": { "low": figure, "high": figure },
        });
        serde_json::from_value(json).unwrap()
    }

    fn expected(slots: Vec<Slot>) -> Expected {
        Expected { slots }
    }

    #[test]
    fn each_expected_claim_takes_one_of_those_found() {
        let (a, b) = (claim("nine dead", "casualties.killed", 9), claim("six hurt", "casualties.wounded", 6));
        let any = || expected(vec![Slot::Stance(recoup_model::Stance::Asserted)]);
        let six = || expected(vec![Slot::Figure(Figure::read("6"))]);
        assert_eq!(mismatch(&[six(), any()], &[&a, &b]), None);
        assert_eq!(mismatch(&[any(), six()], &[&b, &a]), None, "the first gives way to the second");
        assert!(mismatch(&[any(), any(), any()], &[&a, &b]).is_some());
        assert!(mismatch(&[any()], &[&a, &b]).is_some());
        assert_eq!(mismatch(&[], &[]), None);
    }

    #[test]
    fn what_differs_stands_line_beside_line() {
        let found = claim("nine dead", "casualties.killed", 9);
        let one = expected(vec![Slot::Indicator("casualties.killed".to_owned()), Slot::Figure(Figure::read("9.."))]);
        let mismatch = mismatch(&[one], &[&found]).unwrap();
        assert_eq!(mismatch.expected, "[[test.expect]]\nindicator = \"casualties.killed\"\nfigure = \"9..\"\n");
        assert_eq!(mismatch.found, "[[test.expect]]\nindicator = \"casualties.killed\"\nfigure = \"9\"\n");
    }
}
