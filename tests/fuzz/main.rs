//! The fuzz targets on stable Rust: run on the fixtures, on all stored regressions, and on mutations of the fixtures.
//!
//! `ISOGLOSS_FUZZ_INPUTS` sets the number of inputs for each target, `ISOGLOSS_FUZZ_SECONDS` the maximum time,
//! `ISOGLOSS_FUZZ_FROM` the number of the first input, and `ISOGLOSS_FUZZ_HANG` the number of seconds on one input after which a
//! run aborts. For a long run, `cargo test --profile fuzz --test fuzz` builds with optimizations and all assertions.

mod engine;
mod seeds;
mod targets;

use std::fs;
use std::sync::LazyLock;
use std::time::Duration;

use camino::Utf8Path;

use engine::Extent;
use seeds::Seeds;

/// The default number of inputs for each target: enough to see that it works.
const INPUTS: u64 = 400;

static SEEDS: LazyLock<Seeds> = LazyLock::new(Seeds::collect);

fn number(name: &str) -> Option<u64> {
    let value = std::env::var(name).ok()?;
    Some(value.replace('_', "").parse().unwrap_or_else(|error| panic!("{name}={value}: {error}")))
}

fn extent() -> Extent {
    let time = number("ISOGLOSS_FUZZ_SECONDS").map(Duration::from_secs);
    let default_inputs = if time.is_some() { u64::MAX } else { INPUTS };
    Extent {
        from: number("ISOGLOSS_FUZZ_FROM").unwrap_or(0),
        inputs: number("ISOGLOSS_FUZZ_INPUTS").unwrap_or(default_inputs),
        time,
        hang: number("ISOGLOSS_FUZZ_HANG").map(Duration::from_secs),
        seed: number("ISOGLOSS_FUZZ_SEED").unwrap_or(0),
    }
}

/// Runs the fixtures, the regressions and the requested number of inputs. A page is too little work for more than one thread.
fn fuzz(name: &str) {
    let target = targets::find(name);
    let folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/regressions").join(name);
    let stored = folder.read_dir_utf8().into_iter().flatten().flatten();
    let stored: Vec<_> = stored.map(|entry| entry.path().to_owned()).collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap_or_else(|error| panic!("{error}"));
    let run = pool.install(|| {
        for path in stored {
            let input = fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
            let text = String::from_utf8_lossy(&input);
            engine::attempt(target, &text).unwrap_or_else(|failure| panic!("{path} fails again: {failure}"));
        }
        for seed in SEEDS.of(name) {
            let text = seed.input();
            engine::attempt(target, &text)
                .unwrap_or_else(|failure| panic!("{name} fails on a fixture: {failure}\n{text}"));
        }
        engine::run(target, &SEEDS, extent())
    });
    println!("{name}: {run} inputs");
}

#[test]
fn every_target_has_seeds() {
    for target in targets::TARGETS {
        assert!(!SEEDS.of(target.name).is_empty(), "{}", target.name);
    }
    assert!(SEEDS.dictionary.len() > 100);
}

/// Writes the fixtures and the dictionary in the formats of libFuzzer, if `ISOGLOSS_FUZZ_SEEDS` names a folder.
#[test]
fn seeds_are_written_where_a_folder_is_named() {
    let Ok(folder) = std::env::var("ISOGLOSS_FUZZ_SEEDS") else { return };
    let write = |path: &Utf8Path, text: &str| fs::write(path, text).unwrap_or_else(|error| panic!("{path}: {error}"));
    for target in targets::TARGETS {
        let folder = Utf8Path::new(&folder).join(target.name);
        fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
        for (index, seed) in SEEDS.of(target.name).iter().enumerate() {
            write(&folder.join(format!("fixture-{index}")), &seed.input());
        }
    }
    write(&Utf8Path::new(&folder).join("dictionary"), &seeds::escaped(&SEEDS.dictionary));
}

macro_rules! fuzz {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                fuzz(stringify!($name));
            }
        )*

        #[test]
        fn every_target_is_run() {
            let run = [$(stringify!($name)),*];
            assert_eq!(run.as_slice(), targets::TARGETS.iter().map(|target| target.name).collect::<Vec<_>>());
        }
    };
}

fuzz! { document pair reports versions front_matter configuration baseline quantities git_output }
