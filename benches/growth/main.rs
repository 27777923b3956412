//! Checks that the time of a check grows linearly with the length of a page, not quadratically. Each construct is checked at one
//! length and at four times that length. Prints both times and their ratio, and exits with 1 if a ratio is above [`MOST`].
//!
//! `cargo bench --bench growth -- NAME` only measures the constructs whose names contain NAME.

mod constructs;

use std::fs;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use camino::Utf8Path;
use isogloss::analysis::pins::HistoryChoice;
use isogloss::config::Config;
use isogloss::corpus::walk::Root;
use isogloss_text::Locale;
use mimalloc::MiMalloc;

use crate::constructs::{CONSTRUCTS, Construct};

/// The same allocator as in the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The maximum ratio of times for four times the length.
const MOST: f64 = 5.0;
/// Shorter times are not meaningful: a run without anything to do takes about as long.
const NOTHING: Duration = Duration::from_millis(20);
/// Number of runs for each measurement, of which the shortest counts.
const RUNS: usize = 5;

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let is_wanted =
        |construct: &&Construct| wanted.is_empty() || wanted.iter().any(|name| construct.name.contains(name));
    let mut is_linear = true;
    println!("{:<44} {:>7} {:>9} {:>9} {:>6}", "construct", "n", "n", "4n", "ratio");
    for construct in CONSTRUCTS.iter().filter(is_wanted) {
        let [small, large] = [construct.count, 4 * construct.count].map(|count| time(construct, count));
        let ratio = large.as_secs_f64() / small.max(NOTHING).as_secs_f64();
        is_linear &= ratio <= MOST;
        let [small, large] = [small, large].map(|time| format!("{:.0} ms", time.as_secs_f64() * 1000.0));
        let mark = if ratio > MOST { "  too much" } else { "" };
        println!("{:<44} {:>7} {small:>9} {large:>9} {ratio:>6.1}{mark}", construct.name, construct.count);
    }
    if is_linear { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The minimum time to check a page.
fn time(construct: &Construct, count: usize) -> Duration {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let base = Utf8Path::from_path(folder.path()).expect("the temporary folder has a UTF-8 name");
    let texts = [(construct.source)(count), (construct.translation)(count)];
    let roots = ["en", "fr"].into_iter().zip(texts).map(|(locale, text)| {
        let path = base.join(locale);
        fs::create_dir(&path).expect("a folder can be made");
        fs::write(path.join("page.md"), text).expect("a page can be written");
        Root { locale: Locale::parse(locale), path }
    });
    let config = Config { roots: roots.collect(), history: HistoryChoice::Off, ..Config::default() };
    let run = |_| {
        let start = Instant::now();
        let report = isogloss::check(&config, false).expect("the page can be checked");
        assert_eq!(report.summary.pages, 1, "{}: the page was not checked", construct.name);
        start.elapsed()
    };
    (0..RUNS).map(run).min().unwrap_or_default()
}
