//! What the office does, one file a topic; each test's name is a sentence about the office.

mod also_rings;
mod announce;
mod answering;
mod assist;
mod authorize;
mod blf;
mod boss_secretary;
mod call_backs;
mod call_return;
mod caller_id;
mod callers;
mod calls;
mod carrier_says;
mod charge;
mod clock;
mod completion;
mod configuration;
mod console;
mod consultation;
mod deposit;
mod disk;
mod diversion;
mod early_media;
mod echo_test;
mod emergency;
mod feature_keys;
mod follow_me;
mod foretell;
mod guessing;
mod hold;
mod intercom;
mod keys;
mod ladder;
mod lamp;
mod late_offer;
mod lines;
mod listener;
mod lossy;
mod models;
mod moving;
mod names;
mod naming;
mod night_mode;
mod numbers;
mod offer;
mod own_line;
mod panics;
mod park;
mod phone_settings;
mod pickup;
mod placing;
mod ports;
mod power;
mod privacy;
mod reach;
mod refusal;
mod registration;
mod reliable;
mod restart;
mod retrieve;
mod retrieve_keys;
mod retrieve_login;
mod retrieve_meanwhile;
mod retrieve_settings;
mod ring;
mod rule_change;
mod rule_lamp;
mod secure_trunks;
mod session_timer;
mod shutdown;
mod sites;
mod sound;
mod talk;
mod test_call;
mod toll_guard;
mod transfer;
mod trunk;
mod trunk_calls;
mod two_trunks;
mod what_if;

/// Three people, one of them with two phones.
pub const OFFICE: &str = "
    101 Alice  phone
    102 Bob    phones 2, ring 15 s
    103 Carol  phone, ring 10 s
    104 Dave   no phone
";
