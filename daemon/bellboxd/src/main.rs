//! The Bellbox daemon and its command line.
fn main() {}
