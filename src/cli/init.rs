//! `isogloss init`.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, ColorChoice};
use owo_colors::OwoColorize;

use super::common::refuse;
use super::values;
use crate::config::{FILE_NAMES, discover};
use crate::corpus::layout;
use crate::corpus::walk::Root;
use crate::finding::NoticeLevel;
use crate::init::{GitHistory, Survey, advice, render, survey};
use crate::report::{Options, plural, write_notices};
use crate::sanitize::{Sanitized, visible};
use isogloss_text::Locale;
use isogloss_text::files::Tree;

const EXAMPLES: &str = "\
Examples:
  isogloss init                                write isogloss.yaml for the current folder
  isogloss init --print                        print the configuration only
  isogloss init en=docs.en fr-FR=docs.fr-FR    one folder per locale";

/// Arguments of `init`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct InitArgs {
    /// Folders to examine, instead of the current folder
    #[arg(value_name = "PATH|LOCALE=PATH", value_parser = values::root)]
    pub roots: Vec<Root>,
    /// Locale that the others are translated from
    #[arg(short, long, value_name = "LOCALE", value_parser = values::locale)]
    pub source: Option<Locale>,
    /// Replace an existing configuration
    #[arg(long)]
    pub force: bool,
    /// Print the configuration instead of writing it
    #[arg(long, visible_alias = "dry-run", conflicts_with = "force")]
    pub print: bool,
}

/// Examines the documents, prints what it found, and writes the configuration file into the current folder. Returns the
/// exit code: 0, 2 if there is already one or it cannot be written, 3 if nothing could be compared.
pub fn run(args: &InitArgs, color: ColorChoice) -> ExitCode {
    match init(args, color) {
        Ok(code) => code,
        Err(message) => refuse(&format!("error: {message}\n")),
    }
}

/// # Errors
/// A message without a full stop.
fn init(args: &InitArgs, color: ColorChoice) -> Result<ExitCode, String> {
    let current = std::env::current_dir().ok().and_then(|path| Utf8PathBuf::from_path_buf(path).ok());
    let current =
        current.ok_or("cannot determine the current folder: it was removed, or its name is not valid UTF-8")?;
    if args.roots.iter().any(|root| root.locale.is_some()) && args.roots.iter().any(|root| root.locale.is_none()) {
        return Err("either all folders or none must have a locale".to_owned());
    }
    let file = target(&current)?;
    if !args.print && !args.force && fs::symlink_metadata(current.join(file)).is_ok() {
        return Err(format!(
            "`{file}` already exists; pass `--force` to replace it, or `--print` to print the configuration"
        ));
    }
    let survey = survey(args.roots.clone(), args.source.clone(), &current).map_err(|error| error.to_string())?;
    // Errors writing to standard error cannot be reported.
    let _ = write_notices(&survey.notices, Options::for_stderr(color), &mut io::stderr().lock());
    if survey.is_blind() {
        let _ = writeln!(io::stderr(), "{}", visible(&nothing_written(args, &current)));
        return Ok(ExitCode::from(3));
    }
    let is_incomplete = survey.notices.iter().any(|notice| notice.level == NoticeLevel::Incomplete);
    let complete = |code| if is_incomplete { ExitCode::from(3) } else { code };
    let text = render(&survey);
    if args.print {
        let _ = describe(&survey, Options::for_stderr(color), &mut io::stderr().lock());
        return print(|out| out.write_all(text.as_bytes())).map(complete);
    }
    Tree::around(current.as_std_path())
        .and_then(|tree| tree.output(Path::new(file), false))
        .and_then(|output| output.write(|out| out.write_all(text.as_bytes())))
        .map_err(|error| format!("cannot write `{file}`: {error}"))?;
    print(|out| {
        describe(&survey, Options::for_stdout(color), out)?;
        if let Some(above) = above(&current) {
            writeln!(out, "`{above}` no longer applies here: the nearest file is used")?;
        }
        writeln!(out, "Wrote {file}. Next: isogloss check")
    })
    .map(complete)
}

/// The message if nothing can be compared, with sibling folders that are named like this one, if any.
fn nothing_written(args: &InitArgs, current: &Utf8Path) -> String {
    let siblings = if args.roots.is_empty() { layout::siblings(current) } else { Vec::new() };
    if siblings.len() < 2 {
        return "no configuration written; if each language has its own folder, name them, as in \
                `isogloss init en=docs.en fr=docs.fr`"
            .to_owned();
    }
    let folder = |(locale, name): &(Locale, String)| {
        let is_here = current.file_name() == Some(name);
        if is_here { format!("{locale}=.") } else { format!("{locale}=../{name}") }
    };
    let folders: Vec<String> = siblings.iter().map(folder).collect();
    format!(
        "no configuration written; other languages are next to this folder: run `isogloss init {}`",
        folders.join(" ")
    )
}

/// The name of the configuration file here: that of the existing one, or else the first.
fn target(current: &Utf8Path) -> Result<&'static str, String> {
    let there: Vec<&str> =
        FILE_NAMES.into_iter().filter(|name| fs::symlink_metadata(current.join(name)).is_ok()).collect();
    match there[..] {
        [] => Ok(FILE_NAMES[0]),
        [only] => Ok(FILE_NAMES.into_iter().find(|name| *name == only).unwrap_or(FILE_NAMES[0])),
        _ => Err(format!("both `{}` and `{}` exist; keep one of them", FILE_NAMES[0], FILE_NAMES[1])),
    }
}

/// The configuration that applies so far, in a parent folder.
fn above(current: &Utf8Path) -> Option<Utf8PathBuf> {
    let file = discover(current.parent()?).ok().flatten()?;
    Some(Utf8Path::new("..").join(file))
}

/// Writes to standard output; a closed pipe is not an error.
fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<ExitCode, String> {
    let mut out = io::stdout().lock();
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("cannot write: {error}")),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// Prints what was found and what needs a decision.
fn describe(survey: &Survey, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let out = &mut Sanitized::new(out);
    let palette = options.palette();
    let width = options.width.clamp(40, 100);
    let mut line = |label: &str, value: &str| -> io::Result<()> {
        let value = visible(value);
        let label = format!("  {label:9}  ");
        let indent = " ".repeat(label.len());
        for (at, part) in textwrap::wrap(&value, whole_words(width - label.len())).iter().enumerate() {
            if at == 0 {
                writeln!(out, "{}{part}", label.style(palette.faint))?;
            } else {
                writeln!(out, "{indent}{part}")?;
            }
        }
        Ok(())
    };
    line("languages", &languages(survey))?;
    line("layout", &survey.layouts.join(", "))?;
    let pages = plural(survey.pages, "page", "s");
    line("pages", &format!("{pages}, {} of them in at least two languages", survey.paired))?;
    line("ids", &counted(&survey.id_keys, "none; pages are paired by path"))?;
    line("commits", &counted(&survey.pin_keys, "none; translations do not record their source commits"))?;
    line("history", &history(&survey.history))?;
    line(
        "preset",
        &survey.chosen.as_ref().map_or("none matches, and none is needed".to_owned(), |chosen| {
            format!("{} ({})", chosen.preset.name, chosen.reason)
        }),
    )?;
    writeln!(out)?;
    for sentence in advice(survey) {
        let sentence = visible(&sentence).into_owned();
        let wrap = whole_words(width).initial_indent("- ").subsequent_indent("  ");
        writeln!(out, "{}\n", textwrap::fill(&sentence, wrap))?;
    }
    Ok(())
}

/// Does not break lines at hyphens, because keys and options contain them.
fn whole_words<'o>(width: usize) -> textwrap::Options<'o> {
    textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation)
}

fn languages(survey: &Survey) -> String {
    let of = |source: bool| {
        survey.locales.iter().filter(move |(locale, _)| (Some(locale) == survey.source.as_ref()) == source)
    };
    let first = of(true).map(|(locale, count)| format!("{locale} (source) {count}"));
    first.chain(of(false).map(|(locale, count)| format!("{locale} {count}"))).collect::<Vec<_>>().join(", ")
}

fn counted(keys: &[(String, usize)], none: &str) -> String {
    let counts: Vec<String> =
        keys.iter().map(|(key, count)| format!("{key} in {}", plural(*count, "document", "s"))).collect();
    if counts.is_empty() { none.to_owned() } else { counts.join(", ") }
}

fn history(history: &GitHistory) -> String {
    match history {
        GitHistory::Unused => "git, not needed: no source commits recorded".to_owned(),
        GitHistory::Absent => "none, and none is needed".to_owned(),
        GitHistory::Unavailable => "not available".to_owned(),
        GitHistory::Used { current, behind, unknown } => {
            let unknown = if *unknown > 0 { format!(", {unknown} unknown") } else { String::new() };
            format!("git; {current} translations up to date, {behind} outdated{unknown}")
        }
    }
}
