//! `isogloss rules`.

use std::io::{self, Write};

use clap::Args;
use serde_json::json;

use super::values;
use crate::rules::{RULES, Rule};

/// Arguments of `rules`.
#[derive(Debug, Clone, Args)]
pub struct RulesArgs {
    /// For people or for programs
    #[arg(short, long, value_name = "NAME", default_value = "table", value_parser = values::word(&RulesFormat::NAMES))]
    pub format: RulesFormat,
}

/// The formats of `rules`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RulesFormat {
    /// Aligned columns.
    Table,
    /// An array of objects.
    Json,
}

impl RulesFormat {
    const NAMES: [(&'static str, Self); 2] = [("table", Self::Table), ("json", Self::Json)];
}

/// Writes every rule: id, level by default, summary.
///
/// # Errors
/// Those of `out`.
pub fn run(arguments: &RulesArgs, out: &mut dyn Write) -> io::Result<()> {
    match arguments.format {
        RulesFormat::Table => {
            let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
            for rule in RULES {
                writeln!(out, "{:width$}  {:7}  {}", rule.id, default_level(rule), rule.summary)?;
            }
        }
        RulesFormat::Json => {
            let object = |rule: &&Rule| json!({"id": rule.id, "default": default_level(rule), "summary": rule.summary});
            let rules: Vec<_> = RULES.iter().map(object).collect();
            serde_json::to_writer_pretty(&mut *out, &rules)?;
            writeln!(out)?;
        }
    }
    Ok(())
}

/// The level of a rule that is not configured, as it would be written in the configuration.
pub(crate) fn default_level(rule: &Rule) -> &'static str {
    rule.default.map_or("off", |severity| severity.as_str())
}
