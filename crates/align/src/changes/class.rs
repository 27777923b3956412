//! How two versions of a block differ, the most severe way first.

use rustc_hash::FxHashSet;

use super::unit::{Unit, Word, is_numbered, words_of};
use isogloss_document::{Block, BlockKind, Document, TokenKind};

/// How something changed, the most severe first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeClass {
    /// Its words, the type of a callout, or what it includes.
    Wording,
    /// Its code.
    Code,
    /// Its numbers and no other visible text, or whether its list is numbered.
    Number,
    /// The targets of its links and images.
    Link,
    /// The language of a code block.
    Label,
    /// Its attributes or markup.
    Markup,
    /// Its punctuation, or white space that was added between words.
    Punctuation,
    /// The front matter of the page.
    FrontMatter,
}

impl ChangeClass {
    /// All of them, the most severe first.
    pub const ALL: [Self; 8] = [
        Self::Wording,
        Self::Code,
        Self::Number,
        Self::Link,
        Self::Label,
        Self::Markup,
        Self::Punctuation,
        Self::FrontMatter,
    ];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wording => "wording",
            Self::Code => "code",
            Self::Number => "number",
            Self::Link => "link",
            Self::Label => "label",
            Self::Markup => "markup",
            Self::Punctuation => "punctuation",
            Self::FrontMatter => "front-matter",
        }
    }

    /// A short description.
    pub fn summary(self) -> &'static str {
        match self {
            Self::Wording => "Words, the sort of a callout, what is included",
            Self::Code => "Code",
            Self::Number => "Numbers, and no other words; whether a list is numbered",
            Self::Link => "Where links and images lead",
            Self::Label => "The language that a code block is labelled with",
            Self::Markup => "Attributes and markup",
            Self::Punctuation => "Punctuation, or white space where there was none",
            Self::FrontMatter => "The page's front matter",
        }
    }

    /// Whether readers of the translation are affected.
    pub fn matters(self) -> bool {
        self <= Self::Number
    }
}

/// A version of a unit.
type Version<'d> = (&'d Document, &'d Unit);

/// The most severe difference between two versions of a unit, and the number of changed link targets; `None` if only white
/// space differs in width, or a heading in its level, which `heading-level` covers.
pub(super) fn class(old: Version<'_>, new: Version<'_>) -> Option<(ChangeClass, u32)> {
    let (a, b) = (&old.0.blocks[old.1.block as usize], &new.0.blocks[new.1.block as usize]);
    let found = |class| Some((class, 0));
    if is_same_mark((old.0, a), (new.0, b)) {
        return found(ChangeClass::Markup);
    }
    if old.1.content(old.0).hash != new.1.content(new.0).hash && !is_taken_out((old.0, a), (new.0, b)) {
        return found(of_words(&words_of(old.0, old.1.block), &words_of(new.0, new.1.block)));
    }
    // The number of a step is visible, however it is written.
    if is_numbered(old.0, a) != is_numbered(new.0, b) {
        return found(ChangeClass::Number);
    }
    let tokens = |kinds: &[TokenKind]| (hashes(old, kinds), hashes(new, kinds));
    let (x, y) = tokens(&[TokenKind::Code]);
    // Adding or removing code markup does not change the words. The same for a link in it.
    let raw = |document: &Document, block: &Block| without_targets(block.span.slice(&document.text));
    if a.kind != BlockKind::Code && x != y && x.len() == y.len() && raw(old.0, a) != raw(new.0, b) {
        return found(ChangeClass::Code);
    }
    let (x, y) = tokens(&[TokenKind::Link, TokenKind::Image]);
    if x != y {
        let there: FxHashSet<&u32> = y.iter().collect();
        let kept = x.iter().filter(|hash| there.contains(hash)).count();
        return Some((ChangeClass::Link, (x.len().max(y.len()) - kept).max(1) as u32));
    }
    if a.kind == BlockKind::Code {
        let (x, y) = tokens(&[TokenKind::Label]);
        return found(if x == y { ChangeClass::Markup } else { ChangeClass::Label });
    }
    of_marks(old.0, a, new.0, b).map(|class| (class, u32::from(class == ChangeClass::Link)))
}

/// Whether a text is the same without the shortcode around it that only one version has: the other one has the callout
/// marker on its own line.
fn is_taken_out(old: (&Document, &Block), new: (&Document, &Block)) -> bool {
    let is_plain = |c: char| !c.is_alphanumeric() && c != '_';
    let same = |a: &str, b: &str| {
        let words = |text| str::split(text, is_plain).filter(|word| !word.is_empty());
        words(a).eq(words(b))
    };
    let raw = |(document, block): (&Document, &Block)| block.span.slice(&document.text).to_owned();
    match (old.0.inside_shortcode(old.1), new.0.inside_shortcode(new.1)) {
        (Some(text), None) => same(text, &raw(new)),
        (None, Some(text)) => same(&raw(old), text),
        _ => false,
    }
}

/// Whether two markers open the same type of callout in different dialects: `{{% alert title="Note" %}}` and `[!NOTE]`.
fn is_same_mark(old: (&Document, &Block), new: (&Document, &Block)) -> bool {
    let split = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let all = |(document, block): (&Document, &Block)| split(block.span.slice(&document.text));
    let title = |(document, block): (&Document, &Block)| split(document.plain_of(block));
    match (old.1.kind, new.1.kind) {
        (BlockKind::Callout, BlockKind::Callout) => {
            all(old) == all(new) && old.1.span.slice(&old.0.text) != new.1.span.slice(&new.0.text)
        }
        (BlockKind::Component, BlockKind::Callout) => is_sort_of(&all(old), &title(old), &all(new)),
        (BlockKind::Callout, BlockKind::Component) => is_sort_of(&all(new), &title(new), &all(old)),
        _ => false,
    }
}

/// Whether the words of a component name the type of a callout. Without a type, it is a note.
fn is_sort_of(component: &[String], title: &[String], mark: &[String]) -> bool {
    let has_mark = mark.iter().all(|word| component.contains(word));
    has_mark && title.iter().all(|word| component.contains(word)) || title.is_empty() && mark == ["note"]
}

/// The class of a change of visible text.
fn of_words(old: &[Word<'_>], new: &[Word<'_>]) -> ChangeClass {
    let (mut a, mut b) = (old.to_vec(), new.to_vec());
    a.sort_unstable();
    b.sort_unstable();
    let (mut i, mut j, mut gravest) = (0, 0, None);
    let mut see = |word: &Word<'_>| {
        let class = match word {
            Word { code: true, .. } => ChangeClass::Code,
            Word { text, .. } if text.bytes().all(|byte| byte.is_ascii_digit()) => ChangeClass::Number,
            Word { .. } => ChangeClass::Wording,
        };
        gravest = gravest.min(Some(class)).or(Some(class));
    };
    while i < a.len() || j < b.len() {
        match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) if x == y => (i, j) = (i + 1, j + 1),
            (Some(x), y) if y.is_none_or(|y| x < y) => {
                see(x);
                i += 1;
            }
            (_, Some(y)) => {
                see(y);
                j += 1;
            }
            _ => break,
        }
    }
    // The same words in another order.
    gravest.unwrap_or(ChangeClass::Wording)
}

/// The class of a change between the words.
fn of_marks(old: &Document, a: &Block, new: &Document, b: &Block) -> Option<ChangeClass> {
    let (x, y) = (a.span.slice(&old.text), b.span.slice(&new.text));
    let bare = |text: &str| without_targets(text).replace(char::is_whitespace, "");
    let folded = |text: &str| text.trim_start_matches('#').split_whitespace().collect::<Vec<_>>().join(" ");
    if (a.kind != b.kind || x != y) && folded(x) == folded(y) {
        return None;
    }
    let tight = |text: &str| text.replace(char::is_whitespace, "");
    if x != y && tight(x) == tight(y) {
        return Some(ChangeClass::Punctuation);
    }
    if x != y && bare(x) == bare(y) && a.role == b.role {
        return Some(ChangeClass::Link);
    }
    if x == y {
        return Some(ChangeClass::Markup);
    }
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let is_plain = |text: &str| !text.contains(['<', '{', '`']);
    let is_read_otherwise = old.plain_of(a) != new.plain_of(b);
    if a.role == b.role && is_read_otherwise && letters(x) == letters(y) && is_plain(x) && is_plain(y) {
        return Some(ChangeClass::Punctuation);
    }
    Some(ChangeClass::Markup)
}

/// Hashes of the tokens of some kinds in a unit, in order.
fn hashes((document, unit): Version<'_>, kinds: &[TokenKind]) -> Vec<u32> {
    let blocks = &document.blocks[unit.block as usize..unit.end as usize];
    // The content of a row's cells belongs to the row too.
    let outer = blocks.iter().filter(|block| !document.is_in_row(block));
    let tokens = outer.flat_map(|block| document.tokens_of(block));
    tokens.filter(|token| kinds.contains(&token.kind)).map(|token| token.hash).collect()
}

/// A text without the targets of links and images.
fn without_targets(text: &str) -> String {
    let mut openings = [("](", ")"), ("][", "]"), ("href=\"", "\""), ("src=\"", "\"")]
        .map(|(open, close)| (Places::new(open), Places::new(close)));
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    while let Some((open, which)) = (0..openings.len())
        .filter_map(|which| Some((openings[which].0.next(text, from)?, which)))
        .min_by_key(|&(open, _)| open)
    {
        let end = open + openings[which].0.needle.len();
        out.push_str(&text[from..end]);
        from = openings[which].1.next(text, end).unwrap_or(end);
    }
    out + &text[from..]
}

/// Finds the next occurrence of a word, and remembers it until it is passed: a text with many links is searched once.
struct Places {
    needle: &'static str,
    /// The last occurrence found; `None` if there is none after the start of the search.
    found: Option<usize>,
    is_searched: bool,
}

impl Places {
    fn new(needle: &'static str) -> Self {
        Self { needle, found: None, is_searched: false }
    }

    /// The first occurrence from `from` on; `from` never decreases.
    fn next(&mut self, text: &str, from: usize) -> Option<usize> {
        if !self.is_searched || self.found.is_some_and(|found| found < from) {
            self.is_searched = true;
            self.found = text[from..].find(self.needle).map(|at| from + at);
        }
        self.found
    }
}
