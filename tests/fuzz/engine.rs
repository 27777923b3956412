//! Inputs made of seeds and the dictionary, one for each number: the same number gives the same input.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::seeds::{Seed, Seeds};
use crate::targets::Target;

/// Random numbers, by the algorithm `SplitMix64`.
pub struct Random(u64);

impl Random {
    /// Numbers that are known by two others.
    pub fn new(seed: u64, index: u64) -> Self {
        let mut random = Self(seed ^ index.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        random.next();
        random
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Less than `end`; 0 if that is 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % (end.max(1) as u64)) as usize
    }

    /// True once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn pick<'l, T>(&mut self, list: &'l [T]) -> Option<&'l T> {
        list.get(self.below(list.len()))
    }
}

fn name_hash(name: &str) -> u64 {
    name.bytes().fold(0, |hash: u64, byte| hash.wrapping_mul(31).wrapping_add(u64::from(byte)))
}

/// The input with that number.
pub fn input(target: &Target, seeds: &Seeds, seed: u64, index: u64) -> String {
    let mut random = Random::new(seed ^ name_hash(target.name), index);
    // Most inputs are small, so that many are run; some are whole documents.
    let most = match random.below(200) {
        0 => usize::MAX,
        1..10 => 4000,
        10..50 => 700,
        _ => 250,
    };
    let mut text = match random.pick(seeds.of(target.name)) {
        _ if random.once_in(12) => String::new(),
        Some(seed) => start(seed, most, &mut random),
        None => String::new(),
    };
    for _ in 0..=random.below(8) {
        mutate(&mut text, seeds, &mut random);
    }
    text
}

/// A window of a seed; of documents that go together, of each the same one, some of them mutated alike.
fn start(seed: &Seed, most: usize, random: &mut Random) -> String {
    let share = random.below(1000);
    let mut text = String::new();
    for (mark, part) in &seed.parts {
        text.push_str(mark);
        let from = floor(part, part.len() * share / 1000);
        let from = part[..from].rfind('\n').map_or(0, |at| at + 1);
        // The head of a document is taken as often as all the rest.
        let from = if share < 400 || most == usize::MAX { 0 } else { from };
        let end = floor(part, from.saturating_add(most / seed.parts.len()).min(part.len()));
        text.push_str(&part[from..end]);
        if !text.ends_with('\n') && !mark.is_empty() {
            text.push('\n');
        }
    }
    text
}

/// The character boundary at or before a place.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// A place in a text, often the beginning of a line.
fn place(text: &str, random: &mut Random) -> usize {
    let at = floor(text, random.below(text.len() + 1));
    if random.once_in(2) { text[..at].rfind('\n').map_or(0, |at| at + 1) } else { at }
}

/// A range of a text, most often a short one.
fn range(text: &str, random: &mut Random) -> std::ops::Range<usize> {
    let most = [4, 30, 30, 200, usize::MAX][random.below(5)];
    let start = place(text, random);
    start..floor(text, start.saturating_add(random.below(most)).min(text.len())).max(start)
}

/// Characters that text is seldom made of.
const ODD: &str = "\0\u{1b}\u{85}\u{202e}\u{2028}\u{feff}\u{200d}\u{301}\u{10ffff}\u{1f469}\r\u{fdfa}";

fn mutate(text: &mut String, seeds: &Seeds, random: &mut Random) {
    let at = place(text, random);
    match random.below(16) {
        0..5 => {
            let token = random.pick(&seeds.dictionary).map_or("", String::as_str);
            text.insert_str(at, token);
        }
        5 => text.replace_range(range(text, random), ""),
        6 => {
            let copied = text[range(text, random)].to_owned();
            let times = [1, 1, 2, 5, 40][random.below(5)];
            if copied.len() * times < 20_000 {
                text.insert_str(at, &copied.repeat(times));
            }
        }
        7 => {
            // Deep nesting and long runs of one thing.
            let token = random.pick(&seeds.dictionary).map_or("", String::as_str);
            let times = if random.once_in(100) { 2000 } else { 2 + random.below(30) };
            text.insert_str(at, &token.repeat(times));
        }
        8 => {
            let other = random.pick(&seeds.pool).map_or("", String::as_str);
            let piece = other[range(other, random)].to_owned();
            text.insert_str(at, &piece[..floor(&piece, 300)]);
        }
        9 => {
            let c = char::from_u32(random.below(0x3_0000) as u32).unwrap_or('\u{fffd}');
            text.insert(at, c);
        }
        10 => text.insert(at, ODD.chars().nth(random.below(ODD.chars().count())).unwrap_or('\r')),
        11 => {
            let number = random.next() >> random.below(64);
            text.insert_str(at, &number.to_string());
        }
        12 => {
            let white = ["\n", "\n\n", "    ", " ", "\n> ", "\n* ", "\n1. ", "\n\t"][random.below(8)];
            text.insert_str(at, white);
        }
        13 => {
            // Two lines change places.
            let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
            let (a, b) = (random.below(lines.len()), random.below(lines.len()));
            if !lines.is_empty() {
                lines.swap(a, b);
                *text = lines.concat();
            }
        }
        14 => text.truncate(at),
        _ => {
            // A character gives way to another.
            if let Some(c) = text[at..].chars().next() {
                let other = text[place(text, random)..].chars().next().unwrap_or('0');
                text.replace_range(at..at + c.len_utf8(), other.encode_utf8(&mut [0; 4]));
            }
        }
    }
}

/// How much to run.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    /// The number of the first input.
    pub from: u64,
    /// How many inputs.
    pub inputs: u64,
    /// Ends the run early.
    pub time: Option<Duration>,
    /// A process that takes longer for one input says which, and ends.
    pub hang: Option<Duration>,
    /// What all inputs depend on.
    pub seed: u64,
}

/// What a run is at: its target, the number of the input, the input, and when that began.
static CURRENT: Mutex<Option<(&'static str, u64, String, Instant)>> = Mutex::new(None);

/// Runs inputs of a target; returns how many.
pub fn run(target: &'static Target, seeds: &Seeds, extent: Extent) -> u64 {
    if let Some(hang) = extent.hang {
        std::thread::spawn(move || watch(hang));
    }
    let begun = Instant::now();
    for done in 0..extent.inputs {
        if extent.time.is_some_and(|time| begun.elapsed() >= time) {
            return done;
        }
        let index = extent.from + done;
        let text = input(target, seeds, extent.seed, index);
        note(extent, Some((target.name, index, &text)));
        if let Err(said) = attempt(target, &text) {
            note(extent, None);
            let least = minimise(target, text);
            panic!("{} fails on input {index}: {said}\nthe least that fails is {least:?}", target.name);
        }
        note(extent, None);
    }
    extent.inputs
}

fn note(extent: Extent, current: Option<(&'static str, u64, &str)>) {
    if extent.hang.is_some()
        && let Ok(mut at) = CURRENT.lock()
    {
        *at = current.map(|(target, index, text)| (target, index, text.to_owned(), Instant::now()));
    }
}

fn watch(most: Duration) {
    loop {
        std::thread::sleep(Duration::from_millis(500));
        if let Ok(current) = CURRENT.lock()
            && let Some((target, index, text, since)) = &*current
            && since.elapsed() > most
        {
            eprintln!("{target} has not ended on input {index} after {most:?}: {text:?}");
            std::process::abort();
        }
    }
}

/// Runs one input; what a panic says is the error.
pub fn attempt(target: &Target, text: &str) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(|| (target.run)(text.as_bytes()))).map_err(|panic| message(&*panic))
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic without a message").to_owned()
}

/// Leaves out whatever the failure does not need. The panics on the way are not printed.
fn minimise(target: &Target, mut text: String) -> String {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let mut step = text.len() / 2;
    while step > 0 {
        let mut at = 0;
        while at < text.len() {
            let (start, end) = (floor(&text, at), floor(&text, at + step));
            let less = [&text[..start], &text[end..]].concat();
            if start < end && attempt(target, &less).is_err() {
                text = less;
            } else {
                at += step;
            }
        }
        step /= 2;
    }
    std::panic::set_hook(hook);
    text
}
