//! The measured corpus: real documentation if available, or else many copies of the handbook.

use std::fmt::Write as _;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use isogloss::analysis::pins::HistoryChoice;
use isogloss::config::Config;
use isogloss::corpus::walk::Root;
use isogloss_text::Locale;
use tempfile::TempDir;

/// Number of pages to generate from the handbook.
const PAGES: usize = 300;
/// The locales of the corpora and of the handbook.
const REAL: [&str; 3] = ["en", "fr-FR", "sv-SE"];
const MADE: [&str; 3] = ["en", "fr", "sv"];

/// A corpus in three locales.
pub(crate) struct Source {
    /// One for each locale, the source first.
    pub roots: Vec<Root>,
    /// Keeps a generated corpus until the end.
    made: Option<TempDir>,
}

impl Source {
    /// The corpus in the folder given by `ISOGLOSS_CORPORA`, or a generated one.
    pub(crate) fn find() -> Self {
        let real = std::env::var("ISOGLOSS_CORPORA").ok().map(Utf8PathBuf::from);
        let real =
            real.map(|folder| REAL.map(|locale| root(locale, folder.join(format!("commerce-operations.{locale}")))));
        match real {
            Some(roots) if roots.iter().all(|root| root.path.is_dir()) => Self { roots: roots.into(), made: None },
            _ => Self::make(),
        }
    }

    fn make() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let base = Utf8Path::from_path(folder.path()).expect("the temporary folder has a UTF-8 name");
        let roots = MADE.map(|locale| {
            let root = root(locale, base.join(locale));
            copy(&Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/handbook").join(locale), &root.path);
            root
        });
        Self { roots: roots.into(), made: Some(folder) }
    }

    /// A one-line description of the corpus.
    pub(crate) fn describe(&self) -> &'static str {
        match self.made {
            None => "corpus: commerce-operations in three locales",
            Some(_) => {
                "corpus: copies of the handbook in three locales; ISOGLOSS_CORPORA names no folder with a real one"
            }
        }
    }

    /// The configuration of `check --no-history`.
    pub(crate) fn config(&self) -> Config {
        Config { roots: self.roots.clone(), history: HistoryChoice::Off, ..Config::default() }
    }
}

fn root(locale: &str, path: Utf8PathBuf) -> Root {
    Root { locale: Some(Locale::parse(locale).expect("it is a language tag")), path }
}

/// Fills a folder with copies of the handbook's pages, each with a unique id, numbers and names that are the same in all locales.
fn copy(handbook: &Utf8Path, to: &Utf8Path) {
    let mut pages: Vec<(String, String)> = handbook
        .read_dir_utf8()
        .expect("the handbook is there")
        .map(|entry| entry.expect("the handbook can be listed"))
        .map(|entry| (entry.file_name().to_owned(), fs::read_to_string(entry.path()).expect("a page is text")))
        .collect();
    pages.sort();
    for copy in 0..PAGES {
        let (name, text) = &pages[copy % pages.len()];
        let folder = to.join(format!("part-{:02}", copy / 20));
        fs::create_dir_all(&folder).expect("the temporary folder can be written");
        fs::write(folder.join(format!("{copy}-{name}")), vary(text, copy))
            .expect("the temporary folder can be written");
    }
}

fn vary(text: &str, copy: usize) -> String {
    let mut out = String::with_capacity(text.len() + 256);
    for (number, line) in text.lines().enumerate() {
        let _ = match line.strip_prefix("exl-id: ") {
            Some(id) => writeln!(out, "exl-id: {copy}-{id}"),
            // A name in every seventh paragraph distinguishes the copies.
            None if number % 7 == 6 && line.starts_with(char::is_alphabetic) => {
                writeln!(out, "Tidewater-{}-{number} {line}", copy * 37 % 101)
            }
            None => writeln!(out, "{line}"),
        };
    }
    out
}
