//! Contains panics: a bug triggered by one page costs that page, not the run.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};

thread_local! {
    /// How many calls of [`contain`] are active on this thread; work stealing nests them.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    /// The message and location of the last contained panic.
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps contained panics off standard error and records them for the caller of [`contain`]. Call it once, at startup.
pub fn install_hook() {
    let default = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if DEPTH.get() == 0 {
            default(info);
        } else {
            LAST.set(Some(describe(info)));
        }
    }));
}

/// Runs `work` and catches a panic.
///
/// # Errors
/// If it panics: the panic's message, with its source location if the hook is installed.
pub fn contain<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    DEPTH.set(DEPTH.get() + 1);
    // Unwind safety: partial state of `work` is dropped with it. The only shared state it changes is caches, whose locks are
    // poisoned where that matters.
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    DEPTH.set(DEPTH.get() - 1);
    done.map_err(|payload| LAST.take().unwrap_or_else(|| message(&*payload).to_owned()))
}

fn describe(info: &PanicHookInfo<'_>) -> String {
    let said = message(info.payload());
    info.location().map_or_else(|| said.to_owned(), |at| format!("{said} ({}:{})", at.file(), at.line()))
}

fn message(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contained_panic_is_an_error_and_what_comes_after_it_runs() {
        assert_eq!(contain(|| 1), Ok(1));
        let nested = contain(|| contain(|| panic!("inner {}", 1)).map(|(): ()| ()));
        assert!(nested.unwrap().unwrap_err().starts_with("inner 1"));
        assert!(contain(|| panic!("outer")).map(|(): ()| ()).unwrap_err().starts_with("outer"));
        assert_eq!(contain(|| 2), Ok(2));
    }
}
