//! Where sockets are served: those of phones and carriers by threads of their own, which go first, and those of the page by
//! threads that leave the processor to calls.

use std::io;
use std::time::Duration;

use tokio::runtime::{Builder, Handle, Runtime};

/// How much the page's threads stand back (0: not at all, 19: the most): of a processor that both want they get a tenth, and
/// where nobody calls they have all of it.
const PAGE_NICE: i32 = 10;

const STACK: usize = 512 * 1024;

/// The threads of both.
pub struct Runtimes {
    wire: Runtime,
    page: Runtime,
}

impl Runtimes {
    /// Starts them.
    pub fn start() -> io::Result<Runtimes> {
        // Two of each: little work, and none waits for another that is long.
        let wire = Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(2)
            .thread_name("net")
            .thread_stack_size(STACK)
            .enable_all()
            .build()?;
        let page = Builder::new_multi_thread()
            .worker_threads(2)
            // The page's questions to the store, each a wait for the disk, one password that is hashed, and a backup each way.
            .max_blocking_threads(8)
            .thread_name("page")
            .thread_stack_size(STACK)
            .on_thread_start(stand_back)
            .enable_all()
            .build()?;
        Ok(Runtimes { wire, page })
    }

    /// For SIP and DNS.
    pub fn wire(&self) -> &Handle {
        self.wire.handle()
    }

    /// For HTTP.
    pub fn page(&self) -> &Handle {
        self.page.handle()
    }

    /// Ends both; what each has begun has so long to be done.
    pub fn stop(self, wait: Duration) {
        self.wire.shutdown_timeout(wait);
        self.page.shutdown_timeout(wait);
    }
}

/// In Linux it is the thread's own, and whoever may run may also stand back.
fn stand_back() {
    if let Err(e) = rustix::process::nice(PAGE_NICE) {
        log::warn!("the page takes as much of the processor as calls: {e}");
    }
}
