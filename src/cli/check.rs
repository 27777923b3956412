//! `isogloss check`.

use std::num::NonZeroUsize;

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;

use super::configuration::ConfigArgs;
use super::values;
use crate::config::{Config, ConfigError, FailOn, HistoryChoice, Root};
use crate::locale::Locale;
use crate::report::{Destination, FORMATS};
use crate::rules::Rule;

const EXAMPLES: &str = "\
Examples:
  isogloss check                                       as configured, or the current folder
  isogloss check content                               a folder whose locales are detected
  isogloss check en=docs.en fr-FR=docs.fr-FR           one folder a locale
  isogloss check --locale sv --select sla-mismatch     one language, one rule
  isogloss check --format pretty --format json=findings.json";

/// Arguments of `check`.
#[derive(Debug, Clone, Default, Args)]
#[command(after_help = EXAMPLES)]
pub struct CheckArgs {
    /// Folders or files to check, instead of the configured ones or the current folder
    #[arg(value_name = "PATH|LOCALE=PATH", value_parser = values::root)]
    pub roots: Vec<Root>,
    /// The locale that the others are translated from
    #[arg(short, long, value_name = "LOCALE", value_parser = values::locale)]
    pub source: Option<Locale>,
    /// Report these locales only
    #[arg(short, long, value_name = "LOCALE,…", value_delimiter = ',', value_parser = values::locale)]
    pub locale: Vec<Locale>,
    /// In which formats to report, and where to.
    #[arg(short, long, value_name = "NAME[=FILE]", value_parser = str::parse::<Destination>, help = format_help())]
    pub format: Vec<Destination>,
    /// Run these rules only, also those that are off
    #[arg(long, value_name = "RULE,…", value_delimiter = ',', value_parser = values::rule)]
    pub select: Vec<&'static Rule>,
    /// Do not run these rules
    #[arg(long, value_name = "RULE,…", value_delimiter = ',', value_parser = values::rule)]
    pub ignore: Vec<&'static Rule>,
    /// Exit with code 1 for findings of this severity or above [default: error]
    #[arg(long, value_name = "SEVERITY", value_parser = values::word(&FailOn::NAMES))]
    pub fail_on: Option<FailOn>,
    /// Print findings only: no notices, summary or progress
    #[arg(short, long)]
    pub quiet: bool,
    /// Do not look up recorded source commits
    #[arg(long, help_heading = "History")]
    pub no_history: bool,
    /// The checkout to look up recorded source commits in, if it is not the source's own
    #[arg(long, value_name = "PATH", conflicts_with = "no_history", help_heading = "History")]
    pub source_repo: Option<Utf8PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "clap would take a comment for help")]
    pub config: ConfigArgs,
    /// How many threads to use [default: one per core]
    #[arg(long, value_name = "N", help_heading = "Running")]
    pub jobs: Option<NonZeroUsize>,
}

impl CheckArgs {
    /// In which formats to report, and where to; at least one.
    pub fn formats(&self) -> Vec<Destination> {
        if self.format.is_empty() { vec![Destination::default()] } else { self.format.clone() }
    }

    /// The configuration of the run: the file's, found from `current`, the current folder, which is absolute; over it
    /// what the command line says.
    ///
    /// # Errors
    /// Those of [`ConfigArgs::load`].
    pub fn resolve(&self, current: &Utf8Path) -> Result<Config, ConfigError> {
        let mut config = self.config.load(self.roots.clone(), current)?;
        config.source = self.source.clone().or(config.source);
        // Who asks for a locale wants it to be read, whether or not it is configured.
        if !config.locales.is_empty() {
            let unknown = |locale: &&Locale| !config.locales.iter().any(|range| range.covers(locale));
            let added: Vec<_> = self.locale.iter().filter(unknown).cloned().collect();
            config.locales.extend(added);
        }
        config.levels = config.levels.restricted(&self.select, &self.ignore, &self.locale);
        config.fail_on = self.fail_on.unwrap_or(config.fail_on);
        if self.no_history {
            config.history = HistoryChoice::Off;
        } else if let Some(path) = &self.source_repo {
            config.history = HistoryChoice::Repository(path.clone());
        }
        config.jobs = self.jobs;
        Ok(config)
    }
}

fn format_help() -> String {
    let names: Vec<_> = FORMATS.iter().map(|format| format.name).collect();
    format!("How to report: {}; may be given several times [default: {}]", names.join(", "), names[0])
}
