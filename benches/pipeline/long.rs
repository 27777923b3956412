//! A page with many blocks: the time to align it must not grow quadratically.

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{Criterion, Throughput};
use isogloss_align::{Model, align};
use isogloss_document::{Document, Syntax};

const BLOCKS: usize = 5_000;
/// Blocks that the translation lacks.
const DELETED: [usize; 7] = [40, 41, 612, 1_733, 2_500, 3_999, 4_990];
const SOURCE: [&str; 8] = ["folder", "sync", "team", "owner", "limit", "device", "invite", "archive"];
const TRANSLATION: [&str; 8] =
    ["dossier", "synchroniser", "équipe", "propriétaire", "limite", "appareil", "inviter", "archive"];

/// Aligns a generated page with its translation.
pub(crate) fn measure(criterion: &mut Criterion) {
    let source = Document::parse(page(&SOURCE, &[]), Syntax::Markdown);
    let model = Model::default();
    let mut group = criterion.benchmark_group("align one page");
    group.sample_size(10);
    group.throughput(Throughput::Elements(BLOCKS as u64));
    for (name, deleted) in [("5,000 blocks in step", &[][..]), ("5,000 blocks, 7 deleted", &DELETED[..])] {
        let translation = Document::parse(page(&TRANSLATION, deleted), Syntax::Markdown);
        group.bench_function(name, |bencher| bencher.iter(|| black_box(align(&source, &translation, &model))));
    }
    group.finish();
}

/// Paragraphs of 4 to 23 words, with a heading before every fiftieth and code in every ninth, except the deleted ones.
fn page(words: &[&str], deleted: &[usize]) -> String {
    let mut text = String::new();
    // The linear congruential generator of Numerical Recipes, for the same page on every machine.
    let mut state = 1_u32;
    for block in 0..BLOCKS {
        let mut line = String::new();
        if block % 50 == 0 {
            line.push_str("## ");
        }
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        for _ in 0..4 + state % 20 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let _ = write!(line, "{} ", words[(state >> 16) as usize % words.len()]);
        }
        if block % 9 == 0 {
            let _ = write!(line, "`tidewater --step {block}`");
        }
        if !deleted.contains(&block) {
            let _ = write!(text, "{}\n\n", line.trim_end());
        }
    }
    text
}
