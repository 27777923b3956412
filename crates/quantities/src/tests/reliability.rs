//! Tests of what is learned from other pages.

use super::reader;
use crate::{Difference, Reliability, Text, compare_texts};

fn side<'a>(locale: &str, text: &'a str, quantities: &'a [crate::Quantity]) -> Text<'a> {
    Text { reader: reader(locale), text, mark: "", addresses: Vec::new(), code: Vec::new(), quantities }
}

/// Compares an English text with a German one, lets `look` see the result, and returns the differences.
fn compared(
    (english, german): (&str, &str),
    look: impl FnOnce(&Text<'_>, &Text<'_>, &[Difference]),
) -> Vec<Difference> {
    let (source, translation) = (reader("en").read(english), reader("de").read(german));
    let (source, translation) = (side("en", english, &source), side("de", german, &translation));
    let differences = compare_texts(&source, &translation);
    look(&source, &translation, &differences);
    differences
}

/// What was learned from pages with one pair of texts each.
fn learned(pages: &[(&str, &str)]) -> Reliability {
    let mut all = Reliability::default();
    for page in pages {
        let mut of_page = Reliability::default();
        compared(*page, |source, translation, differences| of_page.observe(source, translation, differences));
        all.join(of_page);
    }
    all
}

/// The probability that the German text lacks what the English one has.
fn probability(reliability: &Reliability, texts: (&str, &str)) -> f32 {
    let mut probability = None;
    let differences = compared(texts, |source, translation, differences| {
        let [difference] = differences else { panic!("{differences:?}") };
        probability = Some(reliability.probability(source.quantities, translation.quantities, difference));
    });
    probability.unwrap_or_else(|| panic!("{differences:?}"))
}

const LOST: (&str, &str) = ("Copies stay for 30 days.", "Kopien bleiben.");

#[test]
fn what_is_rarely_alone_is_likely_lost() {
    let unknown = probability(&Reliability::default(), LOST);
    assert!((0.8..0.9).contains(&unknown), "{unknown}");
    let kept = learned(&[("Wait for 20 days.", "Warten Sie 20 Tage."); 12]);
    assert!(probability(&kept, LOST) > 0.98);
    // Another form says nothing.
    let of_minutes = learned(&[("Wait for 20 minutes.", "Warten Sie 20 Minuten."); 12]);
    assert!((probability(&of_minutes, LOST) - unknown).abs() < 1e-6);
}

#[test]
fn what_is_mostly_alone_is_likely_misread() {
    let alone = learned(&[("Wait for 20 days.", "Warten Sie."); 8]);
    assert!(probability(&alone, LOST) < 0.1);
    // Twice may be chance, and what is found more often than not is read well.
    assert!(probability(&learned(&[("Wait for 20 days.", "Warten Sie."); 2]), LOST) > 0.5);
    let pages = [("Wait for 20 days.", "Warten Sie 20 Tage."), ("Wait for 20 days.", "Warten Sie.")];
    let mixed = learned(&[pages[0], pages[0], pages[0], pages[1]]);
    assert!(probability(&mixed, LOST) > 0.8);
}

#[test]
fn digits_that_changed_are_no_reason_to_doubt_the_form() {
    let changed = learned(&[("Wait for 20 days.", "Warten Sie 40 Tage."); 8]);
    assert!(probability(&changed, ("Wait for 7 days.", "Warten Sie 9 Tage.")) > 0.95);
}
