//! The phrases of a language: how each part is said, and in what other words it is understood.

use config::{Pattern, SecretaryCallers, Target};

use super::token::quoted;
use super::unclear::Unclear;
use super::way::Way;

/// What has words of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phrase {
    While,
    Otherwise,
    Diversion,
    Times,
    Off,
    Ring,
    RingFor,
    RingOn,
    Dnd,
    Away,
    Also,
    AlsoAfter,
    AlsoUnasked,
    AlsoAfterUnasked,
    Screen,
    SendAll,
    Send,
    FollowMe,
    Secretaries,
    SecretariesInside,
    SecretariesOutside,
    First,
    Everyone,
    Then,
    Assistant,
    Key,
    Answers,
    AnswersNot,
    Each,
    Together,
    Pass,
    PassTagged,
}

/// Where calls go, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Person,
    Phone,
    Mailbox,
    OwnMailbox,
    Number,
}

/// The forms of a phrase, the first of which is said. A form is words with spaces between: `a|b` is either, of which the
/// first is said; `(a)` may stand there, and is not said; `,` is a pause, which may be left out; `{name}`, `{s}`, `{key}`, `{to}`,
/// `{whom}` (the same without its preposition), `{when}`, `{who}`, `{digits}` and `{pattern}` stand for something.
pub(super) type Forms = &'static [&'static str];

/// The words of a language.
pub(super) struct Lexicon {
    pub(super) phrase: fn(Phrase) -> Forms,
    /// When calls go elsewhere, unless all of them do.
    pub(super) when: fn(Way) -> Forms,
    /// Where to, with its preposition.
    pub(super) to: fn(Place) -> Forms,
    /// Who, or which number.
    pub(super) whom: fn(Place) -> Forms,
    /// What may stand between two parts besides a pause.
    pub(super) joints: &'static [&'static str],
    /// The words of times: as [`config::Entry`] has them, and as they are said; further words are understood.
    pub(super) times: &'static [(&'static str, &'static [&'static str])],
    /// Names of countries, by the letters that stand for them.
    pub(super) countries: &'static [(&'static str, &'static [&'static str])],
    /// Words in times that say nothing.
    pub(super) fillers: &'static [&'static str],
    /// Between a first and a last.
    pub(super) until: &'static [&'static str],
    /// Behind hours without minutes.
    pub(super) clock: &'static str,
    pub(super) unclear: fn(&Unclear) -> String,
}

/// What stands in the holes of a form.
#[derive(Clone, Debug, Default)]
pub(super) struct Holes {
    pub(super) name: Option<String>,
    pub(super) seconds: Option<u16>,
    /// Of a telephone, 0 to 9.
    pub(super) key: Option<u8>,
    /// `Some(None)` is the extension's own mailbox.
    pub(super) to: Option<Option<Target>>,
    pub(super) way: Option<Way>,
    pub(super) pattern: Option<Pattern>,
}

impl Phrase {
    /// All of them.
    pub(super) const ALL: [Phrase; 32] = [
        Phrase::While,
        Phrase::Otherwise,
        Phrase::Diversion,
        Phrase::Times,
        Phrase::Off,
        Phrase::Ring,
        Phrase::RingFor,
        Phrase::RingOn,
        Phrase::Dnd,
        Phrase::Away,
        Phrase::Also,
        Phrase::AlsoAfter,
        Phrase::AlsoUnasked,
        Phrase::AlsoAfterUnasked,
        Phrase::Screen,
        Phrase::SendAll,
        Phrase::Send,
        Phrase::FollowMe,
        Phrase::Secretaries,
        Phrase::SecretariesInside,
        Phrase::SecretariesOutside,
        Phrase::First,
        Phrase::Everyone,
        Phrase::Then,
        Phrase::Assistant,
        Phrase::Key,
        Phrase::Answers,
        Phrase::AnswersNot,
        Phrase::Each,
        Phrase::Together,
        Phrase::Pass,
        Phrase::PassTagged,
    ];

    pub(super) fn of_callers(callers: SecretaryCallers) -> Phrase {
        match callers {
            SecretaryCallers::All => Phrase::Secretaries,
            SecretaryCallers::Internal => Phrase::SecretariesInside,
            SecretaryCallers::External => Phrase::SecretariesOutside,
        }
    }

    pub(super) fn of_also(is_later: bool, is_unasked: bool) -> Phrase {
        match (is_later, is_unasked) {
            (false, false) => Phrase::Also,
            (true, false) => Phrase::AlsoAfter,
            (false, true) => Phrase::AlsoUnasked,
            (true, true) => Phrase::AlsoAfterUnasked,
        }
    }
}

impl Place {
    /// All of them: of two that fit as many words the first is meant.
    pub(super) const ALL: [Place; 5] = [Place::Person, Place::Phone, Place::Mailbox, Place::OwnMailbox, Place::Number];
}

impl Lexicon {
    /// A phrase in its first form.
    pub(super) fn say(&self, phrase: Phrase, holes: &Holes) -> String {
        let fill = |hole: &str| match hole {
            "{name}" => holes.name.as_deref().map(quoted).unwrap_or_default(),
            "{key}" => holes.key.map(|key| key.to_string()).unwrap_or_default(),
            "{s}" => holes.seconds.unwrap_or_default().to_string(),
            "{to}" => self.place(self.to, holes),
            "{whom}" => self.place(self.whom, holes),
            "{pattern}" => holes.pattern.as_ref().map(ToString::to_string).unwrap_or_default(),
            "{when}" => holes.way.map(|way| said((self.when)(way), |_| String::new())).unwrap_or_default(),
            _ => String::new(),
        };
        said((self.phrase)(phrase), fill)
    }

    fn place(&self, forms: fn(Place) -> Forms, holes: &Holes) -> String {
        let target = holes.to.clone().flatten();
        let place = match &target {
            None => Place::OwnMailbox,
            Some(Target::Person(_)) => Place::Person,
            Some(Target::Phone(_)) => Place::Phone,
            Some(Target::Voicemail(_)) => Place::Mailbox,
            Some(Target::Number(_)) => Place::Number,
        };
        said(forms(place), |_| target.as_ref().map(|target| target.id().to_owned()).unwrap_or_default())
    }
}

/// The first of the forms, its holes filled.
fn said(forms: Forms, fill: impl Fn(&str) -> String) -> String {
    let mut text = String::new();
    for atom in forms.first().into_iter().flat_map(|form| form.split(' ')) {
        if atom == "," {
            text.push(',');
            continue;
        }
        let word = match atom {
            optional if optional.starts_with('(') => continue,
            hole if hole.starts_with('{') => fill(hole),
            words => words.split('|').next().unwrap_or_default().to_owned(),
        };
        if !text.is_empty() {
            text.push(' ');
        }
        text += &word;
    }
    text
}
