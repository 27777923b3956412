//! `isogloss quantities`.

use camino::Utf8PathBuf;
use clap::Args;

use super::values;
use crate::locale::Locale;

const EXAMPLES: &str = "\
Examples:
  isogloss quantities --locale sv plans.md
  echo 'within 2 business days' | isogloss quantities --locale en --format jsonl";

/// Arguments of `quantities`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct QuantitiesArgs {
    /// The text to read, instead of standard input
    #[arg(value_name = "FILE")]
    pub file: Option<Utf8PathBuf>,
    /// The locale that the text is in
    #[arg(short, long, value_name = "LOCALE", value_parser = values::locale)]
    pub locale: Locale,
    /// For people, or one object a line of the text
    #[arg(short, long, value_name = "NAME", default_value = "text", value_parser = values::word(&QuantitiesFormat::NAMES))]
    pub format: QuantitiesFormat,
}

/// The formats of `quantities`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuantitiesFormat {
    /// For people.
    Text,
    /// One object a line of the text.
    Jsonl,
}

impl QuantitiesFormat {
    const NAMES: [(&'static str, Self); 2] = [("text", Self::Text), ("jsonl", Self::Jsonl)];
}
