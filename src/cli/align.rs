//! `isogloss align`.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::ops::Range;
use std::process::ExitCode;

use camino::Utf8Path;
use clap::{Args, ColorChoice};
use rayon::iter::Either;
use rayon::prelude::*;
use serde_json::{Value, json};

use super::common::{load, refuse};
use super::configuration::ConfigArgs;
use super::values;
use crate::analysis::compare::parse;
use crate::analysis::learn::learn;
use crate::config::{Config, ConfigError};
use crate::corpus::layout::locale_of_root;
use crate::corpus::walk::Root;
use crate::corpus::walk::WalkError;
use crate::finding::Notice;
use crate::json::write_line as write_json_line;
use crate::report::{Options, write_notices};
use isogloss_align::{Alignment, Model, Pair, align};
use isogloss_document::{Block, Document};
use isogloss_text::Locale;

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
    /// Output format: one object per page and line, or a single array
    #[arg(short, long, value_name = "NAME", default_value = "jsonl", value_parser = values::word(&AlignFormat::NAMES))]
    pub format: AlignFormat,
    #[command(flatten)]
    #[expect(missing_docs, reason = "clap would take a comment for help")]
    pub config: ConfigArgs,
}

/// The formats of `align`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlignFormat {
    /// One object per page and line.
    Jsonl,
    /// An array of the same objects.
    Json,
}

impl AlignFormat {
    const NAMES: [(&'static str, Self); 2] = [("jsonl", Self::Jsonl), ("json", Self::Json)];
}

impl AlignArgs {
    /// The configuration of the run. Its roots are the source and the translation, in this order. Each locale is taken from the
    /// arguments, or else from the name of the root, or else it is English for the source and undetermined for the translation.
    /// `current` is the absolute path of the current folder.
    ///
    /// # Errors
    /// See [`ConfigArgs::load`].
    pub fn resolve(&self, current: &Utf8Path) -> Result<Config, ConfigError> {
        let mut config = self.config.load(vec![self.source.clone(), self.translation.clone()], current)?;
        let locale_of = |root: &Root| root.locale.clone().or_else(|| locale_of_root(&root.path));
        let source = locale_of(&self.source).or(config.source.take()).or_else(|| Locale::parse("en"));
        let translation = locale_of(&self.translation).filter(|locale| Some(locale) != source.as_ref());
        let translation = translation.or_else(|| Locale::parse("und"));
        config.roots = vec![
            Root { locale: source.clone(), ..self.source.clone() },
            Root { locale: translation, ..self.translation.clone() },
        ];
        config.source = source;
        Ok(config)
    }
}

/// Aligns two files, or the pages that two folders share, and prints an object per page.
pub fn run(args: &AlignArgs, color: ColorChoice) -> ExitCode {
    let config = match load(|current| args.resolve(current)) {
        Ok(config) => config,
        Err(error) => return refuse(&error.pretty(Options::for_stderr(color).color)),
    };
    let found = if args.source.path.is_file() && args.translation.path.is_file() {
        two_files(args).map_err(|notice| format!("{} {}", notice.path.unwrap_or_default(), notice.message))
    } else {
        folders(&config).map_err(|error| error.to_string())
    };
    let (pages, skipped) = match found {
        Ok(found) => found,
        Err(message) => return refuse(&format!("error: {message}\n")),
    };
    // Errors writing to standard error cannot be reported.
    let _ = write_notices(&skipped, Options::for_stderr(color), &mut io::stderr().lock());
    match write(&pages, args.format) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => refuse(&format!("error: cannot write: {error}\n")),
        _ if !skipped.is_empty() => ExitCode::from(3),
        _ => ExitCode::SUCCESS,
    }
}

/// Aligned pages, and notices about the others.
type Aligned = (Vec<Value>, Vec<Notice>);

fn two_files(args: &AlignArgs) -> Result<Aligned, Notice> {
    let (source, translation) = (parse(&args.source.path)?, parse(&args.translation.path)?);
    let alignment = align(&source, &translation, &Model::default());
    let page = page((&args.source.path, &source), (&args.translation.path, &translation), &alignment);
    Ok((vec![page], Vec::new()))
}

fn folders(config: &Config) -> Result<Aligned, WalkError> {
    let corpus = crate::find(config)?.corpus;
    let learned = learn(&corpus, &|path| parse(path).ok());
    let pairs = corpus.pages.par_iter().filter_map(|page| {
        let source = page.member(corpus.source.as_ref()?)?;
        let translation = page.members.iter().find(|member| member.locale != source.locale)?;
        Some((source, translation))
    });
    let pages = pairs.map(|(source, translation)| {
        let read = |path: &Utf8Path| learned.take(path).map_or_else(|| parse(path), |read| Ok(read.0));
        let (a, b) = (read(&source.path)?, read(&translation.path)?);
        let alignment = align(&a, &b, learned.model(&source.locale, &translation.locale));
        Ok(page((&source.path, &a), (&translation.path, &b), &alignment))
    });
    Ok(pages.partition_map(|page: Result<Value, Notice>| page.map_or_else(Either::Right, Either::Left)))
}

/// The output for one page.
fn page(source: (&Utf8Path, &Document), translation: (&Utf8Path, &Document), alignment: &Alignment) -> Value {
    let side = |(path, document): (&Utf8Path, &Document)| {
        let block = |block: &Block| {
            let (first, last) = document.lines_of(block);
            json!({"kind": block.kind.as_str(), "lines": [first, last]})
        };
        json!({"path": path, "blocks": document.blocks.iter().map(block).collect::<Vec<_>>()})
    };
    let pair = |pair: &Pair| {
        // Six digits are more than precise enough.
        let score = (f64::from(pair.probability()) * 1e6).round() / 1e6;
        let indexes = |range: &Range<u32>| range.clone().collect::<Vec<u32>>();
        json!({"source": indexes(&pair.source), "translation": indexes(&pair.translation), "score": score})
    };
    let pairs: Vec<Value> = alignment.pairs.iter().map(pair).collect();
    json!({"source": side(source), "translation": side(translation), "pairs": pairs})
}

fn write(pages: &[Value], format: AlignFormat) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match format {
        AlignFormat::Json => {
            write_json_line(&pages, &mut out)?;
        }
        AlignFormat::Jsonl => {
            for page in pages {
                write_json_line(page, &mut out)?;
            }
        }
    }
    out.flush()
}
