//! The page over loopback: what it does for people, and what it does not do for others. Every wait ends at an event or at
//! a generous bound; the clock of waits and sessions is a number.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod access;
mod accounts;
mod answering;
mod authorizations;
mod backup;
mod book;
mod caller_ids;
mod callers;
mod certificate;
mod codes;
mod console;
mod departments;
mod directory;
mod doors;
mod extensions;
mod greeting;
mod groups;
mod house;
mod ladder;
mod language;
mod ldap;
mod limits;
mod night_modes;
mod office;
mod own;
mod people_file;
mod phones;
mod place;
mod plain_words;
mod profiles;
mod routes;
mod signing;
mod sites;
mod stream;
mod system;
mod time_of_day;
mod time_rows;
mod toll;
mod trunks;
mod wishes;
