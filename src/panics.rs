//! A bug that one page brings to light costs that page, not the run.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};

thread_local! {
    /// How many calls of [`contain`] are under way on this thread: work that is stolen nests them.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    /// What the last contained panic said, and where in the program it was.
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Has contained panics reported by whoever contains them, instead of on standard error. To be called once, at the start.
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

/// Runs `work`.
///
/// # Errors
/// If it panics: the panic's message, with the place in the program if the hook is installed.
pub fn contain<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    DEPTH.set(DEPTH.get() + 1);
    // Whatever the work has left half done is dropped with it: it shares nothing that it changes but caches, whose locks are
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
