//! The words of every sentence, in every language.

use expect_test::{expect, expect_file};
use jiff::Timestamp;
use pbx::prompt::Arg;

use super::super::{Catalogue, PromptId, WARMING, fixed_prompts};
use super::{prompt, with};

#[test]
fn every_language_has_every_sentence_with_all_its_arguments_and_no_other() {
    let catalogue = Catalogue::default();
    assert_eq!(catalogue.languages().collect::<Vec<_>>(), config::LANGUAGES);
    for language in config::LANGUAGES {
        for id in PromptId::ALL {
            let whole = prompt(id, language);
            let said = catalogue.sentence(&whole);
            // One that names an argument that is not in the list would have fallen back; so for English we look closer.
            assert_eq!(said.language, language, "{id:?}");
            assert!(!said.text.contains(['{', '$', '<']), "{id:?}: {}", said.text);
            assert!(!said.text.contains(|c: char| c.is_ascii_digit()), "{id:?}: {}", said.text);
            assert!(!said.text.starts_with(id.as_str().replace('-', " ").as_str()) || id.args().is_empty(), "{id:?}");
            for (name, _) in id.args() {
                let mut less = whole.clone();
                less.args.retain(|(kept, _)| kept != name);
                assert_ne!(catalogue.sentence(&less), said, "{language} {id:?} does not say {name}");
            }
        }
    }
}

#[test]
fn a_language_that_is_not_spoken_is_english_and_a_sentence_that_fails_is_spelled() {
    let catalogue = Catalogue::default();
    for (language, expected) in [("pt-BR", "en"), ("", "en"), ("de-AT", "de"), ("ES_mx", "es"), ("\0<x>", "en")] {
        assert_eq!(catalogue.sentence(&prompt(PromptId::Goodbye, language)).language, expected, "{language}");
    }
    let lacking = with(PromptId::MessageFromName, "de", &[("name", Arg::Name("Bob".into())), ("x", Arg::Count(3))]);
    let said = catalogue.sentence(&lacking);
    assert_eq!((said.text.as_str(), said.language), ("message from name, Bob, three.", "en"));
}

#[test]
fn numbers_take_the_form_of_what_they_count() {
    let catalogue = Catalogue::default();
    let says = |language: &str, new: u32, saved: u32| {
        let args = [("new", Arg::Count(new)), ("saved", Arg::Count(saved))];
        catalogue.sentence(&with(PromptId::YouHaveMessages, language, &args)).text
    };
    for (language, new, saved, expected) in [
        ("en", 0, 1, "You have no new messages and one saved message."),
        ("en", 2, 100, "You have two new messages and one hundred saved messages."),
        ("de", 1, 0, "Sie haben eine neue Nachricht und keine gespeicherte Nachricht."),
        ("de", 101, 2, "Sie haben einhunderteine neue Nachrichten und zwei gespeicherte Nachrichten."),
        ("es", 1, 21, "Tiene un mensaje nuevo y veintiún mensajes guardados."),
        ("es", 0, 31, "No tiene mensajes nuevos, pero sí treinta y un mensajes guardados."),
        ("es", 0, 1, "No tiene mensajes nuevos, pero sí un mensaje guardado."),
        ("es", 0, 0, "No tiene mensajes nuevos ni guardados."),
        ("es", 2, 0, "Tiene dos mensajes nuevos y ningún mensaje guardado."),
    ] {
        assert_eq!(says(language, new, saved), expected);
    }
}

#[test]
fn the_time_agrees_with_its_verb() {
    let catalogue = Catalogue::default();
    for (at, expected) in [("12:00", "Es la una de la tarde."), ("23:30", "Son las doce y treinta de la noche.")] {
        let at = format!("2026-01-05T{at}:00Z").parse().expect("a moment");
        let time = Arg::TimeOfDay { at, zone: "Europe/Madrid".into() };
        assert_eq!(catalogue.sentence(&with(PromptId::TheTimeIs, "es", &[("time", time)])).text, expected);
    }
    let at = "2026-01-05T12:00:00Z".parse().expect("a moment");
    let nowhere = Arg::TimeOfDay { at, zone: "Europe/Atlantis".into() };
    assert_eq!(catalogue.sentence(&with(PromptId::TheTimeIs, "en", &[("time", nowhere)])).text, "It is noon.");
}

#[test]
fn a_name_that_cannot_be_spoken_is_somebody() {
    let args = [("name", Arg::Name("<volume level='500'>".into()))];
    let said = Catalogue::default().sentence(&with(PromptId::DefaultGreeting, "en", &args)).text;
    assert_eq!(said, "volume level cannot take your call now.");
    let args = [("name", Arg::Name("日本".into()))];
    let said = Catalogue::default().sentence(&with(PromptId::DefaultGreeting, "de", &args)).text;
    assert_eq!(said, "die angerufene Person kann Ihren Anruf jetzt nicht annehmen.");
}

/// Envelopes, counts and lengths as they are heard, one a line.
fn said(language: &str) -> String {
    let catalogue = Catalogue::default();
    let now = "2026-03-25T09:00:00Z".parse::<Timestamp>().expect("a moment");
    let zone = || "Europe/Berlin".to_owned();
    let at = |text: &str| Arg::Moment { at: text.parse().expect("a moment"), zone: zone(), now };
    let messages = |new, saved| {
        with(PromptId::YouHaveMessages, language, &[("new", Arg::Count(new)), ("saved", Arg::Count(saved))])
    };
    let envelope = |number, at: Arg, id: PromptId, caller: (&str, Arg)| {
        with(id, language, &[("number", Arg::Count(number)), ("at", at), caller])
    };
    let from = |number, at, digits: &str| {
        envelope(number, at, PromptId::MessageFromNumber, ("caller", Arg::Digits(digits.into())))
    };
    let named =
        |number, at, name: &str| envelope(number, at, PromptId::MessageFromName, ("name", Arg::Name(name.into())));
    let undated = [("number", Arg::Count(3)), ("name", Arg::Name("Front Desk".into()))];
    let prompts = [
        messages(1, 1),
        messages(2, 0),
        messages(0, 21),
        messages(21, 2),
        // Today before noon, at noon sharp, yesterday, this week, this year, the year before.
        from(1, at("2026-03-25T07:05:00Z"), "+493012345678"),
        named(2, at("2026-03-25T08:59:30Z"), "Front Desk"),
        from(3, at("2026-03-24T11:00:00Z"), "1001"),
        named(4, at("2026-03-23T00:01:00Z"), "Zoë Müller-Núñez"),
        from(21, at("2026-03-01T12:30:00Z"), "030 12 34 56-7"),
        named(101, at("2025-12-31T22:15:00Z"), "Workshop"),
        with(PromptId::MessageUndatedFromName, language, &undated),
        with(PromptId::MailboxLocked, language, &[("wait", Arg::Duration(60))]),
        with(PromptId::MailboxLocked, language, &[("wait", Arg::Duration(3_661))]),
    ];
    prompts.iter().map(|prompt| format!("{}\n", catalogue.sentence(prompt).text)).collect()
}

#[test]
fn envelopes_in_english() {
    expect![[r#"
        You have one new message and one saved message.
        You have two new messages and no saved messages.
        You have no new messages and twenty-one saved messages.
        You have twenty-one new messages and two saved messages.
        Message one, from plus four nine three, zero one two, three four five, six seven eight, at eight oh five a m.
        Message two, from Front Desk, at nine fifty-nine a m.
        Message three, from one zero zero one, yesterday at noon.
        Message four, from Zoë Müller-Núñez, on Monday at one oh one a m.
        Message twenty-one, from zero three zero, one two, three four, five six, seven, on March first, at one thirty p m.
        Message one hundred one, from Workshop, on December thirty-first, twenty twenty-five, at eleven fifteen p m.
        Message three, from Front Desk, time not known.
        The password was wrong too often. Please try again in one minute.
        The password was wrong too often. Please try again in one hour and one minute.
    "#]].assert_eq(&said("en"));
}

#[test]
fn envelopes_in_german() {
    expect![[r#"
        Sie haben eine neue Nachricht und eine gespeicherte Nachricht.
        Sie haben zwei neue Nachrichten und keine gespeicherte Nachricht.
        Sie haben keine neue Nachricht und einundzwanzig gespeicherte Nachrichten.
        Sie haben einundzwanzig neue Nachrichten und zwei gespeicherte Nachrichten.
        Nachricht eins, von plus vier neun drei, null eins zwei, drei vier fünf, sechs sieben acht, um acht Uhr fünf.
        Nachricht zwei, von Front Desk, um neun Uhr neunundfünfzig.
        Nachricht drei, von eins null null eins, gestern um zwölf Uhr.
        Nachricht vier, von Zoë Müller-Núñez, am Montag um ein Uhr eins.
        Nachricht einundzwanzig, von null drei null, eins zwei, drei vier, fünf sechs, sieben, am ersten März, um dreizehn Uhr dreißig.
        Nachricht einhunderteins, von Workshop, am einunddreißigsten Dezember zweitausendfünfundzwanzig, um dreiundzwanzig Uhr fünfzehn.
        Nachricht drei, von Front Desk, zu unbekannter Zeit.
        Es gab zu viele falsche Geheimzahlen. Warten Sie bitte eine Minute, und versuchen Sie es dann wieder.
        Es gab zu viele falsche Geheimzahlen. Warten Sie bitte eine Stunde und eine Minute, und versuchen Sie es dann wieder.
    "#]].assert_eq(&said("de"));
}

#[test]
fn envelopes_in_spanish() {
    expect![[r#"
        Tiene un mensaje nuevo y un mensaje guardado.
        Tiene dos mensajes nuevos y ningún mensaje guardado.
        No tiene mensajes nuevos, pero sí veintiún mensajes guardados.
        Tiene veintiún mensajes nuevos y dos mensajes guardados.
        Mensaje uno, del más cuatro nueve tres, cero uno dos, tres cuatro cinco, seis siete ocho, a las ocho y cinco de la mañana.
        Mensaje dos, de Front Desk, a las nueve y cincuenta y nueve de la mañana.
        Mensaje tres, del uno cero cero uno, ayer a las doce del mediodía.
        Mensaje cuatro, de Zoë Müller-Núñez, el lunes a la una y uno de la madrugada.
        Mensaje veintiuno, del cero tres cero, uno dos, tres cuatro, cinco seis, siete, el primero de marzo, a la una y treinta de la tarde.
        Mensaje ciento uno, de Workshop, el treinta y uno de diciembre de dos mil veinticinco, a las once y quince de la noche.
        Mensaje tres, de Front Desk, a una hora desconocida.
        Hubo demasiadas claves incorrectas. Inténtelo de nuevo dentro de un minuto.
        Hubo demasiadas claves incorrectas. Inténtelo de nuevo dentro de una hora y un minuto.
    "#]].assert_eq(&said("es"));
}

#[test]
fn a_caller_s_name_is_clean_and_bounded_and_one_that_cannot_be_spoken_is_unknown() {
    let catalogue = Catalogue::default();
    let clean = |text: &str| text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | ',' | '.' | '-' | '\''));
    let long = "x".repeat(100_000);
    for (name, heard) in [
        ("Ann\u{0}\u{1b}[2J\r\nVia: evil", "Ann J Via evil"),
        ("<volume level='500'>Ann</volume>", "volume level Ann volume"),
        ("Ann & Bob; {$at}", "Ann Bob at"),
        ("Ann\u{202e}\u{feff}b", "Ann b"),
        ("\\ctx=<break>\"", "ctx break"),
        (long.as_str(), &long[..64]),
        ("O'Neill-Núñez", "O'Neill-Núñez"),
    ] {
        for language in config::LANGUAGES {
            let args = [("number", Arg::Count(1)), ("name", Arg::Name(name.into()))];
            let said = catalogue.sentence(&with(PromptId::MessageUndatedFromName, language, &args));
            assert_eq!(said.language, language);
            assert!(said.text.contains(heard), "{heard}: {}", said.text);
            assert!(clean(&said.text) && said.text.chars().count() < 150, "{}", said.text);
        }
    }
    for name in ["", "+49 30 1234", "日本", "<>&", "\u{0}", " - "] {
        let args = [("number", Arg::Count(1)), ("name", Arg::Name(name.into()))];
        let said = catalogue.sentence(&with(PromptId::MessageUndatedFromName, "en", &args)).text;
        assert_eq!(said, "Message one, number and time not known.", "{name:?}");
    }
    let digits = Arg::Digits(format!("<&>{}", "12 ".repeat(50_000)));
    let args = [("number", Arg::Count(1)), ("caller", digits)];
    let said = catalogue.sentence(&with(PromptId::MessageUndatedFromNumber, "de", &args)).text;
    assert!(clean(&said) && said.chars().count() < 600, "{}", said.chars().count());
}

#[test]
fn what_voicemail_always_says_alike_is_prepared() {
    for language in config::LANGUAGES {
        let fixed = fixed_prompts(language);
        for id in [
            PromptId::RecordAfterTone,
            PromptId::ReviewMenu,
            PromptId::KeepOrDrop,
            PromptId::EnterPin,
            PromptId::MainMenu,
            PromptId::MessageMenu,
            PromptId::MessageHelp,
            PromptId::GreetingMenu,
            PromptId::MailboxFull,
        ] {
            assert!(fixed.iter().any(|prompt| prompt.id == id && prompt.language == language), "{language} {id:?}");
        }
        assert!(fixed.iter().all(|prompt| prompt.id.args().is_empty()));
    }
    let of_all = config::LANGUAGES.map(|language| fixed_prompts(language).len());
    assert!(of_all.iter().sum::<usize>() <= WARMING, "{of_all:?}");
}

/// Each language's sentences, all of them with sample arguments, are in a file beside this one: to be read as a whole by
/// who knows the language. `UPDATE_EXPECT=1` writes them anew.
#[test]
fn every_sentence_is_as_it_was_read_and_approved() {
    let catalogue = Catalogue::default();
    let files = [("en", expect_file!["en.txt"]), ("de", expect_file!["de.txt"]), ("es", expect_file!["es.txt"])];
    assert_eq!(files.each_ref().map(|(language, _)| *language), config::LANGUAGES);
    for (language, file) in files {
        let line = |id: PromptId| format!("{}: {}\n", id.as_str(), catalogue.sentence(&prompt(id, language)).text);
        file.assert_eq(&PromptId::ALL.map(line).concat());
    }
}
