//! `isogloss config`.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use clap::{Args, ColorChoice};
use owo_colors::OwoColorize;
use unicode_width::UnicodeWidthStr;

use super::common::{load, refuse};
use super::configuration::ConfigArgs;
use crate::config::Settings;
use crate::report::Options;
use crate::sanitize::{Sanitized, visible};

/// Width up to which comments are aligned.
const WIDEST: usize = 56;

/// Arguments of `config`.
#[derive(Debug, Clone, Args)]
pub struct ShowArgs {
    #[command(flatten)]
    #[expect(missing_docs, reason = "clap would take a comment for help")]
    pub config: ConfigArgs,
}

/// Prints the effective configuration, which is a valid configuration, and where each value is set.
pub fn run(args: &ShowArgs, color: ColorChoice) -> ExitCode {
    let settings = match load(|current| Settings::load(args.config.file(current)?.as_ref(), current)) {
        Ok(settings) => settings,
        Err(error) => return refuse(&error.pretty(Options::for_stderr(color).color)),
    };
    let mut out = Sanitized::new(BufWriter::new(io::stdout().lock()));
    match write(&settings, Options::for_stdout(color), &mut out).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => refuse(&format!("error: cannot write: {error}\n")),
    }
}

fn write(settings: &Settings, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let faint = options.palette().faint;
    let files = match settings.files.as_slice() {
        [] => "# no configuration file: everything is at its default".to_owned(),
        files => format!(
            "# {}",
            visible(&files.iter().map(|file| file.as_str()).collect::<Vec<_>>().join(", which extends "))
        ),
    };
    writeln!(out, "{}", files.style(faint))?;
    let widths = settings.lines.iter().filter(|line| line.is_value).map(|line| line.text.width());
    let width = widths.filter(|&width| width <= WIDEST).max().unwrap_or(0);
    for line in &settings.lines {
        if !line.is_value {
            writeln!(out, "{}", line.text)?;
            continue;
        }
        let origin = match &line.origin {
            Some(origin) => format!("# {}:{}", visible(origin.file.as_str()), origin.line),
            None => "# default".to_owned(),
        };
        let padding = width.saturating_sub(line.text.width());
        writeln!(out, "{}{:padding$}  {}", line.text, "", origin.style(faint))?;
    }
    Ok(())
}
