//! What translations lack: reported for each of them, or once in the source if all of them lack it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::absence::{self, Noun};
use super::draft::{Draft, Sink};
use super::rule::Rule;
use crate::analysis::{Fault, FaultKind, Side};
use crate::analysis::{Origin, is_doubtful};
use crate::analysis::{PageView, PairView};
use crate::finding::Severity;
use isogloss_text::Locale;

/// The words that a rule uses for a fault.
#[derive(Debug)]
pub(super) struct Words {
    /// Its noun.
    pub what: Noun,
    /// What follows the noun.
    pub rest: &'static str,
    /// Entries of `data` that only this rule adds.
    pub data: Vec<(&'static str, Value)>,
}

impl Words {
    /// A noun without additions.
    pub(super) fn of(what: Noun) -> Self {
        Self { what, rest: "", data: Vec::new() }
    }

    /// The finding in one translation.
    pub(super) fn draft(self, view: &PairView<'_>, fault: &Fault, side: Side) -> Draft {
        let draft = absence::draft(view, fault, side, &self.what, self.rest);
        self.facts(draft)
    }

    fn facts(self, draft: Draft) -> Draft {
        self.data.into_iter().fold(draft, |draft, (key, value)| draft.data(key, value))
    }
}

/// A fault of one translation.
type Lack<'v> = (PairView<'v>, &'v Fault);

/// Reports the `wanted` kinds of faults. What all translations lack is reported once, in the source, unless some of them do not
/// report it.
pub(super) fn report(
    page: &PageView<'_>,
    rule: &Rule,
    wanted: fn(FaultKind) -> bool,
    words: fn(&PairView<'_>, &Fault) -> Words,
    sink: &mut Sink<'_>,
) {
    let mut lacking: BTreeMap<&[u32], Vec<Lack<'_>>> = BTreeMap::new();
    for view in page.comparisons() {
        for fault in view.comparison.faults.iter().filter(|fault| wanted(fault.kind)) {
            lacking.entry(&fault.blocks).or_default().push((view, fault));
        }
    }
    // The content of an unreadable file is unknown.
    let is_known = page.has_source && page.versions.len() == page.page.members.len();
    for lacks in lacking.into_values() {
        // Damaged text is still present.
        let is_lost = lacks.iter().all(|(_, fault)| fault.kind != FaultKind::Broken);
        let by_all = is_known && is_lost && lacks.len() > 1 && lacks.len() == page.pairs.len();
        // A suppression in the source applies no matter where the finding is reported.
        if by_all && is_suppressed(lacks[0], rule, sink) {
            continue;
        }
        let joins = by_all && sink.joins(rule, page.reference());
        let rest = if joins { report_joint(lacks, rule, words, sink) } else { lacks };
        for (view, fault) in rest {
            let draft = words(&view, fault).draft(&view, fault, Side::Missing);
            sink.report(rule, draft.otherwise(page.has_source.then(|| view.reference.locale().clone())));
        }
    }
}

/// Whether the source suppresses it at its place.
fn is_suppressed((view, fault): Lack<'_>, rule: &Rule, sink: &mut Sink<'_>) -> bool {
    let document = &view.reference.document;
    let range = document.range(absence::span(&document.blocks, fault));
    sink.suppresses(rule, &view.reference.member.path, range)
}

/// Reports one finding for the translations that it would be reported for, and returns the other faults.
fn report_joint<'v>(
    lacks: Vec<Lack<'v>>,
    rule: &Rule,
    words: fn(&PairView<'_>, &Fault) -> Words,
    sink: &mut Sink<'_>,
) -> Vec<Lack<'v>> {
    // If some translations certainly lack it and others possibly do, it is not known whether all of them do.
    let doubtful = lacks.iter().filter(|(_, fault)| is_doubtful(fault)).count();
    if doubtful != 0 && doubtful != lacks.len() {
        return lacks;
    }
    let count = lacks.len();
    let mut severity = Severity::Info;
    let (mut joined, mut rest) = (Vec::with_capacity(count), Vec::new());
    for (view, fault) in lacks {
        // Its source had it, so this translation lost it, whatever happened in the others.
        let is_lost = matches!(origin((view, fault)), Some(Origin::AtPin | Origin::CurrentPin(_)));
        let own = words(&view, fault).draft(&view, fault, Side::Missing);
        match sink.effective_severity(rule, &own) {
            Some(own) if !is_lost => {
                severity = severity.max(own);
                joined.push((view, fault));
            }
            _ => rest.push((view, fault)),
        }
    }
    if joined.len() > 1 {
        sink.report(rule, joint(&joined, count, words).at_most(severity));
    } else {
        rest.append(&mut joined);
    }
    rest
}

fn origin((view, fault): Lack<'_>) -> Option<&Origin> {
    view.comparison.origins.get(Side::Missing, fault)
}

/// The finding in the source about what all `count` translations lack, for at least two of them that it is reported
/// for.
fn joint(lacks: &[Lack<'_>], count: usize, words: fn(&PairView<'_>, &Fault) -> Words) -> Draft {
    let (view, fault) = lacks[0];
    let (source, words) = (view.reference, words(&view, fault));
    let least = lacks.iter().filter_map(|(_, fault)| fault.confidence).reduce(f32::min);
    let fault = Fault { confidence: least, ..fault.clone() };
    // What the history says about one pin applies to all, unless another pin contradicts it.
    let mut origins = lacks.iter().filter_map(|&lack| origin(lack));
    let known = origins.next().filter(|known| origins.all(|other| other == *known));
    let since = match known {
        Some(Origin::In(commit)) => format!(", added in {} ({})", commit.short(), commit.date()),
        Some(Origin::After(commit)) => format!(", added since {} ({})", commit.short(), commit.date()),
        _ => String::new(),
    };
    let all = if count == 2 { "both".to_owned() } else { format!("all {count}") };
    let possibly = if is_doubtful(&fault) { "possibly " } else { "" };
    let (what, rest, quote) = (&words.what, words.rest, absence::quote(source, &fault));
    let message = format!("{what} {possibly}missing from {all} translations{rest}{since}{quote}");
    let identity = source.identity(&source.document.blocks[fault.blocks[0] as usize]);
    let span = absence::span(&source.document.blocks, &fault);
    let mut draft = Draft::at(source, span, identity, message).label("present only here");
    for (view, fault) in lacks {
        draft = draft.related(view.translation, fault.place, "expected here");
    }
    let locales = || lacks.iter().map(|(view, _)| view.translation.locale());
    draft = draft.data("locales", locales().map(Locale::as_str).collect::<Vec<_>>()).otherwise(locales().cloned());
    words.facts(absence::with_facts(draft, &fault, known))
}

#[cfg(test)]
mod tests {
    use camino::{Utf8Path, Utf8PathBuf};

    use super::*;
    use crate::analysis::pins::HistoryChoice;
    use crate::config::Config;
    use crate::corpus::targets::Targets;
    use crate::corpus::walk::Root;
    use crate::finding::Finding;
    use crate::rules::check_page;

    /// The findings for a paragraph that three translations lack, with these confidences.
    fn found(confidences: [f32; 3]) -> Vec<Finding> {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        let write = |locale: &str, text: &str| {
            std::fs::create_dir(root.join(locale)).unwrap();
            std::fs::write(root.join(locale).join("sync.md"), text).unwrap();
        };
        write("en", "Run `sync`.\n\nIt skips files.\n\nSee `pause.log`.\n");
        for locale in ["de", "fr", "sv"] {
            write(locale, "`sync`.\n\n`pause.log`.\n");
        }
        let roots = vec![Root { locale: None, path: root.clone() }];
        let config = Config { roots, source: Locale::parse("en"), history: HistoryChoice::Off, ..Config::default() };
        let found = crate::find(&config).unwrap();
        let (learned, pins) = crate::prepare(&config, &found.corpus, &found.roots, &found.corpus, false);
        let context = config.context(&found.corpus, &learned, &pins);
        let (mut view, _) = context.view(&found.corpus.pages[0]);
        for (pair, confidence) in view.pairs.iter_mut().zip(confidences) {
            assert_eq!(pair.faults.len(), 1, "{:?}", pair.faults);
            pair.faults[0].confidence = Some(confidence);
        }
        let mut sink = Sink::new(&config.levels, &view.page.key);
        check_page(&Targets::new(&found.corpus), &view, &mut sink);
        let below = |path: &Utf8Path| path.strip_prefix(&root).unwrap().to_owned();
        sink.finish().into_iter().map(|finding| Finding { path: below(&finding.path), ..finding }).collect()
    }

    #[test]
    fn doubts_of_all_are_one_doubt_and_those_of_some_are_their_own() {
        for (confidences, message, severity, least) in [
            ([0.9, 0.7, 0.8], "paragraph missing from all 3 translations", Severity::Error, 0.7),
            ([0.3, 0.1, 0.4], "paragraph possibly missing from all 3 translations", Severity::Warning, 0.1),
        ] {
            let found = found(confidences);
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!((found[0].path.as_str(), found[0].severity), ("en/sync.md", severity));
            assert_eq!(found[0].message, format!("{message}: “It skips files.”"));
            assert_eq!(found[0].data["confidence"], least);
        }
        let found = found([0.9, 0.3, 0.8]);
        let reported: Vec<_> = found.iter().map(|finding| (finding.path.as_str(), finding.severity)).collect();
        let (error, warning) = (Severity::Error, Severity::Warning);
        assert_eq!(reported, [("de/sync.md", error), ("fr/sync.md", warning), ("sv/sync.md", error)]);
    }
}
