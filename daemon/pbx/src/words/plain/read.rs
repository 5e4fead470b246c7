//! A sentence read: its parts one after another, the longest phrase that fits each time, and what they say together.

use std::collections::BTreeMap;

use config::{Actions, Config, ExtensionNumber, MAX_ENTRIES, Target};

use super::clause::Clause;
use super::phrase::{Forms, Holes, Lexicon, Phrase, Place};
use super::token::{Token, tokens};
use super::unclear::Unclear;
use super::way::Way;
use super::{Language, MAX_SENTENCE, Meant, entry, list};

/// How many words a rule or a diversion may have: as many as secretaries take whom as many callers pass as may
/// ([`config::MAX_PASSING`]). It bounds what reading costs, since each word may begin any phrase.
const MAX_WORDS: usize = 1_200;

/// The longest number, in digits and signs, that is put together of several words.
const MAX_DIGITS: usize = 30;

/// How many words of somebody's name are looked at.
const MAX_NAME_WORDS: usize = 8;

/// What was understood of a sentence that means nothing as a whole, and why it does not.
pub(super) struct Misread {
    pub(super) understood: Vec<Clause>,
    pub(super) unclear: Vec<Unclear>,
}

/// What a sentence in this language says.
pub(super) fn read(language: Language, text: &str, config: &Config, extension: &str) -> Result<Meant, Misread> {
    let nothing = |unclear| Err(Misread { understood: Vec::new(), unclear: vec![unclear] });
    if text.chars().count() > MAX_SENTENCE {
        return nothing(Unclear::TooLong);
    }
    let tokens = tokens(text);
    let reader = Reader { lexicon: language.lexicon(), config, extension, names: names(config), tokens: &tokens };
    if tokens.iter().all(|token| *token == Token::Pause) {
        return nothing(Unclear::Empty);
    }
    let (understood, unclear) = match reader.longest(0) {
        Some((end, Clause::Times(name))) => reader.times(name, end),
        _ if tokens.len() > MAX_WORDS => return nothing(Unclear::TooLong),
        _ => reader.clauses(),
    };
    if !unclear.is_empty() {
        return Err(Misread { understood, unclear });
    }
    meant(&understood, config, extension).map_err(|why| Misread { understood, unclear: vec![why] })
}

/// Whose name means which extension: none that two people have.
fn names(config: &Config) -> BTreeMap<String, Option<&ExtensionNumber>> {
    let mut names = BTreeMap::new();
    for extension in config.extensions() {
        let Some(person) = config.person(extension.person) else { continue };
        let is_first = |known: &mut Option<&ExtensionNumber>| *known = None;
        names.entry(person.name.to_lowercase()).and_modify(is_first).or_insert(Some(&extension.number));
    }
    names
}

struct Reader<'a> {
    lexicon: &'static Lexicon,
    config: &'a Config,
    extension: &'a str,
    names: BTreeMap<String, Option<&'a ExtensionNumber>>,
    tokens: &'a [Token],
}

impl Reader<'_> {
    fn clauses(&self) -> (Vec<Clause>, Vec<Unclear>) {
        let (mut understood, mut unclear) = (Vec::new(), Vec::new());
        let mut at = 0;
        while let Some(token) = self.tokens.get(at) {
            if let Some((end, clause)) = self.longest(at) {
                understood.push(clause);
                at = end;
            } else if *token == Token::Pause || self.word(at).is_some_and(|word| self.lexicon.joints.contains(&&*word))
            {
                at += 1;
            } else {
                let end = self.pause_after(at);
                unclear.push(Unclear::Words(self.text(at, end)));
                at = end;
            }
        }
        (understood, unclear)
    }

    fn times(&self, name: String, mut at: usize) -> (Vec<Clause>, Vec<Unclear>) {
        let (mut understood, mut unclear) = (vec![Clause::Times(name)], Vec::new());
        while at < self.tokens.len() {
            let end = self.pause_after(at);
            let words: Vec<String> = self.tokens[at..end].iter().map(Token::text).collect();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            match entry::read(self.lexicon, &words) {
                _ if words.is_empty() => {}
                Some(entry) => understood.push(Clause::Entry(entry)),
                None => unclear.push(Unclear::Times(self.text(at, end))),
            }
            at = end + 1;
        }
        if understood.len() > MAX_ENTRIES + 1 {
            unclear.push(Unclear::TooLong);
        }
        (understood, unclear)
    }

    /// The phrase that takes most words from here on, and where it ends; of two alike the first.
    fn longest(&self, at: usize) -> Option<(usize, Clause)> {
        let mut best: Option<(usize, Clause)> = None;
        for phrase in Phrase::ALL {
            for form in (self.lexicon.phrase)(phrase) {
                let atoms: Vec<&str> = form.split(' ').collect();
                let Some((end, holes)) = self.fit(&atoms, at, Holes::default(), phrase) else { continue };
                if best.as_ref().is_none_or(|(longest, _)| end > *longest) {
                    best = Clause::of(phrase, holes).map(|clause| (end, clause)).or(best);
                }
            }
        }
        best
    }

    /// Where the atoms of a form end that begin here, and what fills its holes: as far as they can reach.
    fn fit(&self, atoms: &[&str], at: usize, holes: Holes, phrase: Phrase) -> Option<(usize, Holes)> {
        let Some((atom, rest)) = atoms.split_first() else { return Some((at, holes)) };
        let ways = self.ways(atom, at, &holes, phrase);
        ways.into_iter().filter_map(|(end, holes)| self.fit(rest, end, holes, phrase)).max_by_key(|(end, _)| *end)
    }

    fn ways(&self, atom: &str, at: usize, holes: &Holes, phrase: Phrase) -> Vec<(usize, Holes)> {
        let is_next =
            |words: &str| self.word(at).is_some_and(|word| words.split('|').any(|known| known.to_lowercase() == word));
        let mut ways = Vec::new();
        match atom {
            "," => {
                let is_pause = self.tokens.get(at) == Some(&Token::Pause);
                ways.push((at + usize::from(is_pause), holes.clone()));
            }
            "{name}" => {
                ways.extend(self.name(at, phrase).map(|(end, name)| (end, Holes { name: Some(name), ..holes.clone() })))
            }
            "{key}" => ways.extend(
                self.word(at)
                    .filter(|word| word.len() == 1)
                    .and_then(|word| word.parse().ok())
                    .map(|key| (at + 1, Holes { key: Some(key), ..holes.clone() })),
            ),
            "{s}" => ways.extend(
                self.word(at)
                    .and_then(|word| word.parse().ok())
                    .map(|seconds| (at + 1, Holes { seconds: Some(seconds), ..holes.clone() })),
            ),
            "{pattern}" => ways.extend(
                self.word(at)
                    .and_then(|word| word.parse().ok())
                    .map(|pattern| (at + 1, Holes { pattern: Some(pattern), ..holes.clone() })),
            ),
            "{to}" => ways = self.places(self.lexicon.to, at, holes),
            "{whom}" => ways = self.places(self.lexicon.whom, at, holes),
            "{when}" => {
                for way in Way::WHENS {
                    let ends = (self.lexicon.when)(way).iter().filter_map(|form| self.words(form, at));
                    ways.extend(ends.map(|end| (end, Holes { way: Some(way), ..holes.clone() })));
                }
            }
            optional if optional.starts_with('(') => {
                ways.extend(is_next(optional.trim_matches(['(', ')'])).then(|| (at + 1, holes.clone())));
                ways.push((at, holes.clone()));
            }
            words => ways.extend(is_next(words).then(|| (at + 1, holes.clone()))),
        }
        ways
    }

    /// Where a form without holes ends.
    fn words(&self, form: &str, at: usize) -> Option<usize> {
        let atoms: Vec<&str> = form.split(' ').collect();
        self.fit(&atoms, at, Holes::default(), Phrase::Send).map(|(end, _)| end)
    }

    /// Every target that the words from here on may name.
    fn places(&self, forms: fn(Place) -> Forms, at: usize, holes: &Holes) -> Vec<(usize, Holes)> {
        let mut found = Vec::new();
        for place in Place::ALL.into_iter().rev() {
            for form in forms(place) {
                let (words, hole) = form.rsplit_once(' ').unwrap_or(("", form));
                let (words, hole) = if hole.starts_with('{') { (words, hole) } else { (*form, "") };
                let Some(at) = (if words.is_empty() { Some(at) } else { self.words(words, at) }) else { continue };
                let ends: Vec<(usize, Option<Target>)> = match hole {
                    "{who}" => {
                        let who = self.who(at).into_iter();
                        who.filter_map(|(end, number)| Some((end, Some(target(place, number)?)))).collect()
                    }
                    "{digits}" => {
                        let numbers = self.digits(at).into_iter();
                        let number = |digits: String| format!("number {digits}").parse().ok();
                        numbers.filter_map(|(end, digits)| Some((end, Some(number(digits)?)))).collect()
                    }
                    _ => vec![(at, None)],
                };
                found.extend(ends.into_iter().map(|(end, to)| (end, Holes { to: Some(to), ..holes.clone() })));
            }
        }
        found
    }

    /// An extension of the office, by its digits or by whose it is.
    fn who(&self, at: usize) -> Vec<(usize, ExtensionNumber)> {
        let mut found = Vec::new();
        let mut name = String::new();
        for end in at..self.tokens.len().min(at + MAX_NAME_WORDS) {
            let (Token::Word(word) | Token::Quoted(word)) = &self.tokens[end] else { break };
            if end > at {
                name.push(' ');
            }
            name += &word.to_lowercase();
            let by_name = self.names.get(&name).copied().flatten();
            let number = by_name.or_else(|| self.config.extension(&name).map(|extension| &extension.number));
            found.extend(number.map(|number| (end + 1, number.clone())));
        }
        found
    }

    /// The digits of a number, in one word or in several.
    fn digits(&self, at: usize) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        let mut digits = String::new();
        for (end, token) in self.tokens.iter().enumerate().skip(at) {
            let Token::Word(word) = token else { break };
            let is_part = word.bytes().all(|b| b.is_ascii_digit() || b"+()/.-".contains(&b));
            if !is_part || digits.len() + word.len() > MAX_DIGITS {
                break;
            }
            digits += word;
            found.push((end + 1, digits.clone()));
        }
        found
    }

    /// The name of a time group: in quotes, or a known one without.
    fn name(&self, at: usize, phrase: Phrase) -> Option<(usize, String)> {
        if phrase == Phrase::PassTagged {
            let Token::Quoted(tag) = self.tokens.get(at)? else { return Some((at + 1, self.text(at, at + 1))) };
            return Some((at + 1, tag.clone()));
        }
        let known = || self.config.time_groups_for(self.extension).map(|group| group.name.as_str());
        let alike = |name: &str| {
            let is_it = |known: &&str| known.to_lowercase() == name.to_lowercase();
            known().find(|known| *known == name).or_else(|| known().find(is_it)).map(str::to_owned)
        };
        if let Token::Quoted(name) = self.tokens.get(at)? {
            return Some((at + 1, alike(name).unwrap_or_else(|| name.clone())));
        }
        let end = self.pause_after(at);
        let typed = (at + 1..=end).rev().find_map(|end| Some((end, alike(&self.text(at, end))?)));
        let unknown = if phrase == Phrase::Times { end } else { at + 1 };
        typed
            .or_else(|| Some((unknown, self.text(at, unknown))))
            .filter(|(_, name)| self.word(at).is_some() && !name.is_empty())
    }

    fn word(&self, at: usize) -> Option<String> {
        match self.tokens.get(at)? {
            Token::Word(word) => Some(word.to_lowercase()),
            Token::Quoted(_) | Token::Pause => None,
        }
    }

    fn pause_after(&self, at: usize) -> usize {
        let pause = self.tokens[at..].iter().position(|token| *token == Token::Pause);
        pause.map_or(self.tokens.len(), |ahead| at + ahead)
    }

    fn text(&self, at: usize, end: usize) -> String {
        self.tokens[at..end].iter().map(Token::text).collect::<Vec<_>>().join(" ")
    }
}

fn target(place: Place, number: ExtensionNumber) -> Option<Target> {
    match place {
        Place::Person => Some(Target::Person(number)),
        Place::Phone => Some(Target::Phone(number)),
        Place::Mailbox => Some(Target::Voicemail(number)),
        Place::OwnMailbox | Place::Number => None,
    }
}

/// What the parts say together.
fn meant(clauses: &[Clause], config: &Config, extension: &str) -> Result<Meant, Unclear> {
    if let Some((Clause::Times(name), times)) = clauses.split_first() {
        let entry = |clause: &Clause| if let Clause::Entry(entry) = clause { Some(entry.clone()) } else { None };
        let entries: Vec<_> = times.iter().filter_map(entry).collect();
        return if entries.is_empty() {
            Err(Unclear::Nothing)
        } else {
            Ok(Meant::Times { name: name.clone(), entries })
        };
    }
    let is_said = |wanted: &Clause| clauses.contains(wanted);
    let mut groups = clauses.iter().filter_map(|one| if let Clause::While(name) = one { Some(name) } else { None });
    let when = groups.next();
    let heads = usize::from(when.is_some()) + groups.count();
    if heads + usize::from(is_said(&Clause::Otherwise)) > 1 || clauses.iter().any(|one| matches!(one, Clause::Times(_)))
    {
        return Err(Unclear::TwoThings);
    }
    if let Some(name) = when.filter(|name| config.time_group(extension, name).is_none()) {
        let known = config.time_groups_for(extension).map(|group| group.name.clone()).collect();
        return Err(Unclear::NoSuchGroup { name: name.clone(), known });
    }
    let is_enabled = !is_said(&Clause::Off);
    if is_said(&Clause::Diversion) {
        if is_said(&Clause::Otherwise) {
            return Err(Unclear::TwoThings);
        }
        return diversion(clauses, extension, is_enabled, when.cloned());
    }
    if when.is_none() && !is_said(&Clause::Otherwise) {
        return Err(Unclear::WhatItIs);
    }
    if when.is_none() && !is_enabled {
        return Err(Unclear::DefaultStays);
    }
    let actions = actions(clauses, extension)?;
    Ok(Meant::Rule { when: when.cloned(), is_enabled, actions })
}

fn diversion(clauses: &[Clause], extension: &str, is_on: bool, when: Option<String>) -> Result<Meant, Unclear> {
    let is_told = |one: &&Clause| !matches!(one, Clause::Diversion | Clause::While(_) | Clause::Off);
    let mut told = clauses.iter().filter(is_told);
    let does = told.next().ok_or(Unclear::Nothing)?;
    // What is off follows nothing: it is off until somebody switches it on.
    let when = when.filter(|_| is_on);
    match does {
        Clause::FollowMe => return Ok(Meant::FollowMe { is_on, when, follow_me: list::follow_me(told)? }),
        Clause::Assistant => {
            return Ok(Meant::Assistant { is_on, when, assistant: list::assistant(extension, told)? });
        }
        Clause::Secretaries(callers) => {
            return Ok(Meant::Secretaries { is_on, when, secretaries: list::secretaries(*callers, told)? });
        }
        _ if told.next().is_some() => return Err(Unclear::NotOfDiversion),
        _ => {}
    }
    let (kind, to) = match does {
        Clause::Dnd => (config::DiversionKind::Dnd, None),
        Clause::Send(way, to) => (way.kind().ok_or(Unclear::NotOfDiversion)?, to.clone()),
        _ => return Err(Unclear::NotOfDiversion),
    };
    Ok(Meant::Diversion { kind, is_on, when, to })
}

fn actions(clauses: &[Clause], extension: &str) -> Result<Actions, Unclear> {
    let mut actions = Actions::default();
    let (mut rings, mut told) = (false, 0_usize);
    for clause in clauses {
        let is_new = match clause {
            Clause::Ring(ring_s) => {
                actions.ring_s = *ring_s;
                !std::mem::replace(&mut rings, true)
            }
            Clause::Dnd => !std::mem::replace(&mut actions.is_dnd, true),
            Clause::Away => !std::mem::replace(&mut actions.is_away, true),
            Clause::Screen => !std::mem::replace(&mut actions.screens, true),
            Clause::Also(row) => {
                actions.also.push(row.clone());
                true
            }
            Clause::Send(way, to) => {
                let own = || extension.parse().ok().map(Target::Voicemail);
                let to = to.clone().or_else(own);
                way.target(&mut actions).replace(to.ok_or(Unclear::Nothing)?).is_none()
            }
            Clause::While(_) | Clause::Otherwise | Clause::Diversion | Clause::Times(_) | Clause::Off => continue,
            Clause::Entry(_) => continue,
            Clause::FollowMe
            | Clause::Secretaries(_)
            | Clause::First(_)
            | Clause::Everyone
            | Clause::Then(_)
            | Clause::Assistant
            | Clause::Key(..)
            | Clause::Answers(_)
            | Clause::Each(_)
            | Clause::Together(_)
            | Clause::Pass(_) => return Err(Unclear::OfList),
        };
        told += 1;
        if !is_new {
            return Err(Unclear::Twice);
        }
    }
    if told == 0 { Err(Unclear::Nothing) } else { Ok(actions) }
}
