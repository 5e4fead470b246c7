//! Office files as tests judge them.

use config::{Config, Problem, RawConfig};

/// A phone's HA1, of no secret in particular.
pub const HA1: &str = "ha1 = { md5 = \"00112233445566778899aabbccddeeff\", sha256 = \"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\" }";

/// Reads an office file; `HA1` in it stands for a valid one.
pub fn read(text: &str) -> (Config, Vec<Problem>) {
    let text = text.replace("HA1", HA1);
    let raw: RawConfig = toml::from_str(&text).expect("the test's file is TOML");
    let mut problems = Vec::new();
    let config = Config::check(&raw, &mut problems);
    (config, problems)
}

/// Judges an office file, of which exactly this is to be said.
#[track_caller]
pub fn says(text: &str, expected: &[&str]) -> Config {
    let (config, problems) = read(text);
    let said: Vec<String> = problems.iter().map(Problem::to_string).collect();
    assert_eq!(said, expected, "{text}");
    config
}
