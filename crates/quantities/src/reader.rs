//! Reads the quantities of a text in one language.

use std::sync::OnceLock;

use isogloss_text::Locale;

use crate::data;
use crate::gist::{self, Gist};
use crate::language::Language;
use crate::locale_data::Habit;
use crate::meaning::Quantity;
use crate::normalise::Normalised;
use crate::places::Places;
use crate::scan::Scan;

/// Reads quantities in one language.
#[derive(Debug)]
pub struct Reader {
    pub(crate) language: Language,
    has_names: bool,
    has_data: bool,
    /// Readers for the regions that write numbers or dates differently.
    regions: Vec<(String, Reader)>,
}

impl Reader {
    /// The reader for a locale: that of its script or region if there is one, else that of its language, else one that
    /// reads only digits and common symbols. Each is built at most once, on first use.
    pub fn for_locale(locale: &Locale) -> &'static Self {
        static READERS: OnceLock<Vec<OnceLock<Reader>>> = OnceLock::new();
        let cells = READERS.get_or_init(|| (0..=data::names().len()).map(|_| OnceLock::new()).collect());
        let index = data_name(locale).and_then(|name| data::names().position(|known| known == name));
        let reader = cells[index.unwrap_or(cells.len() - 1)].get_or_init(|| Self::load(index));
        let region = locale.subtags().find_map(|tag| reader.regions.iter().find(|(region, _)| region == tag));
        region.map_or(reader, |(_, regional)| regional)
    }

    fn load(index: Option<usize>) -> Self {
        let (language, regions) = Language::load(index);
        let reader = |language: Language, regions| Self {
            has_names: index.is_some(),
            has_data: language.has_cardinals && !language.habits.contains(&Habit::Unproven),
            language,
            regions,
        };
        let regions = regions.into_iter().map(|(name, regional)| (name, reader(regional, Vec::new()))).collect();
        reader(language, regions)
    }

    /// Whether the number words of the locale's language are known, in all their forms; without them, the language may say
    /// in words what the other one has in digits.
    pub fn has_data(&self) -> bool {
        self.has_data
    }

    /// Whether there are any number words for the language.
    pub fn has_number_words(&self) -> bool {
        self.language.has_cardinals
    }

    /// Whether at least the names of months and units are known; without them, only digits and common symbols are read.
    pub fn has_names(&self) -> bool {
        self.has_names
    }

    /// All quantities of `text`, in order and without overlaps; their spans are bytes of `text`.
    pub fn read(&self, text: &str) -> Vec<Quantity> {
        let places = Places::new(text, &self.language.lexicon);
        let Some(first) = places.next(0) else { return Vec::new() };
        let normalised = Normalised::new(text);
        let next = |from| if from == 0 { Some(first) } else { places.next(normalised.byte(from)?) };
        Scan::new(&normalised, &self.language).all(|from| next(from).map(|byte| normalised.index(byte)))
    }

    /// A summary of `text` that is much cheaper than reading it: if the gists of two texts agree, each in its own language,
    /// [`compare`](crate::compare()) finds no difference between them.
    ///
    /// `words` are the hashes of all words of the text, and perhaps of others, as [`isogloss_text::words`] computes them. With
    /// them, most texts need not even be scanned.
    pub fn gist(&self, text: &str, words: Option<&[u32]>) -> Gist {
        gist::gist(text, words, &self.language.lexicon)
    }
}

/// The name of a locale's data, if there is any.
fn data_name(locale: &Locale) -> Option<&'static str> {
    let language = locale.language();
    let traditional = language == "zh"
        && locale.subtags().any(|tag| matches!(tag, "Hant" | "TW" | "HK" | "MO"))
        && !locale.subtags().any(|tag| tag == "Hans");
    let name = match language {
        "zh" | "yue" if traditional || language == "yue" => "zh-Hant",
        // The numbers of Bokmål are close enough to those of Nynorsk.
        "no" | "nn" => "nb",
        "tl" => "fil",
        _ if is_in_another_script(locale) => return None,
        other => other,
    };
    data::names().find(|known| *known == name)
}

/// Whether a locale says that it is in another script than the data of its language.
fn is_in_another_script(locale: &Locale) -> bool {
    let has = |wanted: &[&str]| locale.subtags().any(|tag| wanted.contains(&tag));
    match locale.language() {
        "az" | "bs" | "ms" | "tk" | "uz" => has(&["Arab", "Cyrl"]),
        "kk" | "ky" => has(&["Arab", "Latn"]),
        "mn" => has(&["Mong"]),
        "pa" => has(&["Arab", "PK"]),
        "sd" => has(&["Deva"]),
        _ => false,
    }
}
