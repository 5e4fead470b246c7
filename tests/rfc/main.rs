//! The rules of the RFCs, filed by what they are about.

mod bounds;
mod dialog;
mod digest;
mod diversion;
mod early_dialogs;
mod guard;
mod identity;
mod large;
mod message;
mod order;
mod outside;
mod peer;
mod refer;
mod registrar;
mod reliable;
mod replaces;
mod sdp;
mod session_timer;
mod stack_auth;
mod stack_chaos;
mod subscription;
mod torture;
mod transaction;
mod ways;
