//! `isogloss rules`.

use std::io::{self, Write};

use clap::Args;
use serde_json::json;

use super::values;
use crate::rules::{RULES, Rule};

/// Arguments of `rules`.
#[derive(Debug, Clone, Args)]
pub struct RulesArgs {
    /// Output format
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

/// Writes every rule: id, default level, summary. `width` is that of the terminal in columns; without it, each rule is
/// one line.
///
/// # Errors
/// The errors of `out`.
pub fn run(arguments: &RulesArgs, width: Option<usize>, out: &mut dyn Write) -> io::Result<()> {
    match arguments.format {
        RulesFormat::Table => {
            let id = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
            for rule in RULES {
                let start = format!("{:id$}  {:7}  ", rule.id, default_level(rule));
                // In narrower terminals, lines broken by the terminal are easier to read.
                let room = width.map(|width| width.saturating_sub(start.len())).filter(|&room| room >= 30);
                for (number, line) in textwrap::wrap(rule.summary, room.unwrap_or(usize::MAX)).iter().enumerate() {
                    let indent = start.len();
                    let start = if number == 0 { &start } else { "" };
                    writeln!(out, "{start:indent$}{line}")?;
                }
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

/// The default level of a rule, as written in the configuration.
pub(crate) fn default_level(rule: &Rule) -> &'static str {
    rule.default.map_or("off", |severity| severity.as_str())
}
