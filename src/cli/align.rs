//! `isogloss align`.

use camino::Utf8Path;
use clap::Args;

use super::configuration::ConfigArgs;
use super::values;
use crate::config::{Config, ConfigError, Root};

const EXAMPLES: &str = "\
Examples:
  isogloss align docs.en/plans.md docs.fr/plans.md
  isogloss align en=docs fr=i18n/fr --format json";

/// Arguments of `align`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct AlignArgs {
    /// File or folder in the source locale
    #[arg(value_name = "SOURCE", value_parser = values::root)]
    pub source: Root,
    /// File or folder of its translation
    #[arg(value_name = "TRANSLATION", value_parser = values::root)]
    pub translation: Root,
    /// One object a page and line, or one array of them
    #[arg(short, long, value_name = "NAME", default_value = "jsonl", value_parser = values::word(&AlignFormat::NAMES))]
    pub format: AlignFormat,
    #[command(flatten)]
    #[expect(missing_docs, reason = "clap would take a comment for help")]
    pub config: ConfigArgs,
}

/// The formats of `align`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlignFormat {
    /// One object a page, one line each.
    Jsonl,
    /// An array of the same objects.
    Json,
}

impl AlignFormat {
    const NAMES: [(&'static str, Self); 2] = [("jsonl", Self::Jsonl), ("json", Self::Json)];
}

impl AlignArgs {
    /// The configuration of the run, whose roots are the source and the translation, in this order. `current` is the
    /// current folder, absolute.
    ///
    /// # Errors
    /// Those of [`ConfigArgs::load`].
    pub fn resolve(&self, current: &Utf8Path) -> Result<Config, ConfigError> {
        let config = self.config.load(vec![self.source.clone(), self.translation.clone()], current)?;
        Ok(Config { source: self.source.locale.clone().or(config.source), ..config })
    }
}
