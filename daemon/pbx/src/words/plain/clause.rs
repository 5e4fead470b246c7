//! The parts of a sentence, and the phrase that each is said by.

use config::{Actions, AlsoRings, Passing, Secretary, SecretaryCallers, Target};

use super::phrase::{Holes, Lexicon, Phrase};
use super::way::Way;

/// One part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Clause {
    /// What follows holds while this time group is open.
    While(String),
    /// What follows is the default rule.
    Otherwise,
    /// What follows is a diversion.
    Diversion,
    /// What follows are the times of a time group.
    Times(String),
    /// It is there, and does not hold.
    Off,
    /// The phones ring for so many seconds; `None`: as the extension says.
    Ring(Option<u16>),
    /// None rings.
    Dnd,
    /// The own phones do not.
    Away,
    /// What rings too.
    Also(AlsoRings),
    /// Whoever answers a call from outside is asked.
    Screen,
    /// Where calls go; `None`: to the extension's own mailbox.
    Send(Way, Option<Target>),
    /// What follows is the list of Follow Me.
    FollowMe,
    /// Others answer in the owner's place, such calls.
    Secretaries(SecretaryCallers),
    /// The own phones ring first, for so many seconds.
    First(u16),
    /// The own phones ring with the others.
    Everyone,
    /// The next place of a list.
    Then(Target),
    /// Who answers, or does not now.
    Answers(Secretary),
    /// Those of a list ring one after the other, each for so many seconds.
    Each(u16),
    /// Those of a list ring together, for so many seconds.
    Together(u16),
    /// The assistant answers whom nobody else does.
    Assistant,
    /// Where a key of the assistant leads; `None`: to the extension's own mailbox.
    Key(u8, Option<Target>),
    /// Whose calls pass those who answer.
    Pass(Passing),
    /// A time.
    Entry(config::Entry),
}

impl Clause {
    /// As the box says it.
    pub(super) fn say(&self, lexicon: &Lexicon) -> String {
        let holes = Holes::default();
        match self {
            Clause::While(name) => lexicon.say(Phrase::While, &Holes { name: Some(name.clone()), ..holes }),
            Clause::Times(name) => lexicon.say(Phrase::Times, &Holes { name: Some(name.clone()), ..holes }),
            Clause::Otherwise => lexicon.say(Phrase::Otherwise, &holes),
            Clause::Diversion => lexicon.say(Phrase::Diversion, &holes),
            Clause::Off => lexicon.say(Phrase::Off, &holes),
            Clause::Ring(None) => lexicon.say(Phrase::Ring, &holes),
            Clause::Ring(Some(config::RINGS_ON)) => lexicon.say(Phrase::RingOn, &holes),
            Clause::Ring(seconds) => lexicon.say(Phrase::RingFor, &Holes { seconds: *seconds, ..holes }),
            Clause::Dnd => lexicon.say(Phrase::Dnd, &holes),
            Clause::Away => lexicon.say(Phrase::Away, &holes),
            Clause::Screen => lexicon.say(Phrase::Screen, &holes),
            Clause::Also(row) => {
                let seconds = Some(row.after_s).filter(|after_s| *after_s > 0);
                let holes = Holes { to: Some(Some(row.to.clone())), seconds, ..holes };
                lexicon.say(Phrase::of_also(seconds.is_some(), row.is_unasked), &holes)
            }
            Clause::Send(way, to) => {
                let holes = Holes { way: Some(*way), to: Some(to.clone()), ..holes };
                lexicon.say(if *way == Way::Always { Phrase::SendAll } else { Phrase::Send }, &holes)
            }
            Clause::FollowMe => lexicon.say(Phrase::FollowMe, &holes),
            Clause::Secretaries(callers) => lexicon.say(Phrase::of_callers(*callers), &holes),
            Clause::First(seconds) => lexicon.say(Phrase::First, &Holes { seconds: Some(*seconds), ..holes }),
            Clause::Everyone => lexicon.say(Phrase::Everyone, &holes),
            Clause::Then(to) => lexicon.say(Phrase::Then, &Holes { to: Some(Some(to.clone())), ..holes }),
            Clause::Answers(Secretary { extension, is_on }) => {
                let holes = Holes { to: Some(Some(Target::Person(extension.clone()))), ..holes };
                lexicon.say(if *is_on { Phrase::Answers } else { Phrase::AnswersNot }, &holes)
            }
            Clause::Each(seconds) => lexicon.say(Phrase::Each, &Holes { seconds: Some(*seconds), ..holes }),
            Clause::Together(seconds) => lexicon.say(Phrase::Together, &Holes { seconds: Some(*seconds), ..holes }),
            Clause::Assistant => lexicon.say(Phrase::Assistant, &holes),
            Clause::Key(key, to) => lexicon.say(Phrase::Key, &Holes { key: Some(*key), to: Some(to.clone()), ..holes }),
            Clause::Pass(Passing::Number(pattern)) => {
                lexicon.say(Phrase::Pass, &Holes { pattern: Some(pattern.clone()), ..holes })
            }
            Clause::Pass(Passing::Tag(tag)) => {
                lexicon.say(Phrase::PassTagged, &Holes { name: Some(tag.clone()), ..holes })
            }
            Clause::Entry(entry) => super::entry::say(lexicon, entry),
        }
    }

    /// What a phrase with filled holes says; `None` where it says nothing that can be.
    pub(super) fn of(phrase: Phrase, holes: Holes) -> Option<Clause> {
        let Holes { name, seconds, key, to, way, pattern } = holes;
        Some(match phrase {
            Phrase::While => Clause::While(name?),
            Phrase::Times => Clause::Times(name?),
            Phrase::Otherwise => Clause::Otherwise,
            Phrase::Diversion => Clause::Diversion,
            Phrase::Off => Clause::Off,
            Phrase::Ring => Clause::Ring(None),
            Phrase::RingFor => Clause::Ring(Some(seconds?)),
            Phrase::RingOn => Clause::Ring(Some(config::RINGS_ON)),
            Phrase::Dnd => Clause::Dnd,
            Phrase::Away => Clause::Away,
            Phrase::Screen => Clause::Screen,
            Phrase::Also | Phrase::AlsoAfter | Phrase::AlsoUnasked | Phrase::AlsoAfterUnasked => {
                let is_unasked = matches!(phrase, Phrase::AlsoUnasked | Phrase::AlsoAfterUnasked);
                Clause::Also(AlsoRings { to: place(to??)?, after_s: seconds.unwrap_or(0), is_unasked })
            }
            Phrase::FollowMe => Clause::FollowMe,
            Phrase::Secretaries => Clause::Secretaries(SecretaryCallers::All),
            Phrase::SecretariesInside => Clause::Secretaries(SecretaryCallers::Internal),
            Phrase::SecretariesOutside => Clause::Secretaries(SecretaryCallers::External),
            Phrase::First => Clause::First(seconds?),
            Phrase::Everyone => Clause::Everyone,
            Phrase::Then => Clause::Then(place(to??)?),
            Phrase::Answers => Clause::Answers(secretary(to??, true)?),
            Phrase::AnswersNot => Clause::Answers(secretary(to??, false)?),
            Phrase::Each => Clause::Each(seconds?),
            Phrase::Together => Clause::Together(seconds?),
            Phrase::Assistant => Clause::Assistant,
            Phrase::Key => Clause::Key(key?, to?),
            Phrase::Pass => Clause::Pass(Passing::Number(pattern?)),
            Phrase::PassTagged => Clause::Pass(Passing::Tag(name.filter(|tag| config::is_tag(tag))?)),
            Phrase::SendAll => Clause::Send(Way::Always, to?),
            Phrase::Send => Clause::Send(way?, to?),
        })
    }
}

/// What a rule does, part by part; never nothing.
pub(super) fn of_actions(actions: &Actions) -> Vec<Clause> {
    // Field by field: what a rule comes to do besides has to be said too.
    let Actions { ring_s, is_dnd, is_away, also, screens, always, on_active, busy, unanswered, offline } = actions;
    let mut clauses = Vec::new();
    clauses.extend(is_dnd.then_some(Clause::Dnd));
    clauses.extend(ring_s.map(|ring_s| Clause::Ring(Some(ring_s))));
    clauses.extend(is_away.then_some(Clause::Away));
    clauses.extend(also.iter().cloned().map(Clause::Also));
    clauses.extend(screens.then_some(Clause::Screen));
    let targets = [
        (Way::Always, always),
        (Way::OnActive, on_active),
        (Way::Busy, busy),
        (Way::Unanswered, unanswered),
        (Way::Offline, offline),
    ];
    let to = |(way, to): (Way, &Option<Target>)| to.clone().map(|to| Clause::Send(way, Some(to)));
    clauses.extend(targets.into_iter().filter_map(to));
    if clauses.is_empty() {
        clauses.push(Clause::Ring(None));
    }
    clauses
}

/// A place that is looked at, or somebody who answers: the phones of an extension, or a number.
fn place(to: Target) -> Option<Target> {
    match to {
        Target::Person(number) => Some(Target::Phone(number)),
        to @ (Target::Phone(_) | Target::Number(_)) => Some(to),
        _ => None,
    }
}

/// Somebody who answers, or does not now.
fn secretary(to: Target, is_on: bool) -> Option<Secretary> {
    match to {
        Target::Person(extension) | Target::Phone(extension) => Some(Secretary { extension, is_on }),
        _ => None,
    }
}
