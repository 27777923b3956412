//! The floor: the minimum work of any program that reads every page.

use std::hint::black_box;
use std::path::PathBuf;
use std::sync::mpsc;

use ignore::{WalkBuilder, WalkState};
use isogloss::corpus::walk::Root;
use pulldown_cmark::{Options, Parser};
use rayon::prelude::*;

/// Walks the roots, and reads and parses the Markdown files with offsets, in parallel.
pub(crate) fn run(roots: &[Root]) {
    let files: Vec<PathBuf> = roots.iter().flat_map(walk).collect();
    files.par_iter().for_each(|file| {
        let text = std::fs::read_to_string(file).expect("the corpus is readable UTF-8");
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
        Parser::new_ext(&text, options).into_offset_iter().for_each(|event| {
            black_box(event);
        });
    });
}

fn walk(root: &Root) -> Vec<PathBuf> {
    let (sender, receiver) = mpsc::channel();
    WalkBuilder::new(&root.path).build_parallel().run(|| {
        let sender = sender.clone();
        Box::new(move |entry| {
            if let Ok(entry) = entry
                && isogloss_document::is_markdown(entry.path())
            {
                // The receiver outlives the walk.
                let _ = sender.send(entry.into_path());
            }
            WalkState::Continue
        })
    });
    drop(sender);
    receiver.into_iter().collect()
}
