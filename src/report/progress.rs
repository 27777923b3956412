//! The progress bar, on a terminal and for long runs only.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shorter runs show no bar, because it would only flash.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar on standard error that any thread can advance; dropping it removes it.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
    shown: AtomicBool,
}

impl Progress {
    /// A bar over `total` pages, hidden unless `enabled` and standard error is a terminal.
    pub fn new(enabled: bool, total: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("  {bar:32} {human_pos} of {human_len} pages");
        let signs = if supports_unicode::supports_unicode() { "━╸ " } else { "=> " };
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars(signs));
        Self { bar, started: Instant::now(), shown: AtomicBool::new(!enabled) }
    }

    /// Advances by one page.
    pub fn tick(&self) {
        self.bar.inc(1);
        let due = !self.shown.load(Ordering::Relaxed) && self.started.elapsed() >= PATIENCE;
        if due && !self.shown.swap(true, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use rayon::prelude::*;

    use super::*;

    #[test]
    fn any_thread_may_advance_it() {
        let progress = Progress::new(false, 1000);
        (0..1000).into_par_iter().for_each(|_| progress.tick());
        assert_eq!(progress.bar.position(), 1000);
        assert!(progress.bar.is_hidden());
    }
}
