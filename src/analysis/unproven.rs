//! Languages whose number words are incomplete.

use crate::finding::{Notice, NoticeLevel};
use isogloss_quantities::Reader;
use isogloss_text::Locale;

/// How many languages are named.
const MOST_NAMED: usize = 3;

/// The notice that only digits are compared in some of these locales; `None` if the number words of all are known.
pub(crate) fn notice<'l>(locales: impl Iterator<Item = &'l Locale>) -> Option<Notice> {
    let is_unproven = |locale: &&Locale| !Reader::for_locale(locale).has_data();
    let mut names: Vec<String> = locales.filter(is_unproven).map(Locale::name).collect();
    let more = names.len().saturating_sub(MOST_NAMED);
    if more > 0 {
        names.truncate(MOST_NAMED - 1);
        names.push(format!("{} other languages", more + 1));
    }
    let (last, first) = names.split_last()?;
    let list = if first.is_empty() { last.clone() } else { format!("{} and {last}", first.join(", ")) };
    let message = format!(
        "{list}: number words incomplete; only digits are compared, and missing small numbers are not reported"
    );
    Some(Notice { level: NoticeLevel::Note, path: None, message })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_named_up_to_three() {
        let message = |tags: &[&str]| {
            let locales: Vec<Locale> = tags.iter().map(|tag| Locale::parse(tag).unwrap()).collect();
            notice(locales.iter()).map(|notice| notice.message.split(':').next().unwrap_or_default().to_owned())
        };
        assert_eq!(message(&["en", "de"]), None);
        assert_eq!(message(&["en", "yo"]).unwrap(), "Yoruba");
        assert_eq!(message(&["yo", "sa", "de"]).unwrap(), "Yoruba and Sanskrit");
        assert_eq!(message(&["yo", "sa", "fo", "ig"]).unwrap(), "Yoruba, Sanskrit and 2 other languages");
    }
}
