//! From a prompt to the text of a sentence, in the listener's language or the nearest that has it.
//!
//! A language is data: a file of sentences (Fluent) beside its speller. What a language lacks is said in English, and what
//! even English lacks is spelled from the prompt itself: a missing sentence never ends a call.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use pbx::prompt::{Arg, Prompt, PromptId};
use unic_langid::LanguageIdentifier;

use super::speller::{self, Day, Form, SPELLERS, Speller};

/// Every language's sentences; the first is what others fall back to.
pub(super) const SENTENCES: [(&str, &str); 3] = [
    ("en", include_str!("sentences/en.ftl")),
    ("de", include_str!("sentences/de.ftl")),
    ("es", include_str!("sentences/es.ftl")),
];

/// Sentences and spellers of all languages. Making one takes some milliseconds.
pub struct Catalogue {
    languages: Vec<Language>,
}

/// A sentence ready to be spoken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sentence {
    /// The words; no figures, nothing that an engine could take for a command.
    pub text: String,
    /// The language they are in: not always the one that was asked for.
    pub language: &'static str,
}

struct Language {
    code: &'static str,
    speller: &'static dyn Speller,
    sentences: FluentBundle<FluentResource>,
}

impl Default for Catalogue {
    fn default() -> Self {
        let languages = SENTENCES.iter().filter_map(|(code, text)| {
            let speller = SPELLERS.iter().find(|row| row.0 == *code)?.1;
            Some(Language { code, speller, sentences: sentences(code, text, speller) })
        });
        Catalogue { languages: languages.collect() }
    }
}

impl Catalogue {
    /// The languages that prompts may ask for.
    pub fn languages(&self) -> impl Iterator<Item = &'static str> {
        self.languages.iter().map(|language| language.code)
    }

    /// The text of a prompt. Never fails, see the head.
    pub fn sentence(&self, prompt: &Prompt) -> Sentence {
        let wanted = prompt.language.split(['-', '_']).next().unwrap_or_default();
        let wanted = self.languages.iter().find(|language| language.code.eq_ignore_ascii_case(wanted));
        let english = self.languages.first();
        for language in wanted.into_iter().chain(english) {
            if let Some(text) = language.say(prompt) {
                return Sentence { text, language: language.code };
            }
        }
        log::warn!("the sentence {} cannot be put together: it is spelled", prompt.id.as_str());
        Sentence { text: spelled(prompt), language: SENTENCES[0].0 }
    }
}

impl Language {
    fn say(&self, prompt: &Prompt) -> Option<String> {
        let pattern = self.sentences.get_message(said_as(prompt).as_str())?.value()?;
        let mut args = FluentArgs::new();
        for (name, arg) in prompt.args.iter().take(MAX_ARGS) {
            if let Arg::TimeOfDay { at, zone } = arg {
                let hour = (zoned(*at, zone).hour() + 11) % 12 + 1;
                args.set(format!("{name}-hour"), FluentValue::from(hour));
            }
            let value = match arg {
                Arg::Count(count) => FluentValue::from(*count),
                _ => FluentValue::from(spell(self.speller, arg)),
            };
            args.set(name.clone(), value);
        }
        let mut errors = Vec::new();
        let text = self.sentences.format_pattern(pattern, Some(&args), &mut errors);
        errors.is_empty().then(|| tidy(&text))
    }
}

/// Which sentence it is: a caller whose name cannot be spoken, all digits or in another script, is an unknown one.
fn said_as(prompt: &Prompt) -> PromptId {
    let is_unspeakable = |(_, arg): &(String, Arg)| matches!(arg, Arg::Name(name) if speller::name(name).is_none());
    match prompt.id {
        PromptId::MessageFromName if prompt.args.iter().any(is_unspeakable) => PromptId::MessageFromUnknown,
        PromptId::MessageOfName if prompt.args.iter().any(is_unspeakable) => PromptId::MessageOfUnknown,
        PromptId::MessageUndatedFromName if prompt.args.iter().any(is_unspeakable) => {
            PromptId::MessageUndatedFromUnknown
        }
        id => id,
    }
}

/// An argument in the language's words.
fn spell(speller: &dyn Speller, arg: &Arg) -> String {
    match arg {
        Arg::Count(count) => speller.cardinal(*count, Form::Counting),
        Arg::Digits(digits) => speller::digits(speller, digits),
        Arg::Name(name) => speller::name(name).unwrap_or_else(|| speller.somebody().to_owned()),
        Arg::Moment { at, zone, now } => {
            let (at, now) = (zoned(*at, zone), zoned(*now, zone));
            speller.moment(at.time(), Day::of(&at, &now))
        }
        Arg::TimeOfDay { at, zone } => speller.time(zoned(*at, zone).time()),
        Arg::Duration(seconds) => speller::duration(speller, *seconds),
    }
}

/// A zone that does not exist is as good as none.
fn zoned(at: Timestamp, zone: &str) -> Zoned {
    at.to_zoned(TimeZone::get(zone).unwrap_or(TimeZone::UTC))
}

/// The last resort: the prompt's own name and arguments.
fn spelled(prompt: &Prompt) -> String {
    let speller = SPELLERS[0].1;
    let words = prompt.id.as_str().replace('-', " ");
    let args = prompt.args.iter().take(MAX_ARGS).map(|(_, arg)| spell(speller, arg));
    tidy(&format!("{words}, {}.", args.collect::<Vec<_>>().join(", ")))
}

/// Lines broken in a file and arguments that were empty leave spaces; a clause that begins with its own comma two of them.
fn tidy(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace(" ,", ",").replace(",,", ",").replace(", .", ".").replace(",.", ".")
}

fn sentences(code: &str, text: &str, speller: &'static dyn Speller) -> FluentBundle<FluentResource> {
    let language: LanguageIdentifier = code.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Marks of direction around arguments are for the eye.
    bundle.set_use_isolating(false);
    let cardinal = bundle.add_function("CARDINAL", number(move |number, form| speller.cardinal(number, form)));
    let ordinal = bundle.add_function("ORDINAL", number(move |number, form| speller.ordinal(number, form)));
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(good, errors)| {
        log::error!("the sentences of {code} have {} errors", errors.len());
        good
    });
    if bundle.add_resource(resource).is_err() || cardinal.is_err() || ordinal.is_err() {
        log::error!("the sentences of {code} have a name twice");
    }
    bundle
}

/// A Fluent function of a number and, as `form:`, what it counts.
fn number(
    spell: impl Fn(u32, Form) -> String + Send + Sync + 'static,
) -> impl for<'a> Fn(&[FluentValue<'a>], &FluentArgs) -> FluentValue<'a> + Send + Sync + 'static {
    move |values, named| {
        let form = match named.get("form") {
            Some(FluentValue::String(form)) if form == "feminine" => Form::Feminine,
            Some(FluentValue::String(form)) if form == "masculine" => Form::Masculine,
            _ => Form::Counting,
        };
        match values {
            [FluentValue::Number(number)] => FluentValue::from(spell(number.value as u32, form)),
            _ => FluentValue::Error,
        }
    }
}

/// Arguments that are looked at: no sentence has more than three.
const MAX_ARGS: usize = 8;
