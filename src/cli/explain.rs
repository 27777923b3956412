//! `isogloss explain`.

use std::io::{self, Write};

use clap::Args;
use clap::builder::styling::Style;

use super::{rules, values};
use crate::rules::Rule;

/// Arguments of `explain`.
#[derive(Debug, Clone, Args)]
pub struct ExplainArgs {
    /// Id of the rule, such as sla-mismatch
    #[arg(value_name = "RULE", value_parser = values::rule)]
    pub rule: &'static Rule,
}

/// Writes what the rule means: its page in the documentation, with, in colour, its headings in bold.
///
/// # Errors
/// Those of `out`.
pub fn run(arguments: &ExplainArgs, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let rule = arguments.rule;
    let bold = if color { Style::new().bold() } else { Style::new() };
    let mut fenced = false;
    for line in rule.documentation.lines() {
        fenced ^= line.trim_start().starts_with("```");
        match line.trim_start_matches('#').strip_prefix(' ') {
            Some(heading) if line.starts_with('#') && !fenced => writeln!(out, "{bold}{heading}{bold:#}")?,
            _ if line.starts_with("**Default:**") => writeln!(out, "Default: {}", rules::default_level(rule))?,
            _ => writeln!(out, "{line}")?,
        }
    }
    Ok(())
}
