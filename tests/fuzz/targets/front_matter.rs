//! The start of a document: YAML or TOML. Input without a fence gets one of either kind.

use isogloss::config::{DEFAULT_ID_KEYS, DEFAULT_PIN_KEYS};
use isogloss::corpus::head::{find_id, find_pin, read_head};
use isogloss_document::front_matter::{FrontMatter, unclosed_fence};

use super::assert_within;

pub(super) fn run(text: &str) {
    read(text);
    if !text.starts_with("---") && !text.starts_with("+++") {
        read(&format!("---\n{text}\n---\n"));
        read(&format!("+++\n{text}\n+++\n"));
    }
}

fn read(text: &str) {
    let keys = |keys: &[&str]| keys.iter().map(ToString::to_string).collect::<Vec<_>>();
    let (ids, pins) = (keys(DEFAULT_ID_KEYS), keys(DEFAULT_PIN_KEYS));
    let _ = (unclosed_fence(text), find_id(text, &ids), read_head(text.as_bytes(), &ids, &pins));
    let Some(found) = FrontMatter::find(text) else { return };
    assert_within(text, found.span.start as usize, found.span.end as usize);
    for entry in &found.entries {
        assert_within(text, entry.key_span.start as usize, entry.key_span.end as usize);
        assert_within(text, entry.value.start as usize, entry.value.end as usize);
        assert!(found.get(text, &entry.key).is_some());
    }
    let _ = find_pin(&found, text, &pins);
    assert_eq!(found.validate(text), found.validate(text));
    if let Err(problem) = found.validate(text) {
        assert!(!problem.message.is_empty());
    }
    assert_eq!(FrontMatter::find(text), Some(found));
}
