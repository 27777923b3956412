//! Fills in the values of a preset.

use super::raw::{RawConfig, RawRoots, Spanned};
use isogloss_text::Span;

impl RawConfig {
    /// Adds the preset's values for keys that the file does not have, at the position of the preset's name.
    pub(super) fn fill_from_preset(&mut self) {
        let Some(Spanned { value: preset, span }) = self.preset else { return };
        // With a map of roots, there is no layout to determine.
        if !matches!(self.roots, Some(RawRoots::Map(_))) {
            let layout = preset.layout.map(|layout| spanned(layout, span));
            self.layout = self.layout.take().or(layout);
        }
        let list = |items: &[&str]| items.iter().map(|item| spanned(item, span)).collect();
        self.id_keys = self.id_keys.take().or(preset.id_keys.map(list));
        self.pin_keys = self.pin_keys.take().or(preset.pin_keys.map(list));
        self.exclude = self.exclude.take().or(Some(list(preset.exclude)));
    }
}

fn spanned(text: &str, span: Span) -> Spanned<String> {
    Spanned { value: text.to_owned(), span }
}
