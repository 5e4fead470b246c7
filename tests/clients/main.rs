//! Real phones against the real daemon, on loopback: they register, call and listen.
//!
//! Run one after the other (`--test-threads=1`): they are about sound in real time.

mod addresses;
mod also_rings;
mod assistant;
mod authorization;
mod calling;
mod charge;
mod completion;
mod consulting;
mod cut_off;
mod directory;
mod early_dialogs;
mod extension_status;
mod flood;
mod follow_me;
mod foretelling;
mod forwarding;
mod guessing;
#[allow(dead_code, reason = "shared with the bench, which needs more of the servers")]
mod harness;
mod keys;
mod messages;
mod moving;
mod naming;
mod parking;
mod phone_settings;
mod placing;
mod power;
mod presence;
mod referring;
mod refusing;
mod registering;
mod reliable;
mod restarting;
mod rule_change;
mod secretary;
mod self_proof;
mod session_timers;
mod trunk;
mod trunk_names;
mod trunk_tls;
mod two_networks;
