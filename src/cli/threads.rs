//! Threads for a subcommand.

use std::num::NonZeroUsize;

use rayon::ThreadPoolBuilder;

/// Stack size of each thread in bytes: that of the main thread on Linux and macOS, because all work runs on these threads.
const STACK_BYTES: usize = 8 << 20;

/// Runs `work` on that number of threads, or one per core. If the system refuses to start them, as in a container that has
/// reached its process limit, everything runs on the current thread.
pub fn with_threads<T: Send>(count: Option<NonZeroUsize>, work: impl FnOnce() -> T + Send) -> T {
    let count = count.map_or(0, NonZeroUsize::get);
    let builder = || ThreadPoolBuilder::new().stack_size(STACK_BYTES);
    if let Ok(pool) = builder().num_threads(count).build() {
        return pool.install(work);
    }
    // The current thread becomes the only one of the pool, so no thread has to be started.
    let pool = builder().num_threads(1).use_current_thread().build();
    let result = work();
    drop(pool);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_runs_on_the_requested_number_of_threads() {
        assert_eq!(with_threads(NonZeroUsize::new(3), rayon::current_num_threads), 3);
        assert!(with_threads(None, rayon::current_num_threads) > 0);
    }
}
