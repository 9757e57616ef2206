//! The guard around a reader that may panic.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::Refused;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is within the reader of workbooks, whose panics are caught: a panic hook has nothing to say of them.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// Runs the reader. On a damaged file it may panic, which here is one more way to say that the file is damaged.
pub(crate) fn guarded<T>(read: impl FnOnce() -> Result<T, Refused>) -> Result<T, Refused> {
    let before = GUARDED.replace(true);
    let read = catch_unwind(AssertUnwindSafe(read));
    GUARDED.set(before);
    read.unwrap_or(Err(Refused::Damaged))
}
