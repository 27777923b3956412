//! The threads that a subcommand works with.

use std::num::NonZeroUsize;

use rayon::ThreadPoolBuilder;

/// Bytes of each thread's stack: that of a main thread on Linux and macOS, since all work is done on these threads.
const STACK_BYTES: usize = 8 << 20;

/// Does `work` with so many threads, or as many as there are processors. Where the system refuses them, as in a container
/// that has used up its processes, the thread that is there does everything.
pub fn with_threads<T: Send>(count: Option<NonZeroUsize>, work: impl FnOnce() -> T + Send) -> T {
    let count = count.map_or(0, NonZeroUsize::get);
    let builder = || ThreadPoolBuilder::new().stack_size(STACK_BYTES);
    if let Ok(pool) = builder().num_threads(count).build() {
        return pool.install(work);
    }
    // This thread becomes the pool's only one, so that nothing has to be started.
    let pool = builder().num_threads(1).use_current_thread().build();
    let result = work();
    drop(pool);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_work_sees_the_number_of_threads_that_was_asked_for() {
        assert_eq!(with_threads(NonZeroUsize::new(3), rayon::current_num_threads), 3);
        assert!(with_threads(None, rayon::current_num_threads) > 0);
    }
}
