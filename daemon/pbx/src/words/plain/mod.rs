//! Plain words (M13): a rule, a diversion or a time group as one sentence, and a sentence of that kind read back.
//!
//! ```text
//! while "Open": ring for 20 s; when busy, send calls to the mailbox of 102
//! otherwise: do not ring
//! diversion while "Evenings": send every call to 103
//! diversion: follow me; first ring the own phones for 10 s; then ring 103; all together for 20 s
//! diversion: the assistant answers before the mailbox; key 1 leads to 103
//! time group "Open": Mon-Fri 08:00-18:00; except holidays DE
//! ```
//!
//! Each language has one table of phrases (`phrase::Phrase`), by which both are done: what is said is read as what it was
//! said of. What is not in the table is not guessed at; it is named, beside what was understood.

mod clause;
mod de;
mod en;
mod entry;
mod list;
mod phrase;
mod read;
#[cfg(test)]
mod tests;
mod token;
mod unclear;
mod way;

pub use unclear::Unclear;

use config::{
    Actions, AlsoRings, Assistant, Config, DiversionKind, Entry, FollowMe, Secretaries, SecretaryCallers, Target,
};

use super::Language;
use clause::Clause;
use phrase::Lexicon;
use way::Way;

/// The longest sentence, in characters: a time group of as many entries as it may have fits.
pub const MAX_SENTENCE: usize = 12_000;

/// What a sentence says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// An answering rule.
    Rule {
        /// The name of a time group; `None`: the default rule.
        when: Option<String>,
        /// Whether it is asked; the default rule always is.
        is_enabled: bool,
        /// What is done.
        actions: Actions,
    },
    /// A diversion.
    Diversion {
        /// What it does; none of those that have a list.
        kind: DiversionKind,
        /// Whether it is on, always or by the time group below.
        is_on: bool,
        /// The name of a time group that it follows.
        when: Option<String>,
        /// Where calls go; `None`: to the extension's own mailbox.
        to: Option<Target>,
    },
    /// The diversion that looks for somebody at a list of places.
    FollowMe {
        /// Whether it is on, always or by the time group below.
        is_on: bool,
        /// The name of a time group that it follows.
        when: Option<String>,
        /// Who rings when.
        follow_me: FollowMe,
    },
    /// The diversion that lets others answer in the owner's place.
    Secretaries {
        /// Whether it is on, always or by the time group below.
        is_on: bool,
        /// The name of a time group that it follows.
        when: Option<String>,
        /// Who answers, and whose calls.
        secretaries: Secretaries,
    },
    /// The diversion that lets callers choose by a key before the mailbox.
    Assistant {
        /// Whether it is on, always or by the time group below.
        is_on: bool,
        /// The name of a time group that it follows.
        when: Option<String>,
        /// Where its keys lead.
        assistant: Assistant,
    },
    /// A time group.
    Times {
        /// Its name.
        name: String,
        /// Its times, at least one.
        entries: Vec<Entry>,
    },
}

/// A sentence that is not understood, or not all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// What was, each part as the box says it.
    pub understood: Vec<String>,
    /// What was not, and why; never empty.
    pub unclear: Vec<Unclear>,
}

impl Language {
    /// What a rule, a diversion or a time group says, in one sentence.
    pub fn say(self, meant: &Meant) -> String {
        let lexicon = self.lexicon();
        match meant {
            Meant::Rule { when, is_enabled, actions } => {
                let head = when.clone().map_or(Clause::Otherwise, Clause::While);
                let off = (!is_enabled).then_some(Clause::Off);
                let clauses: Vec<Clause> = off.into_iter().chain(clause::of_actions(actions)).collect();
                sentence(lexicon, &[head], &clauses)
            }
            Meant::Diversion { kind, is_on, when, to } => {
                let send = Way::of(*kind).map(|way| Clause::Send(way, to.clone()));
                let does = send.or((*kind == DiversionKind::Dnd).then_some(Clause::Dnd));
                diversion(lexicon, *is_on, when.as_ref(), does.into_iter().collect())
            }
            Meant::FollowMe { is_on, when, follow_me } => {
                diversion(lexicon, *is_on, when.as_ref(), list::of_follow_me(follow_me))
            }
            Meant::Secretaries { is_on, when, secretaries } => {
                diversion(lexicon, *is_on, when.as_ref(), list::of_secretaries(secretaries))
            }
            Meant::Assistant { is_on, when, assistant } => {
                diversion(lexicon, *is_on, when.as_ref(), list::of_assistant(assistant))
            }
            Meant::Times { name, entries } => {
                let entries: Vec<String> = entries.iter().map(|one| entry::say(lexicon, one)).collect();
                format!("{}: {}", Clause::Times(name.clone()).say(lexicon), entries.join("; "))
            }
        }
    }

    /// What one entry of a time group says.
    pub fn say_entry(self, entry: &Entry) -> String {
        entry::say(self.lexicon(), entry)
    }

    /// What a sentence says of this extension; it may be in any of the languages, and is blamed in this one.
    ///
    /// # Errors
    ///
    /// What was understood, and what was not.
    pub fn read(self, text: &str, config: &Config, extension: &str) -> Result<Meant, Misread> {
        let mut best = match read::read(self, text, config, extension) {
            Ok(meant) => return Ok(meant),
            Err(misread) => misread,
        };
        for other in Language::ALL.into_iter().filter(|other| *other != self) {
            match read::read(other, text, config, extension) {
                Ok(meant) => return Ok(meant),
                Err(misread) if misread.understood.len() > best.understood.len() => best = misread,
                Err(_) => {}
            }
        }
        Err(Misread {
            understood: best.understood.iter().map(|clause| clause.say(self.lexicon())).collect(),
            unclear: best.unclear,
        })
    }

    /// Why a sentence, or a part of it, is not understood, and what to write.
    pub fn unclear(self, unclear: &Unclear) -> String {
        (self.lexicon().unclear)(unclear)
    }

    /// Sentences that are understood, as examples of every part there is.
    pub fn examples(self) -> Vec<String> {
        let text = "extensions and numbers of digits";
        let to = |target: &str| Some(target.parse::<Target>().expect(text));
        let also = |row: &str| row.parse::<AlsoRings>().expect(text);
        let (group, other) = ("Open".to_owned(), "Evenings".to_owned());
        let rule = |when: Option<&String>, actions| Meant::Rule { when: when.cloned(), is_enabled: true, actions };
        let rings = Actions {
            ring_s: Some(20),
            also: vec![also("phone 103"), also("number 01705550100 after 10 s")],
            screens: true,
            busy: to("person 104"),
            unanswered: to("voicemail 102"),
            ..Actions::default()
        };
        let elsewhere = Actions {
            ring_s: Some(config::RINGS_ON),
            is_away: true,
            also: vec![also("number 01705550100 at once")],
            on_active: to("phone 103"),
            offline: to("number 01705550100"),
            ..Actions::default()
        };
        let quiet = Actions { is_dnd: true, ..Actions::default() };
        let diversion =
            |kind, is_on, when: Option<&String>, to| Meant::Diversion { kind, is_on, when: when.cloned(), to };
        let entries =
            ["Mon-Fri 08:00-12:00 13:00-18:00", "4th Thu Nov", "2026-12-24..2027-01-01", "except holidays DE"];
        let entries = entries.iter().map(|entry| entry.parse().expect("an entry")).collect();
        [
            rule(Some(&group), rings),
            rule(Some(&other), elsewhere),
            rule(None, quiet),
            diversion(DiversionKind::Always, true, Some(&other), to("person 103")),
            diversion(DiversionKind::Unanswered, false, None, None),
            Meant::FollowMe {
                is_on: true,
                when: None,
                follow_me: FollowMe {
                    list: ["phone 103", "number 01705550100"].iter().map(|place| place.parse().expect(text)).collect(),
                    ..FollowMe::default()
                },
            },
            Meant::Secretaries {
                is_on: true,
                when: Some(group.clone()),
                secretaries: Secretaries {
                    list: ["103", "104 off"].iter().map(|one| one.parse().expect(text)).collect(),
                    callers: SecretaryCallers::External,
                    pass: vec!["+4930*".parse().expect(text)],
                    ..Secretaries::default()
                },
            },
            Meant::Assistant {
                is_on: true,
                when: Some(other.clone()),
                assistant: Assistant {
                    keys: [(1, "person 103"), (2, "number 01705550100"), (9, "voicemail 102")]
                        .into_iter()
                        .map(|(key, to)| (key, to.parse().expect(text)))
                        .collect(),
                },
            },
            Meant::Times { name: group.clone(), entries },
        ]
        .iter()
        .map(|meant| self.say(meant))
        .collect()
    }

    fn lexicon(self) -> &'static Lexicon {
        match self {
            Language::English => &en::LEXICON,
            Language::German => &de::LEXICON,
        }
    }
}

fn diversion(lexicon: &Lexicon, is_on: bool, when: Option<&String>, does: Vec<Clause>) -> String {
    let head: Vec<Clause> = [Some(Clause::Diversion), when.cloned().map(Clause::While)].into_iter().flatten().collect();
    let off = (!is_on).then_some(Clause::Off);
    sentence(lexicon, &head, &off.into_iter().chain(does).collect::<Vec<_>>())
}

fn sentence(lexicon: &Lexicon, head: &[Clause], clauses: &[Clause]) -> String {
    let said = |clauses: &[Clause], joint| clauses.iter().map(|one| one.say(lexicon)).collect::<Vec<_>>().join(joint);
    format!("{}: {}", said(head, " "), said(clauses, "; "))
}
