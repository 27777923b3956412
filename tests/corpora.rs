//! Real documentation. Runs when `ISOGLOSS_CORPORA` names a folder that holds the corpora, and prints a message when it does not.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::{Command, Stdio};

use camino::{Utf8Path, Utf8PathBuf};
use isogloss::analysis::pins::HistoryChoice;
use isogloss::config::Config;
use isogloss::corpus::page::{Corpus, Member};
use isogloss::corpus::walk::Root;
use isogloss::finding::{Finding, NoticeLevel, Severity};
use isogloss::report::Report;
use isogloss_document::{BlockKind, Document, Syntax};
use isogloss_text::Locale;

/// A corpus to check: folders, with their locales where the layout does not determine them.
struct Case {
    config: Config,
    base: Utf8PathBuf,
}

/// The case with these roots below the folder of the corpora; `None` without one, with a message on standard output.
fn case(roots: &[(&str, &str)]) -> Option<Case> {
    let Some(base) = std::env::var("ISOGLOSS_CORPORA").ok().filter(|base| !base.is_empty()) else {
        println!("skipped: set ISOGLOSS_CORPORA to a folder that holds the corpora");
        return None;
    };
    let base = Utf8PathBuf::from(base);
    let root = |(tag, path): &(&str, &str)| Root { locale: Locale::parse(tag), path: base.join(path) };
    let roots: Vec<Root> = roots.iter().map(root).collect();
    Some(Case { config: Config { roots, ..Config::default() }, base })
}

impl Case {
    fn check(&self) -> Report {
        isogloss::check(&self.config, false).unwrap()
    }

    fn corpus(&self) -> Corpus {
        isogloss::find(&self.config).unwrap().corpus
    }

    /// `path:line rule` below the folder of the corpora.
    fn name(&self, finding: &Finding) -> String {
        let path = finding.path.strip_prefix(&self.base).unwrap();
        format!("{path}:{} {}", finding.range.start.line, finding.rule)
    }
}

fn locales(corpus: &Corpus) -> Vec<&str> {
    corpus.locales.iter().map(Locale::as_str).collect()
}

fn count(report: &Report, severity: Severity) -> usize {
    report.findings.iter().filter(|finding| finding.severity == severity).count()
}

/// Findings by rule and severity, for messages.
fn tally(findings: &[Finding]) -> BTreeMap<(&str, &str), usize> {
    let mut tally = BTreeMap::new();
    for finding in findings {
        *tally.entry((finding.rule, finding.severity.as_str())).or_default() += 1;
    }
    tally
}

#[test]
fn four_languages_without_their_source() {
    let Some(case) = case(&[("", "no-source")]) else { return };
    let report = case.check();
    let page = "5a104148-";
    let mut above: Vec<&Finding> = report.findings.iter().filter(|it| it.severity > Severity::Info).collect();
    let skew = above.iter().position(|finding| finding.rule == "source-commit-skew").expect("the skew is reported");
    assert!(above.remove(skew).page.starts_with(page));
    let missing: Vec<(&str, &str)> = above.iter().map(|finding| (finding.rule, finding.locale.as_str())).collect();
    assert_eq!(missing, [("missing-paragraph", "nl"), ("missing-paragraph", "sv")]);
    for finding in above {
        assert!(finding.page.starts_with(page));
        let text = std::fs::read_to_string(&finding.path).unwrap();
        let rest = &text[finding.range.start.byte as usize..];
        assert!(rest.trim().is_empty(), "not at the end of {}: {rest:?}", finding.path);
        let related = &finding.related[0];
        assert!(["fr", "es"].contains(&related.locale.as_str()), "{related:?}");
        let text = std::fs::read_to_string(&related.path).unwrap();
        assert!(
            text[related.range.end.byte as usize..].trim().is_empty(),
            "not the last paragraph of {}",
            related.path
        );
    }
    let mut info: Vec<(&str, &str)> = report
        .findings
        .iter()
        .filter(|it| it.severity == Severity::Info && it.page.starts_with("79e9b6fe-"))
        .map(|finding| (finding.rule, finding.locale.as_str()))
        .collect();
    info.sort_unstable();
    assert_eq!(info, ["es", "nl", "sv"].map(|locale| ("missing-translation", locale)));
}

#[test]
fn support_hours_in_six_languages() {
    let roots =
        ["en", "fr-FR", "de-DE", "ja-JP", "sv-SE", "zh-Hans"].map(|tag| (tag, format!("support-resources.{tag}")));
    let Some(case) = case(&roots.each_ref().map(|(tag, path)| (*tag, path.as_str()))) else { return };
    let report = case.check();
    let mismatches = report.findings.iter().filter(|it| it.rule == "sla-mismatch" && it.path.ends_with("overview.md"));
    let mismatches: Vec<&Finding> = mismatches.collect();
    let names: Vec<String> = mismatches.iter().map(|finding| case.name(finding)).collect();
    assert_eq!(names, ["support-resources.sv-SE/help/data-sheets/overview.md:109 sla-mismatch"]);
    let text = std::fs::read_to_string(&mismatches[0].path).unwrap();
    let range = mismatches[0].range;
    assert_eq!(&text[range.start.byte as usize..range.end.byte as usize], "06.00–17.00:30");
    let related = &mismatches[0].related[0];
    assert_eq!(related.locale.as_str(), "en");
    let text = std::fs::read_to_string(&related.path).unwrap();
    let english = &text[related.range.start.byte as usize..related.range.end.byte as usize];
    assert!(english.contains("5:30"), "{english}");
}

#[test]
fn french_that_is_up_to_date_is_nearly_silent() {
    let Some(case) = case(&[("en", "commerce-operations.en"), ("fr-FR", "commerce-operations.fr-FR")]) else { return };
    let corpus = case.corpus();
    let paired = corpus.pages.iter().filter(|page| page.members.len() == 2).count();
    // Two of them are in hidden folders: `.github` and `.githooks`.
    assert_eq!(paired, 1_392);
    let report = case.check();
    assert!(report.findings.iter().all(|finding| !finding.rule.starts_with("stale-")), "{:?}", tally(&report.findings));
    let errors = count(&report, Severity::Error);
    assert!(errors * 100 <= 3 * paired, "{errors} errors on {paired} pages: {:?}", tally(&report.findings));
}

#[test]
fn stale_swedish_pages_are_distinguished_from_fresh_ones() {
    let Some(case) = case(&[("en", "commerce-operations.en"), ("sv-SE", "commerce-operations.sv-SE")]) else { return };
    let judged = assert_stale_as_blobs_say(&case, &case.base.join("commerce-operations.en"));
    assert!(judged.stale >= 1_050 && judged.fresh >= 150, "{judged:?}");
}

#[test]
fn ten_locales_with_and_without_their_history() {
    let Some(mut case) = case(&[("", "opentelemetry.io/content")]) else { return };
    let corpus = case.corpus();
    assert_eq!(locales(&corpus), ["bn", "en", "es", "fr", "ja", "ko", "pl", "pt", "ro", "uk", "zh"]);
    assert_eq!(corpus.source.as_ref().map(Locale::as_str), Some("en"));
    let pins = corpus.members().filter(|member| member.pin.is_some()).count();
    assert!((1_000..1_100).contains(&pins), "{pins} pins");
    let judged = assert_stale_as_blobs_say(&case, &case.base.join("opentelemetry.io"));
    assert!(judged.stale >= 300 && judged.fresh >= 600, "{judged:?}");

    case.config.history = HistoryChoice::Off;
    let report = case.check();
    let historic = ["stale-source", "stale-paragraph", "unknown-source-commit"];
    assert!(report.findings.iter().all(|finding| !historic.contains(&finding.rule)), "{:?}", tally(&report.findings));
    assert!(report.notices.iter().all(|notice| notice.level == NoticeLevel::Note), "{:?}", report.notices);
}

#[test]
fn components_are_read_as_such() {
    let Some(case) = case(&[("", "starlight/docs/src/content/docs")]) else { return };
    let corpus = case.corpus();
    let expected =
        ["da", "de", "en", "es", "fa", "fr", "hi", "id", "it", "ja", "ko", "pt-BR", "pt-PT", "ru", "tr", "uk", "zh-CN"];
    assert_eq!(locales(&corpus), expected);
    let mut components = 0;
    let members = corpus.members();
    for path in members.map(|member| &member.path).filter(|path| path.extension() == Some("mdx")) {
        let document = Document::parse(std::fs::read_to_string(path).unwrap(), Syntax::Mdx);
        components += document.blocks.iter().filter(|block| block.kind == BlockKind::Component).count();
        for block in document.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph) {
            let text = document.plain_of(block);
            assert!(!text.starts_with("import ") && !text.contains("</"), "{path}: {text}");
        }
    }
    assert!(components > 1_000, "{components} components");
    let report = case.check();
    assert!(report.notices.iter().all(|notice| notice.level == NoticeLevel::Note), "{:?}", report.notices);
    let errors = count(&report, Severity::Error);
    println!("{errors} errors in {} documents: {:?}", report.summary.documents, tally(&report.findings));
}

/// How many pages with a pin were judged.
#[derive(Debug, Default)]
struct Judged {
    stale: usize,
    fresh: usize,
    /// The source was not at its path at the pin, or the pin is unknown.
    other: usize,
}

/// A page is reported as stale if and only if its source's blob at the pin is another than at `HEAD`, for every page whose
/// source was at the same path then. `checkout` holds the source.
fn assert_stale_as_blobs_say(case: &Case, checkout: &Utf8Path) -> Judged {
    let corpus = case.corpus();
    let source = corpus.source.clone().unwrap();
    let pinned = |member: &&Member| member.locale != source && member.pin.is_some();
    let pairs: Vec<(&Member, &Member)> = corpus
        .pages
        .iter()
        .filter_map(|page| Some((page.member(&source)?, page)))
        .flat_map(|(source, page)| page.members.iter().filter(pinned).map(move |member| (member, source)))
        .collect();
    let names = pairs.iter().flat_map(|(member, source)| {
        let path = source.path.strip_prefix(checkout).unwrap();
        [format!("{}:{path}", member.pin.as_deref().unwrap()), format!("HEAD:{path}")]
    });
    let blobs = blobs(checkout, &names.collect::<Vec<_>>());
    let report = case.check();
    let reported: BTreeSet<&Utf8Path> =
        report.findings.iter().filter(|it| it.rule == "stale-source").map(|it| it.path.as_path()).collect();
    let mut judged = Judged::default();
    let mut wrong = Vec::new();
    for ((member, _), blobs) in pairs.iter().zip(blobs.chunks(2)) {
        let [Some(pin), Some(head)] = blobs else {
            judged.other += 1;
            continue;
        };
        let is_stale = pin != head;
        *(if is_stale { &mut judged.stale } else { &mut judged.fresh }) += 1;
        if reported.contains(member.path.as_path()) != is_stale {
            wrong.push((&member.path, if is_stale { "stale and not reported" } else { "fresh and reported as stale" }));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {judged:?} are judged wrongly, as {:?}",
        wrong.len(),
        &wrong[..wrong.len().min(5)]
    );
    judged
}

/// The ids of these objects; `None` for one that is not there.
fn blobs(checkout: &Utf8Path, names: &[String]) -> Vec<Option<String>> {
    let mut git = Command::new("git");
    git.arg("-C").arg(checkout).args(["cat-file", "--batch-check=%(objectname)"]);
    let mut git = git.env("GIT_NO_LAZY_FETCH", "1").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = git.stdin.take().unwrap();
    let lines = names.join("\n") + "\n";
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = git.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let is_id = |line: &str| line.len() == 40 && !line.contains(' ');
    let ids: Vec<_> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| is_id(line).then(|| line.to_owned())).collect();
    assert_eq!(ids.len(), names.len());
    ids
}
