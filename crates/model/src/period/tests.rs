#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn length(text: &str) -> PeriodLength {
    text.parse().unwrap()
}

/// `length | cut-off | first day of its period | cut-off before`.
const CASES: &str = "
1 day | 2025-03-01 | 2025-03-01 | 2025-02-28
1 week | 2025-02-28 | 2025-02-22 | 2025-02-21
10 days | 2025-01-05 | 2024-12-27 | 2024-12-26
1 month | 2025-03-31 | 2025-03-01 | 2025-02-28
1 month | 2024-03-30 | 2024-03-01 | 2024-02-29
1 month | 2025-02-28 | 2025-01-29 | 2025-01-28
1 quarter | 2025-03-31 | 2025-01-01 | 2024-12-31
1 year | 2024-02-29 | 2023-03-01 | 2023-02-28
day | 2024-03-01 | 2024-03-01 | 2024-02-29
week | 2024-12-29 | 2024-12-23 | 2024-12-22
week | 2024-12-30 | 2024-12-30 | 2024-12-29
week | 2025-01-01 | 2024-12-30 | 2024-12-29
week | 2021-01-03 | 2020-12-28 | 2020-12-27
week | 2021-01-04 | 2021-01-04 | 2021-01-03
week | 2026-12-31 | 2026-12-28 | 2026-12-27
week | 1969-12-31 | 1969-12-29 | 1969-12-28
month | 2024-02-29 | 2024-02-01 | 2024-01-31
month | 2024-03-15 | 2024-03-01 | 2024-02-29
month | 2023-03-01 | 2023-03-01 | 2023-02-28
month | 2025-01-01 | 2025-01-01 | 2024-12-31
quarter | 2024-02-29 | 2024-01-01 | 2023-12-31
quarter | 2025-12-31 | 2025-10-01 | 2025-09-30
year | 2024-12-31 | 2024-01-01 | 2023-12-31
year | 1999-07-04 | 1999-01-01 | 1998-12-31
every 10 days from 2025-01-06 | 2025-01-06 | 2025-01-06 | 2025-01-05
every 10 days from 2025-01-06 | 2025-01-15 | 2025-01-06 | 2025-01-05
every 10 days from 2025-01-06 | 2025-01-16 | 2025-01-16 | 2025-01-15
every 10 days from 2025-01-06 | 2025-01-05 | 2024-12-27 | 2024-12-26
every 2 weeks from 2024-02-28 | 2024-03-13 | 2024-03-13 | 2024-03-12
every 1 month from 2025-01-31 | 2025-02-27 | 2025-01-31 | 2025-01-30
every 1 month from 2025-01-31 | 2025-02-28 | 2025-02-28 | 2025-02-27
every 1 month from 2025-01-31 | 2025-03-30 | 2025-02-28 | 2025-02-27
every 1 month from 2025-01-31 | 2025-03-31 | 2025-03-31 | 2025-03-30
every 1 month from 2025-01-31 | 2024-02-29 | 2024-02-29 | 2024-02-28
every 1 month from 2025-01-15 | 2025-01-14 | 2024-12-15 | 2024-12-14
every 1 year from 2024-02-29 | 2025-02-28 | 2025-02-28 | 2025-02-27
every 1 year from 2024-02-29 | 2028-02-28 | 2027-02-28 | 2027-02-27
";

#[test]
fn each_cut_off_has_its_period_and_one_before() {
    for case in CASES.lines().filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = case.split(" | ").collect();
        let [text, end, start, previous] = cells[..] else { panic!("{case}") };
        let (length, end) = (length(text), day(end));
        assert_eq!(length.ending(end), Some(Period { start: day(start), end }), "{case}");
        assert_eq!(length.previous(end), Some(day(previous)), "{case}");
    }
}

/// `length | from | to | last days of the whole periods between`.
const SERIES: &str = "
10 days | 2025-01-01 | 2025-01-31 | 2025-01-10 2025-01-20 2025-01-30
10 days | 2025-01-01 | 2025-01-09 |
1 month | 2025-01-31 | 2025-04-29 | 2025-02-27 2025-03-30 2025-04-29
1 month | 2024-01-01 | 2024-03-31 | 2024-01-31 2024-02-29 2024-03-31
week | 2020-12-21 | 2021-01-11 | 2020-12-27 2021-01-03 2021-01-10
week | 2024-12-31 | 2025-01-18 | 2025-01-12
month | 2023-12-02 | 2024-03-30 | 2024-01-31 2024-02-29
month | 2024-02-01 | 2024-02-29 | 2024-02-29
month | 2024-02-01 | 2024-02-28 |
quarter | 2024-01-01 | 2024-12-31 | 2024-03-31 2024-06-30 2024-09-30 2024-12-31
year | 2022-06-01 | 2025-01-01 | 2023-12-31 2024-12-31
day | 2024-02-28 | 2024-03-01 | 2024-02-28 2024-02-29 2024-03-01
every 2 weeks from 2025-01-06 | 2025-01-01 | 2025-02-10 | 2025-01-19 2025-02-02
every 1 month from 2025-01-31 | 2024-11-30 | 2025-03-30 | 2024-12-30 2025-01-30 2025-02-27 2025-03-30
week | 2025-02-01 | 2025-01-01 |
";

#[test]
fn a_series_holds_whole_periods_only() {
    for case in SERIES.lines().filter(|line| !line.is_empty()) {
        let mut cells = case.split('|').map(str::trim);
        let [text, from, to, ends] = [(); 4].map(|()| cells.next().unwrap());
        let series: Vec<String> = length(text).series(day(from), day(to)).map(|end| end.to_string()).collect();
        assert_eq!(series.join(" "), ends, "{case}");
    }
}

#[test]
fn a_length_is_written_as_it_is_read() {
    for text in [
        "1 week",
        "999 days",
        "1 quarter",
        "day",
        "week",
        "every 10 days from 2025-01-06",
        "every 1 month from 2024-02-29",
    ] {
        assert_eq!(length(text).to_string(), text);
    }
    assert_eq!(length(" 2 week ").to_string(), "2 weeks");
    assert_eq!(length("every week from 2025-01-06"), length("every 1 week from 2025-01-06"));
    assert_eq!(length("every  1 weeks from  2025-01-06").to_string(), "every 1 week from 2025-01-06");
}

#[test]
fn what_is_no_length_is_refused() {
    for text in [
        "",
        "weeks",
        "weekly",
        "0 weeks",
        "1 fortnight",
        "-1 day",
        "1000 days",
        "every",
        "every 0 days from 2025-01-06",
    ] {
        assert!(matches!(text.parse::<PeriodLength>(), Err(InvalidPeriod::Length(_))), "{text}");
    }
    for text in ["every 10 days", "every week"] {
        assert_eq!(text.parse::<PeriodLength>(), Err(InvalidPeriod::NoStart(text.to_owned())));
    }
    for text in ["every 10 days from Monday", "every 10 days from 2025-02-29", "every 10 days from 06/01/2025"] {
        assert!(matches!(text.parse::<PeriodLength>(), Err(InvalidPeriod::Start(_))), "{text}");
    }
}

#[test]
fn no_period_leaves_the_calendar() {
    for text in
        ["1 week", "999 years", "week", "year", "every 999 years from 2025-01-06", "every 10 days from 2025-01-06"]
    {
        let length = length(text);
        assert_eq!(length.previous(Date::MIN), None, "{text}");
        // The end of the calendar clips a period as a cut-off does.
        assert!(length.ending(Date::MAX).is_some(), "{text}");
        assert!(length.series(Date::MAX, Date::MAX).count() <= 1, "{text}");
    }
}

fn lengths() -> impl Strategy<Value = PeriodLength> {
    let unit = prop::sample::select(Unit::ALL.to_vec());
    let step = (1..40_u16, unit.clone()).prop_map(|(count, unit)| Step { count, unit });
    let form = prop_oneof![
        unit.prop_map(Form::Calendar),
        (step, days()).prop_map(|(step, start)| Form::Every(Grid { step, start })),
    ];
    form.prop_map(PeriodLength)
}

fn days() -> impl Strategy<Value = Date> {
    (-2000..4000_i64).prop_map(|n| EPOCH.checked_add(Duration::new().days(n)).unwrap())
}

proptest! {
    #[test]
    fn aligned_periods_follow_one_another_without_gap(length in lengths(), cut_off in days()) {
        let Period { start, end } = length.ending(cut_off).unwrap();
        prop_assert!(start <= cut_off && end == cut_off);
        // Every day of a period has the same first day, and the day before it belongs to the period before.
        prop_assert_eq!(length.ending(start).unwrap().start, start);
        let previous = length.previous(cut_off).unwrap();
        prop_assert_eq!(previous.tomorrow().unwrap(), start);
        prop_assert!(length.ending(previous).unwrap().start < start);
    }

    #[test]
    fn a_series_is_what_one_cut_off_after_the_other_gives(length in lengths(), from in days(), more in 0..1500_i64) {
        let to = from.checked_add(Duration::new().days(more)).unwrap();
        let series: Vec<Date> = length.series(from, to).collect();
        for pair in series.windows(2) {
            prop_assert_eq!(length.previous(pair[1]), Some(pair[0]));
        }
        for end in &series {
            prop_assert!(from <= length.ending(*end).unwrap().start && *end <= to);
            prop_assert!(length.ending(end.tomorrow().unwrap()).unwrap().start > *end);
        }
    }
}
