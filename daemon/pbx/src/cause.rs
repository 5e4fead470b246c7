//! Why a call ended, as one word for all who decide about it.

use serde::{Deserialize, Serialize};

/// Why a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A party hung up after the answer.
    HungUp,
    /// The caller gave up before the answer.
    Cancelled,
    /// The caller's side called elsewhere too, and somebody took the call there.
    Elsewhere,
    /// The callee is in a call and refused.
    Busy,
    /// The callee refused.
    Declined,
    /// Nobody answered in time.
    Unanswered,
    /// No phone of the callee is registered or reachable.
    Offline,
    /// There is no such number.
    NoSuchNumber,
    /// The number may not be called, or there is no way to it.
    NotAllowed,
    /// The callee takes no calls of this caller.
    Blocked,
    /// No trunk could take the call.
    NoLine,
    /// The extension has called outside as often as it may, for now.
    TollLimit,
    /// The carrier knows no such number.
    UnknownOutside,
    /// The carrier, or the other side's, refused the call.
    OutsideRefused,
    /// An emergency call that could not be placed.
    EmergencyUnreachable,
    /// A phone and the box share no codec.
    NoCodec,
    /// An audio port could not be opened: another program has it.
    NoPort,
    /// Phones sent the call on to each other.
    Loop,
    /// A party vanished: no media, no answer to OPTIONS, no ACK.
    PartyLost,
    /// A limit of the box was reached.
    Overload,
    /// Every park slot holds a call.
    NoSlot,
    /// The box shut down.
    ShutDown,
    /// Its caller took another call that rang.
    PickedUp,
    /// Ended by order of an administrator.
    ByOrder,
    /// Its parties went on in another call: one of them connected the others.
    Transferred,
    /// A step of this call failed inside the box; the rest of the office is unhurt.
    Internal,
}
