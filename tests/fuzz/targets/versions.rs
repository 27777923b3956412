//! Two versions of a source and a translation of the older one: the changes, and what they mean for the translation. The three
//! are separated by lines `%%% …`.

use isogloss_align::changes::{Changes, carry, word_diff};
use isogloss_align::{Aligner, Model, Outline};
use isogloss_document::{Document, Syntax};

use super::pages::MARK;

pub(super) fn run(text: &str) {
    let mut parts = vec![String::new()];
    for line in text.split_inclusive('\n') {
        if line.starts_with(MARK) && parts.len() < 3 {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push_str(line);
        }
    }
    let syntax = if text.len().is_multiple_of(2) { Syntax::Mdx } else { Syntax::Markdown };
    let mut documents = parts.into_iter().map(|part| Document::parse(part, syntax));
    let (old, new) = (documents.next().unwrap_or_default(), documents.next().unwrap_or_default());
    let translation = documents.next().unwrap_or_default();
    let changes = Changes::between(&old, &new);
    assert_eq!(format!("{changes:?}"), format!("{:?}", Changes::between(&old, &new)));
    assert_eq!(Changes::between(&old, &old).changed, [], "a document is what it is");
    for change in &changes.changed {
        assert!((change.old as usize) < old.blocks.len() && (change.new as usize) < new.blocks.len());
        let text = |document: &Document, block: u32| document.plain_of(&document.blocks[block as usize]).to_owned();
        let _ = word_diff(&text(&old, change.old), &text(&new, change.new));
    }
    let model = Model::default();
    let outlines = [Outline::new(&old), Outline::new(&new), Outline::new(&translation)];
    let pinned = Aligner::new((&old, &outlines[0]), (&translation, &outlines[2]), &model).align();
    let aligner = Aligner::new((&new, &outlines[1]), (&translation, &outlines[2]), &model);
    let carried = carry(&pinned, &changes, aligner.block_counts(), || aligner.align());
    for pair in &carried.pairs {
        assert!(pair.source.end as usize <= new.blocks.len() && !pair.source.is_empty());
        assert!(pair.translation.end as usize <= translation.blocks.len() && !pair.translation.is_empty());
    }
}
