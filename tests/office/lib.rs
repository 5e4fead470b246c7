//! The simulated office.
