//! Pipelines with a store: reports that follow each other, and what must not be lost.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use common::Desk;
use insta::assert_snapshot;

const PIPELINE: &str = r#"name = "sahel"
period = "week"
language = "en"
store = "recoup.db"

[[input]]
files = "articles/*.txt"

[[parse]]
use = "text"

[[extract]]
use = "rules"

[[reconcile]]
use = "intervals"

[[report]]
use = "markdown"
path = "out/{period}.md"

[[report]]
use = "csv"
path = "out/{period}/"
"#;

/// The last days of three weeks, each with the morning after it, when the articles are taken in.
const WEEKS: [(&str, &str); 3] =
    [("2025-03-09", "2025-03-10T06:00Z"), ("2025-03-16", "2025-03-17T06:00Z"), ("2025-03-23", "2025-03-24T06:00Z")];

fn article(desk: &Desk, name: &str, published: &str, outlet: &str, text: &str) {
    let url = format!("https://{}.example/{name}", outlet.to_lowercase().replace(' ', "-"));
    let head =
        format!("+++\npublished = {published}\noutlet = \"{outlet}\"\nlanguage = \"en\"\nurl = \"{url}\"\n+++\n");
    desk.write(&format!("articles/{name}.txt"), format!("{head}{text}\n"));
}

/// The articles that a week brings.
fn week(desk: &Desk, number: usize) {
    match number {
        0 => {
            let text = "At least 12 soldiers were killed near Tessit on Tuesday, the Malian army said.";
            article(desk, "tessit", "2025-03-05", "Sahel Wire", text);
            let text = "About 3,000 people have fled Ansongo since February, the UN refugee agency said on Friday.";
            article(desk, "ansongo", "2025-03-07", "River Post", text);
        }
        1 => {
            let text = "The Malian army said on Wednesday that 18 soldiers had been killed near Tessit on March 4.";
            article(desk, "tessit-2", "2025-03-12", "Sahel Wire", text);
            let text = "Nineteen soldiers were killed near Tessit on March 4, a local official said.";
            article(desk, "herald", "2025-03-13", "Desert Herald", text);
        }
        _ => {
            // The outlet changes its figure without a word, under the same address.
            let text = "About 2,300 people have fled Ansongo since February, the UN refugee agency said on Friday.";
            article(desk, "ansongo", "2025-03-07", "River Post", text);
            let text = "Seven civilians were killed in Gao on Monday, residents said.";
            article(desk, "gao", "2025-03-20", "River Post", text);
        }
    }
}

fn run_week(desk: &Desk, number: usize) {
    week(desk, number);
    let (as_of, taken_in) = WEEKS[number];
    let output = desk.output(&["run", ".", "--as-of", as_of, "--taken-in", taken_in]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A pipeline that was run for three weeks.
fn three_weeks() -> Desk {
    let desk = Desk::with(&[("pipeline.toml", PIPELINE)]);
    (0..WEEKS.len()).for_each(|number| run_week(&desk, number));
    desk
}

/// Every file below a folder with its bytes.
fn tree(desk: &Desk, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let files = if desk.path(folder).exists() { desk.files(folder) } else { Vec::new() };
    let named = |file: String| {
        let bytes = fs::read(desk.path(&file)).unwrap();
        (file.strip_prefix(folder).unwrap().trim_start_matches('/').to_owned(), bytes)
    };
    files.into_iter().map(named).collect()
}

#[test]
fn a_report_says_what_changed_since_the_one_before() {
    let desk = three_weeks();
    let report = fs::read_to_string(desk.path("out/2025-03-17_2025-03-23.md")).unwrap();
    let (told, _) = report.split_once("\n## Key figures").unwrap();
    assert_snapshot!(told);
}

#[test]
fn a_past_report_comes_back_byte_for_byte_whatever_came_in_since() {
    let desk = three_weeks();
    let written = tree(&desk, "out");
    assert_eq!(written.len(), 3 * 6);
    // A late article of the first week, a revision, and other words: a theatre that reads "raiders" as people.
    article(
        &desk,
        "late",
        "2025-03-04",
        "Sahel Wire",
        "Two villages near Tessit were burned; 5 civilians were killed.",
    );
    article(&desk, "herald", "2025-03-13", "Desert Herald", "Twenty-two soldiers were killed near Tessit on March 4.");
    desk.write("theatre.toml", "[[actor]]\nid = \"raiders-of-the-bend\"\nnames = [\"Raiders of the Bend\"]\n");
    desk.write("pipeline.toml", PIPELINE.replace("store =", "theatre = \"theatre.toml\"\nstore ="));
    let run = desk.output(&["run", ".", "--as-of", "2025-03-30", "--taken-in", "2025-03-31T06:00Z"]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    for (as_of, _) in WEEKS {
        assert!(desk.output(&["report", ".", "--as-of", as_of, "--out", "then"]).status.success());
    }
    assert_eq!(tree(&desk, "then/out"), written);
    let now = tree(&desk, "out");
    assert!(written.iter().all(|(path, bytes)| now[path] == *bytes), "a report that was written has changed");
}

#[test]
fn a_past_report_can_be_made_again_from_what_was_known_then() {
    let desk = three_weeks();
    let written = tree(&desk, "out");
    article(
        &desk,
        "late",
        "2025-03-04",
        "Sahel Wire",
        "Near Tessit 5 civilians were killed on Monday, residents said.",
    );
    let run = desk.output(&["run", ".", "--as-of", "2025-03-30", "--taken-in", "2025-03-31T06:00Z"]);
    assert!(run.status.success());
    for (as_of, _) in WEEKS {
        assert!(desk.output(&["report", ".", "--as-of", as_of, "--again", "--out", "again"]).status.success());
    }
    assert_eq!(tree(&desk, "again/out"), written);
    // A day without a report, as it was known a week later and as it is known now.
    let then = ["report", ".", "--as-of", "2025-03-08", "--taken-in", "2025-03-10", "--out", "early"];
    assert_snapshot!(desk.session(&then));
    let now = desk.stdout(&["report", ".", "--as-of", "2025-03-08", "--out", "late"]);
    assert!(now.contains("documents  3"), "{now}");
}

#[test]
fn a_series_written_at_once_is_the_series_written_week_by_week() {
    let weekly = Desk::with(&[("pipeline.toml", PIPELINE)]);
    week(&weekly, 0);
    week(&weekly, 1);
    for (as_of, taken_in) in [WEEKS[0], WEEKS[1]] {
        let taken_in = if as_of == WEEKS[0].0 { WEEKS[1].1 } else { taken_in };
        assert!(weekly.output(&["run", ".", "--as-of", as_of, "--taken-in", taken_in]).status.success());
    }
    let at_once = Desk::with(&[("pipeline.toml", PIPELINE)]);
    week(&at_once, 0);
    week(&at_once, 1);
    let fill = ["backfill", ".", "--from", "2025-03-01", "--to", "2025-03-18", "--taken-in", WEEKS[1].1];
    assert_snapshot!(at_once.session(&fill));
    assert_eq!(tree(&at_once, "out"), tree(&weekly, "out"));
    assert_snapshot!(at_once.session(&fill[..6]));
}

#[test]
fn two_reports_of_the_store_are_compared_by_their_days() {
    let desk = three_weeks();
    let mut seen = desk.session(&["diff", "2025-03-09", "2025-03-23", "--pipeline", "."]);
    seen += &desk.session(&["diff", "2025-03-09", "2025-03-22", "--pipeline", "."]);
    assert_snapshot!(seen);
}

#[test]
fn what_was_read_of_an_article_that_is_gone_can_be_explained_and_ruled_on() {
    let desk = three_weeks();
    fs::remove_dir_all(desk.path("articles")).unwrap();
    desk.write("pipeline.toml", PIPELINE.replace("store =", "rulings = \"rulings.toml\"\nstore ="));
    let claims = desk.stdout(&["store", "export", ".", "claims"]);
    let herald = claims.lines().find(|line| line.contains("\"doc\":\"herald\"")).unwrap();
    let id = &herald[7..25];
    assert!(id.starts_with("c_"), "{id}");
    assert!(desk.stdout(&["explain", id, "--pipeline", "."]).contains("Nineteen soldiers were killed near Tessit"));
    let because = ["--because", "the official is not known to the desk"];
    let by = ["--author", "L. Martin", "--date", "2025-03-26", "--pipeline", "."];
    let rule = desk.output(&[&["rule", "reject", id][..], &because, &by].concat());
    assert!(rule.status.success(), "{}", String::from_utf8_lossy(&rule.stderr));
    let run = desk.output(&["run", ".", "--as-of", "2025-03-30", "--taken-in", "2025-03-31"]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let report = fs::read_to_string(desk.path("out/2025-03-24_2025-03-30.md")).unwrap();
    let errata = report.split("## ").find(|section| section.starts_with("Errata")).unwrap();
    assert_snapshot!(errata);
    // Nothing was decided yet when the earlier ones were written.
    assert!(desk.output(&["report", ".", "--as-of", "2025-03-23", "--again", "--out", "again"]).status.success());
    let again = fs::read_to_string(desk.path("again/out/2025-03-17_2025-03-23.md")).unwrap();
    assert!(again.contains("Desert Herald") && !again.contains("L. Martin"));
}

#[test]
fn articles_that_are_gone_from_the_folder_are_still_known() {
    let desk = three_weeks();
    fs::remove_dir_all(desk.path("articles")).unwrap();
    let again = desk.stdout(&["run", ".", "--as-of", "2025-03-23", "--taken-in", "2025-03-25", "--out", "again"]);
    assert!(again.contains("documents  5"), "{again}");
}

#[test]
fn a_run_without_the_store_knows_nothing_of_it() {
    let desk = three_weeks();
    let kept = fs::read(desk.path("recoup.db")).unwrap();
    let run = desk.stdout(&["run", ".", "--no-store", "--as-of", "2025-03-23", "--out", "apart"]);
    assert!(run.contains("documents  5"), "{run}");
    assert_eq!(fs::read(desk.path("recoup.db")).unwrap(), kept);
}

#[test]
fn what_a_store_holds_can_be_counted_checked_and_taken_out() {
    let desk = three_weeks();
    assert_snapshot!(desk.stdout(&["store", "check", "."]));
    let stats = desk.stdout(&["store", "stats", "."]);
    let (counts, _) = stats.split_once("bytes").unwrap();
    assert_snapshot!(counts);
    let claims = desk.stdout(&["store", "export", ".", "claims"]);
    let kept = desk.stdout(&["store", "export", ".", "documents"]);
    assert_eq!((claims.lines().count(), kept.lines().count()), (6, 6));
    let before = tree(&desk, "out");
    assert!(desk.output(&["store", "compact", "."]).status.success());
    assert!(desk.output(&["report", ".", "--as-of", WEEKS[0].0, "--again", "--out", "again"]).status.success());
    assert!(tree(&desk, "again/out").iter().all(|(path, bytes)| before[path] == *bytes));
}

#[test]
fn a_store_that_cannot_be_used_is_told_and_left_as_it_is() {
    let desk = three_weeks();
    let (store, whole) = (desk.path("recoup.db"), fs::read(desk.path("recoup.db")).unwrap());
    let reports = tree(&desk, "out");
    let run = ["run", ".", "--as-of", "2025-03-23", "--taken-in", "2025-03-25"];
    let mut seen = String::new();

    // user_version and a page in the middle, where SQLite keeps them (file format, 1.3 and 1.6).
    let mut newer = whole.clone();
    newer[60..64].copy_from_slice(&7_u32.to_be_bytes());
    let mut damaged = whole.clone();
    for page in damaged.chunks_mut(4096).skip(1) {
        page[..64].fill(0x55);
    }
    for bytes in [&newer, &damaged, &b"Notes of the editor, which are no store.\n".repeat(20)] {
        fs::write(&store, bytes).unwrap();
        seen += &desk.session(&run);
        assert_eq!(&fs::read(&store).unwrap(), bytes);
    }
    fs::write(&store, &whole).unwrap();

    let lock = fs::File::options().write(true).open(desk.path("recoup.db.lock")).unwrap();
    fs::write(desk.path("recoup.db.lock"), "process 4711").unwrap();
    lock.lock().unwrap();
    seen += &desk.session(&run);
    drop(lock);

    let mut permissions = fs::metadata(&store).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&store, permissions).unwrap();
    seen += &desk.session(&run);

    fs::remove_file(&store).unwrap();
    seen += &desk.session(&["report", "."]);
    desk.write("plain.toml", PIPELINE.replace("store = \"recoup.db\"\n", ""));
    seen += &desk.session(&["report", "plain.toml"]);
    assert_snapshot!(seen);
    assert_eq!(tree(&desk, "out"), reports);
}

#[test]
fn an_intake_before_the_last_one_is_refused() {
    let desk = three_weeks();
    assert_snapshot!(desk.session(&["run", ".", "--taken-in", "2025-03-11"]));
}

/// Kills a run at fifty moments, from its start to after its end. Whatever the moment: no file of a report is there in
/// part, the store is sound, and the next run ends as one that nobody disturbed.
#[test]
fn a_killed_run_loses_nothing_and_counts_nothing_twice() {
    const MOMENTS: u32 = 50;
    let articles: Vec<(String, String)> = (1..=60)
        .map(|n| {
            (
                format!("dispatch-{n:02}"),
                format!("In Gao {n} soldiers were killed on {} March 2025, the army said.", 1 + n % 9),
            )
        })
        .collect();
    let desk_with = || {
        let desk = Desk::with(&[("pipeline.toml", PIPELINE)]);
        articles.iter().for_each(|(name, text)| article(&desk, name, "2025-03-09", "Sahel Wire", text));
        desk
    };
    let run = ["run", ".", "--taken-in", "2025-03-10"];
    let calm = desk_with();
    let started = Instant::now();
    assert!(calm.output(&run).status.success());
    let whole = started.elapsed();
    let (reports, stats) = (tree(&calm, "out"), counts(&calm));
    for moment in 0..MOMENTS {
        let desk = desk_with();
        let mut killed = disturbed(&desk, &run, whole * moment / (MOMENTS - 5));
        let _ = killed.wait();
        for (path, bytes) in tree(&desk, "out") {
            assert!(
                path.contains("/.recoup-") || path.starts_with(".recoup-") || reports[&path] == bytes,
                "half of {path}"
            );
        }
        if desk.path("recoup.db").exists() {
            let check = desk.stdout(&["store", "check", "."]);
            let sound =
                check.starts_with("The store is sound") || check.lines().all(|line| line.contains("put in place"));
            assert!(sound || check.is_empty(), "{check}");
        }
        let next = desk.output(&run);
        assert!(next.status.success(), "{}", String::from_utf8_lossy(&next.stderr));
        assert_eq!(tree(&desk, "out"), reports, "killed after {:?}", whole * moment / MOMENTS);
        assert_eq!(counts(&desk), stats);
    }
}

/// A run that is killed after a while.
fn disturbed(desk: &Desk, arguments: &[&str], after: Duration) -> std::process::Child {
    let mut command: Command = desk.command(arguments);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    thread::sleep(after);
    let _ = child.kill();
    child
}

/// What is in the store; of intakes there is one more for each run.
fn counts(desk: &Desk) -> String {
    let stats = desk.stdout(&["store", "stats", "."]);
    stats
        .lines()
        .filter(|line| !line.starts_with("intakes") && !line.starts_with("bytes"))
        .collect::<Vec<_>>()
        .join("\n")
}
