//! `isogloss status`.

use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use camino::Utf8Path;
use clap::{Args, ColorChoice};

use super::check::CheckArgs;
use super::common::{load, refuse};
use super::configuration::{ConfigArgs, HistoryArgs};
use super::values;
use crate::config::{Config, ConfigError};
use crate::corpus::walk::Root;
use crate::report::{Options, write_notices};
use crate::status::{self, FORMATS, Status};
use isogloss_text::Locale;

const EXPLANATION: &str = "\
Columns:
  pages     source pages that the locale has; cover is their share
  fresh     pages whose source did not change, except for whitespace
  stale     pages whose source changed in words, code or numbers
  cosmetic  pages whose source changed in links, markup or front matter only
  unknown   pages whose freshness is unknown
  missing   paragraphs and other blocks reported by the missing-* rules
  words     source words to translate: of missing pages and of missing or changed blocks
  human     share translated by people, from `ht-degree` in the front matter

Examples:
  isogloss status                          the configured or the current folder
  isogloss status content --locale fr,sv   two locales
  isogloss status --format markdown        a table for a comment or a page";

/// Arguments of `status`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXPLANATION)]
pub struct StatusArgs {
    /// Folders or files to count, instead of the configured ones or the current folder
    #[arg(value_name = "PATH|LOCALE=PATH", value_parser = values::root)]
    pub roots: Vec<Root>,
    /// Locale that the others are translated from
    #[arg(short, long, value_name = "LOCALE", value_parser = values::locale)]
    pub source: Option<Locale>,
    /// Show only these locales
    #[arg(short, long, value_name = "LOCALE,…", value_delimiter = ',', value_parser = values::locale)]
    pub locale: Vec<Locale>,
    /// Output format
    #[arg(short, long, value_name = "NAME", default_value = FORMATS[0].0, value_parser = values::word(&FORMATS))]
    pub format: status::Write,
    #[command(flatten)]
    #[expect(missing_docs, reason = "clap would take a comment for help")]
    pub history: HistoryArgs,
    #[command(flatten)]
    #[expect(missing_docs, reason = "clap would take a comment for help")]
    pub config: ConfigArgs,
}

impl StatusArgs {
    /// The configuration of the run, the same as for `check` with these arguments; `current` is the absolute current folder.
    ///
    /// # Errors
    /// See [`ConfigArgs::load`].
    pub fn resolve(&self, current: &Utf8Path) -> Result<Config, ConfigError> {
        let check = CheckArgs {
            roots: self.roots.clone(),
            source: self.source.clone(),
            locale: self.locale.clone(),
            history: self.history.clone(),
            config: self.config.clone(),
            ..CheckArgs::default()
        };
        check.resolve(current)
    }
}

/// Writes the table and returns the exit code: 0, 2 if something could not be read or written as requested, 3 for an
/// incomplete check.
pub fn run(args: &StatusArgs, color: ColorChoice) -> ExitCode {
    let config = match load(|current| args.resolve(current)) {
        Ok(config) => config,
        Err(error) => return refuse(&error.pretty(Options::for_stderr(color).color)),
    };
    let status = match status::status(&config, io::stderr().is_terminal()) {
        Ok(status) => status,
        Err(error) => return refuse(&format!("error: {error}\n")),
    };
    // Errors writing to standard error cannot be reported.
    let _ = write_notices(&status.notices, Options::for_stderr(color), &mut io::stderr().lock());
    match write(&status, args.format, color) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => refuse(&format!("error: cannot write: {error}\n")),
        _ if status.is_blind() => ExitCode::from(3),
        _ => ExitCode::SUCCESS,
    }
}

fn write(status: &Status, format: status::Write, color: ColorChoice) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    format(status, Options::for_stdout(color), &mut out)?;
    out.flush()
}
