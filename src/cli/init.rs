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
  isogloss init                                look around here, write isogloss.yaml
  isogloss init --print                        show what would be written
  isogloss init en=docs.en fr-FR=docs.fr-FR    one folder a locale";

/// Arguments of `init`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct InitArgs {
    /// Folders to look at, instead of the current folder
    #[arg(value_name = "PATH|LOCALE=PATH", value_parser = values::root)]
    pub roots: Vec<Root>,
    /// The locale that the others are translated from
    #[arg(short, long, value_name = "LOCALE", value_parser = values::locale)]
    pub source: Option<Locale>,
    /// Replace the configuration that is there
    #[arg(long)]
    pub force: bool,
    /// Print the configuration and write nothing
    #[arg(long, visible_alias = "dry-run", conflicts_with = "force")]
    pub print: bool,
}

/// Looks at the documents, says what it found, and writes the configuration file into the current folder; says how the
/// program ends: 0, 2 if there is one already or it cannot be written, 3 if nothing could be compared.
pub fn run(args: &InitArgs, color: ColorChoice) -> ExitCode {
    match init(args, color) {
        Ok(code) => code,
        Err(message) => refuse(&format!("error: {message}\n")),
    }
}

/// # Errors
/// One sentence without a full stop.
fn init(args: &InitArgs, color: ColorChoice) -> Result<ExitCode, String> {
    let current = std::env::current_dir().ok().and_then(|path| Utf8PathBuf::from_path_buf(path).ok());
    let current = current.ok_or("the current folder cannot be named: it is gone, or its name is not valid UTF-8")?;
    if args.roots.iter().any(|root| root.locale.is_some()) && args.roots.iter().any(|root| root.locale.is_none()) {
        return Err("name the locale of every folder, or of none".to_owned());
    }
    let file = target(&current)?;
    if !args.print && !args.force && fs::symlink_metadata(current.join(file)).is_ok() {
        return Err(format!("`{file}` is there already: `--force` replaces it, `--print` shows what would be written"));
    }
    let survey = survey(args.roots.clone(), args.source.clone(), &current).map_err(|error| error.to_string())?;
    // Without a standard error there is nobody to tell.
    let _ = write_notices(&survey.notices, Options::for_stderr(color), &mut io::stderr().lock());
    if survey.is_blind() {
        let _ = writeln!(io::stderr(), "{}", visible(&nothing_written(args, &current)));
        return Ok(ExitCode::from(3));
    }
    let is_incomplete = survey.notices.iter().any(|notice| notice.level == NoticeLevel::Blind);
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
            writeln!(out, "`{above}` does not apply here any longer: the nearest file counts.")?;
        }
        writeln!(out, "Wrote {file}. Next: isogloss check")
    })
    .map(complete)
}

/// What to say where nothing can be compared: with the folders beside this one that are named like it, if there are any.
fn nothing_written(args: &InitArgs, current: &Utf8Path) -> String {
    let siblings = if args.roots.is_empty() { layout::siblings(current) } else { Vec::new() };
    if siblings.len() < 2 {
        return "Nothing was written. If each language has a folder of its own, name them: \
                `isogloss init en=docs.en fr=docs.fr`"
            .to_owned();
    }
    let folder = |(locale, name): &(Locale, String)| {
        let is_here = current.file_name() == Some(name);
        if is_here { format!("{locale}=.") } else { format!("{locale}=../{name}") }
    };
    let folders: Vec<String> = siblings.iter().map(folder).collect();
    format!("Nothing was written. Other languages are beside this folder: `isogloss init {}`", folders.join(" "))
}

/// The name of the configuration file here: of the one that is there, else the first.
fn target(current: &Utf8Path) -> Result<&'static str, String> {
    let there: Vec<&str> =
        FILE_NAMES.into_iter().filter(|name| fs::symlink_metadata(current.join(name)).is_ok()).collect();
    match there[..] {
        [] => Ok(FILE_NAMES[0]),
        [only] => Ok(FILE_NAMES.into_iter().find(|name| *name == only).unwrap_or(FILE_NAMES[0])),
        _ => Err(format!("{} and {} are both there: keep one of them", FILE_NAMES[0], FILE_NAMES[1])),
    }
}

/// The configuration that applied before, in a folder above.
fn above(current: &Utf8Path) -> Option<Utf8PathBuf> {
    let file = discover(current.parent()?).ok().flatten()?;
    Some(Utf8Path::new("..").join(file))
}

/// Writes to standard output; that nobody reads it to its end is no error.
fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<ExitCode, String> {
    let mut out = io::stdout().lock();
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("cannot write: {error}")),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// Says what was found and what is to be decided.
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
    line("pages", &format!("{pages}, {} of them in two languages or more", survey.paired))?;
    line("ids", &counted(&survey.id_keys, "none: pages pair by their paths"))?;
    line(
        "commits",
        &counted(&survey.pin_keys, "none: translations do not record the source commit they were made from"),
    )?;
    line("history", &history(&survey.history))?;
    line(
        "preset",
        &survey.chosen.as_ref().map_or("none fits, and none is needed".to_owned(), |chosen| {
            format!("{}, since {}", chosen.preset.name, chosen.reason)
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

/// Lines are not broken at hyphens: keys and options have them.
fn whole_words<'o>(width: usize) -> textwrap::Options<'o> {
    textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation)
}

fn languages(survey: &Survey) -> String {
    let of = |source: bool| {
        survey.locales.iter().filter(move |(locale, _)| (Some(locale) == survey.source.as_ref()) == source)
    };
    let first = of(true).map(|(locale, count)| format!("{locale} (the source) {count}"));
    first.chain(of(false).map(|(locale, count)| format!("{locale} {count}"))).collect::<Vec<_>>().join(", ")
}

fn counted(keys: &[(String, usize)], none: &str) -> String {
    let counts: Vec<String> =
        keys.iter().map(|(key, count)| format!("{key} in {}", plural(*count, "document", "s"))).collect();
    if counts.is_empty() { none.to_owned() } else { counts.join(", ") }
}

fn history(history: &GitHistory) -> String {
    match history {
        GitHistory::Unused => "git, which is not needed: no source commits are recorded".to_owned(),
        GitHistory::Absent => "none, and none is needed".to_owned(),
        GitHistory::Unavailable => "not at hand".to_owned(),
        GitHistory::Used { current, behind, unknown } => {
            let unknown = if *unknown > 0 {
                format!(", {unknown} record a commit that cannot be compared")
            } else {
                String::new()
            };
            format!("git; of the translations {current} are current, the source of {behind} has changed since{unknown}")
        }
    }
}
