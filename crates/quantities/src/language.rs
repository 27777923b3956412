//! What the grammar knows about one language, or about one region's variant of it.

use std::sync::Arc;

use crate::data;
use crate::lexicon::Lexicon;
use crate::literal::Separators;
use crate::locale_data::{Habit, LocaleData, RegionData};

/// Which part of a date in figures comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Day,
    Month,
    Year,
}

/// The words and conventions of a language.
#[derive(Debug)]
pub(crate) struct Language {
    pub lexicon: Arc<Lexicon>,
    pub separators: Separators,
    pub order: Order,
    /// Whether a point may separate hours and minutes.
    pub dotted_times: bool,
    pub habits: Vec<Habit>,
    /// Endings of a word for two of something.
    pub dual_endings: Vec<Vec<char>>,
    /// Whether there are words for numbers.
    pub has_cardinals: bool,
}

impl Language {
    /// Compiles the data of the locale at `index` of [`data::names`], or without one the symbols that all languages share,
    /// and the variants of its regions, which share its words.
    pub(crate) fn load(index: Option<usize>) -> (Self, Vec<(String, Self)>) {
        let layers = data::layers(index);
        let lexicon = Arc::new(Lexicon::new(&layers));
        let language = Self::new(&layers, &lexicon, None);
        let regions = layers.iter().flat_map(|data| &data.regions);
        let regions =
            regions.map(|(name, region)| (name.clone(), Self::new(&layers, &lexicon, Some(region)))).collect();
        (language, regions)
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
            dual_endings: layers
                .iter()
                .flat_map(|data| data.dual_endings.iter().map(|ending| ending.chars().collect()))
                .collect(),
            has_cardinals: layers.iter().any(|data| data.cardinals.contains_key("2")),
            habits: layers.iter().flat_map(|data| data.habits.iter().copied()).collect(),
        }
    }
}
