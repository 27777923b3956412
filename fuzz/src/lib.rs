//! The targets of `tests/fuzz/targets`, for libFuzzer.

use std::sync::LazyLock;

#[path = "../../tests/fuzz/targets/mod.rs"]
pub mod targets;

/// Runs one input of a target, in a pool of one thread: what one input takes is too little to be shared.
pub fn run(name: &str, input: &[u8]) {
    static POOL: LazyLock<()> = LazyLock::new(|| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global();
        pool.unwrap_or_else(|error| panic!("{error}"));
    });
    LazyLock::force(&POOL);
    (targets::find(name).run)(input);
}
