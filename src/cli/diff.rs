//! `isogloss diff`.

use std::fs;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, ColorChoice, value_parser};

use super::check::CheckArgs;
use super::common::{load, refuse};
use super::configuration::{ConfigArgs, HistoryArgs};
use super::values;
use crate::analysis::{PageView, PairView};
use crate::config::{Config, ConfigError};
use crate::corpus::page::{Corpus, Page};
use crate::corpus::targets::Targets;
use crate::corpus::walk::Root;
use crate::finding::{Finding, Notice, NoticeLevel, Related};
use crate::report::{Options, write_notices};
use crate::rules::{self, Sink};
use crate::side_by_side;
use isogloss_text::Locale;

const EXAMPLES: &str = "\
Examples:
  isogloss diff content/fr/plans.md              a translation and its source
  isogloss diff content/en/plans.md              the source and each of its translations
  isogloss diff docs.fr/plans.md en=docs.en fr=docs.fr
  isogloss diff content/fr/plans.md --all --color always | less -R";

/// Arguments of `diff`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct DiffArgs {
    /// A file of the page: a translation, or the source to show all translations
    #[arg(value_name = "PAGE")]
    pub page: Utf8PathBuf,
    /// Folders with the other languages, instead of the configured folders or the current folder
    #[arg(value_name = "PATH|LOCALE=PATH", value_parser = values::root)]
    pub roots: Vec<Root>,
    /// Locale that the others are translated from
    #[arg(short, long, value_name = "LOCALE", value_parser = values::locale)]
    pub source: Option<Locale>,
    /// Show only these locales
    #[arg(short, long, value_name = "LOCALE,…", value_delimiter = ',', value_parser = values::locale)]
    pub locale: Vec<Locale>,
    /// Show every block in full, not only the differences
    #[arg(short, long)]
    pub all: bool,
    /// Width in columns [default: the terminal's]
    #[arg(short, long, value_name = "COLUMNS", value_parser = value_parser!(u16).range(40..))]
    pub width: Option<u16>,
    /// Do not look up recorded source commits
    #[arg(long, help_heading = "History")]
    pub no_history: bool,
    #[command(flatten)]
    #[expect(missing_docs, reason = "clap would take a comment for help")]
    pub config: ConfigArgs,
}

impl DiffArgs {
    /// The configuration of the run, the same as for `check` with these arguments; `current` is the absolute current folder.
    /// `locale` only selects translations of the page.
    ///
    /// # Errors
    /// See [`ConfigArgs::load`].
    pub fn resolve(&self, current: &Utf8Path) -> Result<Config, ConfigError> {
        let check = CheckArgs {
            roots: self.roots.clone(),
            source: self.source.clone(),
            history: HistoryArgs { no_history: self.no_history, ..HistoryArgs::default() },
            config: self.config.clone(),
            ..CheckArgs::default()
        };
        check.resolve(current)
    }
}

/// Shows the page and returns the exit code: 0, 2 if something could not be read as requested, 3 if there is nothing to
/// compare.
pub fn run(args: &DiffArgs, color: ColorChoice) -> ExitCode {
    let config = match load(|current| args.resolve(current)) {
        Ok(config) => config,
        Err(error) => return refuse(&error.pretty(Options::for_stderr(color).color)),
    };
    let found = match crate::find(&config) {
        Ok(found) => found,
        Err(error) => return refuse(&format!("error: {error}\n")),
    };
    let page = match page_of(&found.corpus, &args.page) {
        Ok(page) => page,
        Err(message) => return refuse(&format!("error: {message}\n")),
    };
    let (learned, pins) = crate::prepare(&config, &found.corpus, &found.roots, &found.corpus, false);
    let context = config.context(&found.corpus, &learned, &pins);
    let (view, mut notices) = context.view(page);
    let mut sink = Sink::new(&config.levels, &page.key);
    rules::check_page(&Targets::new(&found.corpus), &view, &mut sink);
    let findings = sink.finish();

    let pairs = chosen(args, &view);
    let of_the_page = |notice: &&Notice| page.members.iter().any(|member| notice.path.as_ref() == Some(&member.path));
    notices.extend(found.notices.iter().filter(of_the_page).cloned());
    notices.extend(pins.notices());
    if pairs.is_empty() {
        notices.push(nothing_to_compare(args, &view));
    }
    // Errors writing to standard error cannot be reported.
    let _ = write_notices(&notices, Options::for_stderr(color), &mut io::stderr().lock());
    let is_incomplete = notices.iter().any(|notice| notice.level == NoticeLevel::Incomplete);
    match write(&pairs, &findings, args, color) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => refuse(&format!("error: cannot write: {error}\n")),
        _ if is_incomplete => ExitCode::from(3),
        _ => ExitCode::SUCCESS,
    }
}

/// Finds the page of a file.
///
/// # Errors
/// If there is none, with a message without a full stop.
fn page_of<'c>(corpus: &'c Corpus, file: &Utf8Path) -> Result<&'c Page, String> {
    let wanted = fs::canonicalize(file).map_err(|error| format!("cannot read `{file}`: {error}"))?;
    let is_wanted = |path: &Utf8Path| {
        // Resolving thousands of paths would take longer than comparing the page.
        path.file_name() == wanted.file_name().and_then(|name| name.to_str())
            && fs::canonicalize(path).is_ok_and(|path| path == wanted)
    };
    let page = corpus.pages.iter().find(|page| page.members.iter().any(|member| is_wanted(&member.path)));
    page.ok_or_else(|| {
        format!(
            "`{file}` is not a page in a known language; also name the folders of all languages, as in \
             `isogloss diff {file} en=docs fr=docs.fr`"
        )
    })
}

/// The translations to show: those of the selected locales, or else the file itself, or else all.
fn chosen<'v>(args: &DiffArgs, view: &'v PageView<'v>) -> Vec<PairView<'v>> {
    let wanted = fs::canonicalize(&args.page).ok();
    let is_requested = |pair: &PairView<'_>| fs::canonicalize(&pair.translation.member.path).ok() == wanted;
    if !args.locale.is_empty() {
        let covers = |locale: &Locale| args.locale.iter().any(|range| range.covers(locale));
        return view.comparisons().filter(|pair| covers(pair.translation.locale())).collect();
    }
    let own: Vec<_> = view.comparisons().filter(is_requested).collect();
    if own.is_empty() { view.comparisons().collect() } else { own }
}

fn nothing_to_compare(args: &DiffArgs, view: &PageView<'_>) -> Notice {
    let there: Vec<&str> = view.versions.iter().map(|version| version.locale().as_str()).collect();
    let message = format!("nothing to compare; versions of this page: {}", there.join(", "));
    Notice { level: NoticeLevel::Incomplete, path: Some(args.page.clone()), message }
}

/// A finding as seen from the translation: if it was reported in the reference, its locations are swapped.
fn in_pair(finding: &Finding, pair: &PairView<'_>) -> Option<Finding> {
    let (reference, translation) = (&pair.reference.member.path, &pair.translation.member.path);
    if finding.path == *translation {
        return Some(finding.clone());
    }
    let there = finding.related.iter().find(|related| finding.path == *reference && related.path == *translation)?;
    let here =
        Related { path: finding.path.clone(), locale: finding.locale.clone(), range: finding.range, ..there.clone() };
    Some(Finding { path: there.path.clone(), range: there.range, related: vec![here], ..finding.clone() })
}

fn write(pairs: &[PairView<'_>], findings: &[Finding], args: &DiffArgs, color: ColorChoice) -> io::Result<()> {
    let mut options = Options::for_stdout(color);
    options.width = args.width.map_or(options.width, usize::from);
    let mut out = BufWriter::new(io::stdout().lock());
    for (index, pair) in pairs.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let own: Vec<Finding> = findings.iter().filter_map(|finding| in_pair(finding, pair)).collect();
        side_by_side::write(pair, &own, args.all, options, &mut out)?;
    }
    out.flush()
}
