//! Real phones against the real daemon, on loopback: they register, call and listen.
//!
//! Run one after the other (`--test-threads=1`): they are about sound in real time.

mod harness;
mod self_proof;
