//! Why a sentence is not understood, as data.

/// What is wrong with a sentence, or a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// There is none.
    Empty,
    /// It is longer than [`super::MAX_SENTENCE`].
    TooLong,
    /// Words that mean nothing here.
    Words(String),
    /// Two parts say the same thing, perhaps differently.
    Twice,
    /// It does not say whether it is a rule, a diversion or a time group.
    WhatItIs,
    /// It says so twice, and differently.
    TwoThings,
    /// Nothing is done.
    Nothing,
    /// There is no such time group; these are there.
    NoSuchGroup {
        /// As it was typed.
        name: String,
        /// Those that are, in their order.
        known: Vec<String>,
    },
    /// No entry of a time group.
    Times(String),
    /// The default rule cannot be switched off.
    DefaultStays,
    /// A diversion does one thing: nothing rings, or calls go elsewhere.
    NotOfDiversion,
    /// A rule has no list of places, secretaries or keys.
    OfList,
}
