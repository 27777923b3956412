//! The stages, each applied to the output of the previous one, and the whole check.

use std::io;
use std::time::Duration;

use criterion::Criterion;
use isogloss::analysis::compare::parse;
use isogloss::analysis::learn::{Learned, learn};
use isogloss::analysis::pins::Pins;
use isogloss::analysis::{Manner, Readings, faults, mismatches};
use isogloss::check;
use isogloss::config::Config;
use isogloss::corpus::contents::Contents;
use isogloss::corpus::page::{Corpus, Member, Page, pair_files};
use isogloss::corpus::targets::Targets;
use isogloss::corpus::{head, layout, walk};
use isogloss::report::{FORMATS, Options, Sources};
use isogloss::rules::{Sink, check_corpus, check_page};
use isogloss_align::{Alignment, align};
use isogloss_document::Document;
use isogloss_quantities::Reader;
use rayon::prelude::*;

use crate::corpus::Source;
use crate::floor;
use crate::ratio::Ratios;

/// Measures every stage and the whole check relative to the floor.
pub(crate) fn measure(criterion: &mut Criterion, source: &Source, ratios: &mut Ratios) {
    let config = source.config();
    let floor = || floor::run(&source.roots);
    let mut group = criterion.benchmark_group("pipeline");
    group.sample_size(10).warm_up_time(Duration::from_millis(200));

    let nothing = || ();
    ratios.measure(&mut group, "check --no-history", floor, nothing, |()| check(&config, false));
    ratios.measure(&mut group, "walk", floor, nothing, |()| walk::walk(&config.roots, &config.exclude));
    let walked = walk::walk(&config.roots, &config.exclude).expect("the corpus can be walked");
    ratios.measure(&mut group, "heads, layout, pairing", floor, nothing, |()| pair(&config, &walked));
    let corpus = pair(&config, &walked);
    drop(walked);

    ratios.measure(&mut group, "parse", floor, nothing, |()| parse_all(&corpus));
    let learned = || learn(&corpus, &|path| parse(path).ok());
    ratios.measure(&mut group, "learn, its sample parsed", floor, nothing, |()| learned());
    let pages = Pages::new(&corpus, learned());
    ratios.measure(&mut group, "align", floor, nothing, |()| pages.align());
    let alignments = pages.align();
    ratios.measure(&mut group, "faults of structure", floor, nothing, |()| pages.faults(&alignments));
    ratios.measure(&mut group, "quantities", floor, nothing, |()| pages.quantities(&alignments));

    let (learned, pins) = (learned(), Pins::default());
    let context = config.context(&corpus, &learned, &pins);
    let views: Vec<_> = corpus.pages.par_iter().map(|page| context.view(page).0).collect();
    ratios.measure(&mut group, "rules", floor, nothing, |()| {
        let mut sink = Sink::new(&config.levels, "");
        let targets = Targets::new(&corpus);
        check_corpus(&corpus, &mut sink);
        let check_view = |view: &_| {
            let mut sink = Sink::new(&config.levels, "");
            check_page(&targets, view, &mut sink);
            sink.finish()
        };
        (sink.finish(), views.par_iter().map(check_view).collect::<Vec<_>>())
    });
    drop(views);

    let report = check(&config, false).expect("the corpus can be checked");
    let sources = Sources::on_disk();
    for format in FORMATS {
        ratios.measure(&mut group, &format!("report {}", format.name), floor, nothing, |()| {
            (format.write)(&report, &sources, Options::plain(), &mut io::sink())
        });
    }
    group.finish();
}

fn pair(config: &Config, walked: &walk::Walked) -> Corpus {
    let (heads, _) = head::read_heads(&Contents::default(), &walked.files, &config.id_keys, &config.pin_keys);
    let placed = layout::place(layout::Request {
        roots: &walked.roots,
        files: &walked.files,
        heads: &heads,
        source: config.source.as_ref(),
        locales: &config.locales,
        choice: &config.layout,
    });
    pair_files(&walked.files, heads, placed)
}

fn parse_all(corpus: &Corpus) -> Vec<Vec<Document>> {
    let parse = |member: &Member| parse(&member.path).expect("the corpus is readable UTF-8");
    corpus.pages.par_iter().map(|page| page.members.iter().map(parse).collect()).collect()
}

/// All documents, and what was learned from them.
struct Pages<'c> {
    corpus: &'c Corpus,
    /// The documents of each page, in the order of its members.
    documents: Vec<Vec<Document>>,
    learned: Learned,
}

/// For each page, the index and alignment of each member after the first.
type Alignments = Vec<Vec<(usize, Alignment)>>;

impl<'c> Pages<'c> {
    fn new(corpus: &'c Corpus, learned: Learned) -> Self {
        Self { corpus, documents: parse_all(corpus), learned }
    }

    fn each<O: Send>(&self, run: impl Fn(usize, &Page, &[Document]) -> O + Sync) -> Vec<O> {
        let pages = self.corpus.pages.par_iter().zip(&self.documents).enumerate();
        pages.map(|(index, (page, documents))| run(index, page, documents)).collect()
    }

    /// Aligns every document with the first of its page: members are sorted by locale, and here the source comes first.
    fn align(&self) -> Alignments {
        self.each(|_, page, documents| {
            let model = |other: usize| self.learned.model(&page.members[0].locale, &page.members[other].locale);
            (1..documents.len()).map(|other| (other, align(&documents[0], &documents[other], model(other)))).collect()
        })
    }

    fn faults(&self, alignments: &Alignments) -> Vec<usize> {
        self.each(|index, _, documents| {
            let faults =
                |(other, alignment): &(usize, Alignment)| faults(&documents[0], &documents[*other], alignment).len();
            alignments[index].iter().map(faults).sum()
        })
    }

    /// Reads and compares the quantities of all pages in at least two locales.
    fn quantities(&self, alignments: &Alignments) -> Vec<usize> {
        self.each(|index, page, documents| {
            let readings =
                |member: usize| Readings::new(&documents[member], Reader::for_locale(&page.members[member].locale));
            let reference = readings(0);
            let compare = |(other, alignment): &(usize, Alignment)| {
                let reliability = self.learned.reliability(&page.members[0].locale, &page.members[*other].locale);
                mismatches(&reference, &readings(*other), alignment, Manner { reliability, explain: false }).len()
            };
            alignments[index].iter().map(compare).sum()
        })
    }
}
