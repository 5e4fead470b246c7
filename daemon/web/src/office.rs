//! The office as the page needs it: what the daemon shows and does for it.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

use config::Config;
use pbx::console::{ActOrder, NotDone};
use pbx::input::{CallId, RecordingId};
use pbx::ladder::Ladder;
use pbx::placed::{PlaceOrder, Unplaced};
use pbx::prompt::Prompt;
use pbx::status::Status;
use pbx::tested::Wanted;
use pbx::time::Now;
use store::Store;

use crate::desk::Refusal;
use crate::metrics::Figure;
pub use crate::why::Unwell;

/// What the page shows of the daemon; every answer is at hand, none waits.
pub trait Pulse: Send + Sync + 'static {
    /// The newest picture of the office.
    fn status(&self) -> Arc<Status>;

    /// Whether the engine answers and the store writes.
    fn health(&self) -> Result<(), Unwell>;

    /// Figures of the sockets and the queues.
    fn figures(&self) -> Vec<Figure>;
}

/// What signed-in people see and change.
pub trait Office: Pulse {
    /// The daemon's clock.
    fn now(&self) -> Now;

    /// The store; its questions wait for the disk.
    fn store(&self) -> &Arc<Store>;

    /// The office in force.
    fn config(&self) -> Arc<Config>;

    /// Puts a saved office into force and waits until the engine has it; false where it takes too long.
    fn put(&self, config: Config) -> bool;

    /// Ends a call; waits for the engine.
    fn end_call(&self, call: CallId) -> Result<(), Refusal>;

    /// The messages of a call; waits for the engine. `NoLadder` where they are not kept.
    fn ladder(&self, call: CallId) -> Result<Arc<Ladder>, Refusal>;

    /// Asks a trunk now how it is, and registers with it: what comes of that is in the status. Waits for the engine.
    fn try_trunk(&self, name: &str) -> Result<(), Refusal>;

    /// Calls a number by a trunk to see whether it works: what comes of it is in the status. Waits for the engine to begin;
    /// `Untested` where it does not.
    fn test_trunk(&self, wanted: Wanted) -> Result<CallId, Refusal>;

    /// Lets an address try passwords of phones again at once; waits for the engine. `Some(false)` where none came from
    /// there, `None` where the engine does not answer.
    fn unblock(&self, source: IpAddr) -> Option<bool>;

    /// Begins a call for somebody, whose phones ring first; waits for the engine. `None` where it does not answer.
    fn place(&self, order: PlaceOrder) -> Option<Result<CallId, Unplaced>>;

    /// Does something with somebody's own call; waits for the engine. `None` where it does not answer.
    fn act(&self, order: ActOrder) -> Option<Result<(), NotDone>>;

    /// Lets a caller wait no more for somebody to be free; waits for the engine. `Some(false)` where they did not, `None` where the
    /// engine does not answer.
    fn end_wish(&self, caller: &str, target: &str) -> Option<bool>;

    /// A number for a recording that comes from the page; waits for the engine. `None` where it does not answer.
    fn number_recording(&self) -> Option<RecordingId>;

    /// The samples of a sentence, at 8 kHz; waits for the voice. `None` where the box has none, or it takes too long.
    fn speak(&self, prompt: Prompt) -> Option<Arc<[i16]>>;

    /// Ends calls politely and starts the daemon anew, which takes some seconds; returns at once.
    fn restart(&self);

    /// The folder of the office's data.
    fn folder(&self) -> PathBuf;
}
