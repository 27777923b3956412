//! `isogloss explain`.

use std::io::{self, Write};

use clap::Args;
use clap::builder::styling::Style;

use super::values;
use crate::rules::Rule;

/// Arguments of `explain`.
#[derive(Debug, Clone, Args)]
pub struct ExplainArgs {
    /// Id of the rule, such as sla-mismatch
    #[arg(value_name = "RULE", value_parser = values::rule_id(), hide_possible_values = true)]
    pub rule: &'static Rule,
}

/// Prints the documentation of the rule: code indented and, with color, headings in bold.
///
/// # Errors
/// The errors of `out`.
pub fn run(arguments: &ExplainArgs, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let rule = arguments.rule;
    let bold = if color { Style::new().bold() } else { Style::new() };
    let mut fence = None;
    for line in rule.documentation.lines() {
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        match fence {
            Some(open) if line == open => fence = None,
            Some(_) => writeln!(out, "{}", format!("    {line}").trim_end())?,
            None if ticks.len() >= 3 => fence = Some(ticks),
            None => match line.split_once(' ') {
                Some((marks, heading)) if marks.starts_with('#') => writeln!(out, "{bold}{heading}{bold:#}")?,
                // The level is the only emphasis in these pages.
                _ => writeln!(out, "{}", line.replace("**", ""))?,
            },
        }
    }
    Ok(())
}
