//! Catches what the daemon's crates log as an error: each test runs in a thread of its own, so does its log.

use std::cell::RefCell;
use std::sync::Once;

use log::{Level, LevelFilter, Metadata, Record};

struct Catcher;

thread_local! {
    static ERRORS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

static START: Once = Once::new();
static CATCHER: Catcher = Catcher;

/// Begins to catch, with an empty list for this thread.
pub fn start() {
    START.call_once(|| {
        // Another logger can only be there if a test installed one; then that one is wanted.
        if log::set_logger(&CATCHER).is_ok() {
            log::set_max_level(LevelFilter::Error);
        }
    });
    take_errors();
}

/// The errors logged by this thread since the last time.
pub fn take_errors() -> Vec<String> {
    ERRORS.with_borrow_mut(std::mem::take)
}

impl log::Log for Catcher {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.level() == Level::Error
    }

    fn log(&self, record: &Record<'_>) {
        if record.level() == Level::Error {
            ERRORS.with_borrow_mut(|errors| errors.push(format!("{}: {}", record.target(), record.args())));
        }
    }

    fn flush(&self) {}
}
