//! Call control, the heart: who rings, why, and what happened.
//!
//! One door, [`engine::Engine::handle`]: inputs in, outputs out, in one thread, with time as an argument.

pub mod call;
pub mod cx;
pub mod engine;
pub mod events;
pub mod features;
pub mod goodbye;
pub mod ids;
pub mod index;
pub mod input;
pub mod journal;
pub mod leg;
pub mod output;
pub mod ports;
pub mod presence;
pub mod prompt;
pub mod registrar;
pub mod route;
pub mod settings;
pub mod status;
pub mod story;
pub mod time;
pub mod timers;
