//! Quantities: what the numbers of a text mean, in the language that it stands in, and whether two texts mean the same.
//!
//! [`Reader`] tells the [`gist`] of a text, by which most need not be read, or reads it; [`compare`] compares what was read, and
//! [`agreed`] remembers what need not be compared again. A text is walked once for the [`places`] where a quantity may begin,
//! and left if it has none; else it is folded ([`normalise`]) and [`scan`] reads at each: where a number, a sign or a word of
//! the language's [`lexicon`] stands, the grammar reads dates, times, availability, amounts and names, and the longest reading
//! wins. What differs between languages is data: `locales/`.

mod agreed;
mod amount;
mod availability;
mod compare;
mod compile;
mod data;
mod date;
mod describe;
mod duration;
mod gist;
mod identifier;
mod lexicon;
mod literal;
mod lookup;
mod meaning;
mod money;
mod normalise;
mod number;
mod openings;
mod places;
mod ratio;
mod same;
mod scan;
mod time;
mod trie;
mod units;
mod windows;
mod words;

#[cfg(test)]
mod tests;

use std::sync::{Arc, OnceLock};

pub use agreed::Texts;
pub use compare::{Difference, compare};
pub use gist::Gist;
pub use meaning::{Amount, Class, Clock, Date, Kind, Meaning, Quantity, Strength};
pub use units::Unit;

use data::{Habit, LocaleData, RegionData};
use isogloss_text::Locale;
use lexicon::Lexicon;
use literal::Separators;
use normalise::Normalised;
use places::Places;
use scan::Scan;

/// Which part of a date in figures comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Day,
    Month,
    Year,
}

/// Reads quantities in one language.
#[derive(Debug)]
pub struct Reader {
    lexicon: Arc<Lexicon>,
    separators: Separators,
    order: Order,
    dotted_times: bool,
    habits: Vec<Habit>,
    has_data: bool,
    /// What the regions of the language write differently.
    regions: Vec<(String, Reader)>,
}

impl Reader {
    /// The reader for a locale: its script's and region's where they differ, else its language's, else one that knows
    /// digits only. Each is made at most once, on first use.
    pub fn for_locale(locale: &Locale) -> &'static Self {
        static READERS: OnceLock<Vec<OnceLock<Reader>>> = OnceLock::new();
        let cells = READERS.get_or_init(|| (0..=data::names().len()).map(|_| OnceLock::new()).collect());
        let index = data_name(locale).and_then(|name| data::names().position(|known| known == name));
        let reader = cells[index.unwrap_or(cells.len() - 1)].get_or_init(|| Self::load(index));
        let region = locale.subtags().find_map(|tag| reader.regions.iter().find(|(region, _)| region == tag));
        region.map_or(reader, |(_, regional)| regional)
    }

    /// Whether the locale's language has data; without, only digits and common symbols are read.
    pub fn has_data(&self) -> bool {
        self.has_data
    }

    /// Every quantity of `text`, in order, none inside another; spans are bytes of `text`.
    pub fn read(&self, text: &str) -> Vec<Quantity> {
        let places = Places::new(text, &self.lexicon);
        let Some(first) = places.next(0) else { return Vec::new() };
        let normalised = Normalised::new(text);
        let next = |from| if from == 0 { Some(first) } else { places.next(normalised.byte(from)?) };
        Scan::new(&normalised, self).all(|from| next(from).map(|byte| normalised.index(byte)))
    }

    /// What can be told of `text` without reading it: where the gists of two texts agree, each told in its own language,
    /// [`compare`] finds nothing between them, and neither need be read. `words` are the hashes of all its words, and maybe of
    /// others, as [`Document::words`](isogloss_document::Document::words) has them, if they are known: then most texts need not be
    /// walked.
    pub fn gist(&self, text: &str, words: Option<&[u32]>) -> Gist {
        gist::gist(text, words, &self.lexicon)
    }

    /// Compiles the data of the locale at `index`, or of none.
    fn load(index: Option<usize>) -> Self {
        let layers = data::layers(index);
        let lexicon = Arc::new(Lexicon::new(&layers));
        let mut reader = Self::new(&layers, &lexicon, None);
        reader.has_data = index.is_some();
        for (name, region) in layers.iter().flat_map(|data| &data.regions) {
            let regional = Self { has_data: reader.has_data, ..Self::new(&layers, &lexicon, Some(region)) };
            reader.regions.push((name.clone(), regional));
        }
        reader
    }

    fn new(layers: &[LocaleData], lexicon: &Arc<Lexicon>, region: Option<&RegionData>) -> Self {
        let decimal = region
            .and_then(|region| region.decimal)
            .or_else(|| layers.iter().find_map(|data| data.decimal))
            .unwrap_or('.');
        let groups = match region {
            Some(region) if !region.group.is_empty() => region.group.clone(),
            _ => layers.iter().flat_map(|data| data.group.iter().copied()).collect(),
        };
        let order = region
            .and_then(|region| region.date_order.as_deref())
            .or_else(|| layers.iter().find_map(|data| data.date_order.as_deref()));
        Self {
            lexicon: Arc::clone(lexicon),
            separators: Separators { decimal, groups },
            order: match order.and_then(|order| order.chars().next()) {
                Some('m') => Order::Month,
                Some('y') => Order::Year,
                _ => Order::Day,
            },
            dotted_times: layers.iter().any(|data| data.time_separator == Some('.')),
            habits: layers.iter().flat_map(|data| data.habits.iter().copied()).collect(),
            has_data: false,
            regions: Vec::new(),
        }
    }
}

/// The name under which a locale's data is kept, if it has any.
fn data_name(locale: &Locale) -> Option<&'static str> {
    let language = locale.language();
    let traditional = language == "zh"
        && locale.subtags().any(|tag| matches!(tag, "Hant" | "TW" | "HK" | "MO"))
        && !locale.subtags().any(|tag| tag == "Hans");
    let name = match language {
        "zh" | "yue" if traditional || language == "yue" => "zh-Hant",
        // Bokmål stands for Norwegian, and for Nynorsk, whose numbers differ little.
        "no" | "nn" => "nb",
        other => other,
    };
    data::names().find(|known| *known == name)
}
