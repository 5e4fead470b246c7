//! The codecs that the box computes itself.

pub mod g711;
