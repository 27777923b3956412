//! A page made from one input, checked in memory like `isogloss check` would check it on disk.
//!
//! The input is the English source, followed by its translations, each after a line `%%% fr.md` with its locale and extension.

use std::cell::RefCell;
use std::sync::LazyLock;

use isogloss::analysis::PageView;
use isogloss::analysis::compare::parse_in;
use isogloss::analysis::learn::learn;
use isogloss::analysis::pins::Pins;
use isogloss::config::{Config, DEFAULT_ID_KEYS, DEFAULT_PIN_KEYS};
use isogloss::corpus::head::read_head;
use isogloss::corpus::page::{Corpus, Member, pair};
use isogloss::corpus::targets::Targets;
use isogloss::finding::{Finding, number_alike};
use isogloss::report::{Report, Summary};
use isogloss::rules::{self, RULES, Sink};
use isogloss::suppress;
use isogloss_text::Locale;

/// The start of the line before each translation.
pub(super) const MARK: &str = "%%% ";

/// Further translations become part of the last one, because pages with more documents test nothing new.
const MOST_TRANSLATIONS: usize = 3;

/// Every rule runs, including those that are off by default.
static CONFIG: LazyLock<Config> = LazyLock::new(|| {
    let config = Config::default();
    let levels = config.levels.clone().restricted(RULES, &[], &[]);
    Config { levels, source: Locale::parse("en"), ..config }
});

/// A document and its location.
struct File {
    locale: Locale,
    extension: &'static str,
    text: String,
}

/// Checks the page, calls `look` with its view and findings, and returns the report.
pub(super) fn check(input: &str, look: impl Fn(&PageView<'_>, &[Finding])) -> Report {
    let corpus = corpus(&files(input));
    let learned = learn(&corpus, &|path| parse_in(&corpus.contents, path).ok());
    let pins = Pins::default();
    let context = CONFIG.context(&corpus, &learned, &pins);
    let of_corpus = RefCell::new(Sink::new(&CONFIG.levels, ""));
    rules::check_corpus(&corpus, &mut of_corpus.borrow_mut());
    let (mut findings, mut notices) = (of_corpus.into_inner().finish(), Vec::new());
    for page in &corpus.pages {
        let (mut view, noticed) = context.view(page);
        notices.extend(noticed);
        view.trace();
        let mut sink = Sink::new(&CONFIG.levels, &page.key).suppressing(suppress::read(&view));
        rules::check_page(&Targets::new(&corpus), &view, &mut sink);
        suppress::suppress(&view, &mut sink);
        let found = sink.finish();
        look(&view, &found);
        findings.extend(found);
    }
    findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    number_alike(&mut findings);
    let summary = Summary::new(&corpus, &CONFIG.levels, &findings);
    Report { summary, findings, unchanged: Vec::new(), notices, contents: corpus.contents }
}

/// Splits an input into documents. Without a mark, it is cut in half.
fn files(input: &str) -> Vec<File> {
    let english = || "en".to_owned();
    let mut files = vec![(english(), "md", String::new())];
    for line in input.split_inclusive('\n') {
        let named = line.strip_prefix(MARK).filter(|_| files.len() <= MOST_TRANSLATIONS);
        match (named.map(|name| name.trim_end().rsplit_once('.')), files.last_mut()) {
            (Some(name), _) => {
                let (locale, extension) = name.unwrap_or(("fr", "md"));
                let extension = if extension == "mdx" { "mdx" } else { "md" };
                files.push((locale.to_owned(), extension, String::new()));
            }
            (None, Some((.., text))) => text.push_str(line),
            (None, None) => {}
        }
    }
    if let [(.., text)] = &mut files[..] {
        let half = (0..=text.len() / 2).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let rest = text.split_off(half);
        files.push(("fr".to_owned(), "md", rest));
    }
    // The source is MDX if the first translation is.
    files[0].1 = files[1].1;
    let fallback = |index: usize| Locale::parse(["en", "fr", "ja", "ar"][index]);
    let mut seen: Vec<Locale> = Vec::new();
    let mut placed = Vec::new();
    for (index, (locale, extension, text)) in files.into_iter().enumerate() {
        let parsed = Locale::parse(&locale).filter(|locale| !seen.contains(locale)).or_else(|| fallback(index));
        let Some(locale) = parsed.filter(|locale| !seen.contains(locale)) else { continue };
        seen.push(locale.clone());
        placed.push(File { locale, extension, text });
    }
    placed
}

fn corpus(files: &[File]) -> Corpus {
    let keys = |keys: &[&str]| keys.iter().map(ToString::to_string).collect::<Vec<_>>();
    let (ids, pins) = (keys(DEFAULT_ID_KEYS), keys(DEFAULT_PIN_KEYS));
    let members = files.iter().map(|file| {
        let head = read_head(file.text.as_bytes(), &ids, &pins);
        let path = format!("{}/page.{}", file.locale, file.extension);
        Member {
            locale: file.locale.clone(),
            path: path.into(),
            key_path: format!("page.{}", file.extension).into(),
            id: head.id,
            pin: head.pin,
            family: 0,
        }
    });
    let members: Vec<Member> = members.collect();
    let mut corpus = Corpus::default();
    for (member, file) in members.iter().zip(files) {
        corpus.contents.insert(member.path.clone(), file.text.clone().into_bytes());
    }
    Corpus { contents: corpus.contents, ..pair(members, Locale::parse("en")) }
}
