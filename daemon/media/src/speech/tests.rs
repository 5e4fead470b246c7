//! The words of every sentence, and what the voice makes of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;

use expect_test::{Expect, expect};
use jiff::Timestamp;
use pbx::prompt::{Arg, ArgKind};

use super::shape::{CEILING, LEVEL, loudness};
use super::*;

/// 16:45 in Berlin, on the day before `now`.
fn sample(kind: ArgKind, name: &str) -> Arg {
    let moment = |text: &str| text.parse::<Timestamp>().expect("the test's moment is one");
    let (at, zone) = (moment("2026-03-24T15:45:00Z"), "Europe/Berlin".to_owned());
    match kind {
        ArgKind::Count if name == "saved" => Arg::Count(1),
        ArgKind::Count => Arg::Count(21),
        ArgKind::Digits if name == "address" => Arg::Digits("192.168.1.10".into()),
        ArgKind::Digits => Arg::Digits("1001".into()),
        ArgKind::Name => Arg::Name("Alice Example".into()),
        ArgKind::Moment => Arg::Moment { at, zone, now: moment("2026-03-25T09:00:00Z") },
        ArgKind::TimeOfDay => Arg::TimeOfDay { at, zone },
        ArgKind::Duration => Arg::Duration(900),
    }
}

fn prompt(id: PromptId, language: &str) -> Prompt {
    let args = id.args().iter().map(|(name, kind)| ((*name).to_owned(), sample(*kind, name)));
    Prompt { id, args: args.collect(), language: language.to_owned() }
}

fn with(id: PromptId, language: &str, args: &[(&str, Arg)]) -> Prompt {
    let args = args.iter().map(|(name, arg)| ((*name).to_owned(), arg.clone())).collect();
    Prompt { id, args, language: language.to_owned() }
}

#[track_caller]
fn check(language: &str, expected: &Expect) {
    let catalogue = Catalogue::default();
    let line = |id: PromptId| format!("{}: {}\n", id.as_str(), catalogue.sentence(&prompt(id, language)).text);
    expected.assert_eq(&PromptId::ALL.map(line).concat());
}

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
        ("es", 0, 31, "Tiene ningún mensaje nuevo y treinta y un mensajes guardados."),
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

/// A folder of this test's own, empty at its start.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("bellbox-speech-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    folder
}

fn spoken(speech: &Speech, prompt: Prompt) -> Arc<[i16]> {
    let (reply, replies) = channel();
    speech.render(prompt, move |samples| drop(reply.send(samples)));
    replies.recv().expect("each prompt is answered")
}

/// The sentences in a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_sentence = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "wav");
    entries.map(|entry| entry.path()).filter(is_sentence).collect()
}

fn unpacked(folder: &Path, language: &str) -> pico::Unpacked {
    fs::create_dir_all(folder).expect("it can be made");
    pico::voice(language).expect("each language has a voice").unpack(folder).expect("it can be unpacked")
}

#[test]
fn every_sentence_sounds_like_speech_on_a_line() {
    let (catalogue, folder) = (Catalogue::default(), folder("sound"));
    for language in config::LANGUAGES {
        let voice = unpacked(&folder, language);
        for id in PromptId::ALL {
            let text = catalogue.sentence(&prompt(id, language)).text;
            let wide = shape::shape(&pico::render(&voice, &text).expect("it can be rendered"));
            let seconds = wide.len() as f32 / pico::RATE as f32;
            let per_letter = seconds / text.chars().count() as f32;
            assert!((0.04..0.14).contains(&per_letter), "{language} {id:?}: {seconds} s for {text:?}");
            let peak = wide.iter().map(|sample| sample.unsigned_abs()).max().unwrap_or(0);
            assert!(f32::from(peak) <= CEILING, "{language} {id:?}: peak {peak}");
            let sound: Vec<f32> = wide.iter().map(|sample| f32::from(*sample)).collect();
            let decibels = 20.0 * (loudness(&sound) / LEVEL).log10();
            assert!(decibels.abs() < 1.5, "{language} {id:?}: {decibels} dB off");
            let first = wide.iter().position(|sample| sample.unsigned_abs() > 400).unwrap_or(usize::MAX);
            assert!(first < pico::RATE as usize / 10, "{language} {id:?}: begins after {first} samples");
        }
    }
    fs::remove_dir_all(&folder).expect("it can be removed");
}

#[test]
fn the_same_text_is_the_same_sound_whatever_was_said_before() {
    let folder = folder("same");
    let english = unpacked(&folder, "en");
    let render = |text: &str| pico::render(&english, text).expect("it can be rendered");
    let first = render("You have three new messages.");
    render("Something else, at another length.");
    let _in_the_way = vec![0xaa_u8; 3 * 1024 * 1024];
    assert_eq!(render("You have three new messages."), first);
    fs::remove_dir_all(&folder).expect("it can be removed");
}

#[test]
fn what_was_spoken_is_read_again_and_never_rendered_twice() {
    let folder = folder("cache");
    let goodbye = prompt(PromptId::Goodbye, "en");
    let first = spoken(&Speech::start(&folder).expect("it starts"), goodbye.clone());
    let [file] = &files(&folder)[..] else { panic!("one sentence is one file") };
    let mut reader = hound::WavReader::open(file).expect("it is a WAV file");
    assert_eq!((reader.spec().sample_rate, reader.spec().channels), (16_000, 1));
    assert_eq!(reader.len().div_ceil(2) as usize, first.len());
    // Whoever reads the file says what is in it.
    let halved: Vec<i16> = reader.samples().map(|sample| sample.map_or(0, |sample: i16| sample / 2)).collect();
    drop(reader);
    let mut writer = hound::WavWriter::create(
        file,
        hound::WavSpec {
            channels: 1,
            sample_rate: 16_000,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        },
    )
    .expect("it can be written");
    halved.iter().for_each(|sample| writer.write_sample(*sample).expect("it can be written"));
    writer.finalize().expect("it can be written");
    let speech = Speech::start(&folder).expect("it starts");
    let again = spoken(&speech, goodbye.clone());
    assert_ne!(again, first);
    assert_eq!(again[..], shape::halved(&halved)[..]);
    // From memory it is the very same.
    assert!(Arc::ptr_eq(&spoken(&speech, goodbye), &again));
    drop(speech);
    fs::remove_dir_all(&folder).expect("it can be removed");
}

#[test]
fn a_damaged_file_is_rendered_anew() {
    let folder = folder("damaged");
    let saved = prompt(PromptId::Saved, "en");
    let first = spoken(&Speech::start(&folder).expect("it starts"), saved.clone());
    let file = files(&folder)[0].clone();
    let whole = fs::read(&file).expect("it is there");
    for damaged in [&[][..], &whole[..20], &whole[..whole.len() / 2 + 1], &vec![0; whole.len()], b"RIFF"] {
        fs::write(&file, damaged).expect("it can be written");
        assert_eq!(spoken(&Speech::start(&folder).expect("it starts"), saved.clone()), first, "{}", damaged.len());
        assert_eq!(fs::read(&file).expect("it is there"), whole);
    }
    fs::remove_dir_all(&folder).expect("it can be removed");
}

#[test]
fn without_a_folder_a_prompt_is_over_at_once_and_the_next_may_succeed() {
    let file = folder("no-folder");
    fs::write(&file, "in the way").expect("it can be written");
    let speech = Speech::start(&file).expect("it starts");
    assert!(spoken(&speech, prompt(PromptId::Goodbye, "es")).is_empty());
    fs::remove_file(&file).expect("it can be removed");
    fs::create_dir(&file).expect("it can be made");
    assert!(!spoken(&speech, prompt(PromptId::Goodbye, "es")).is_empty());
    // Emptied while in use, voice and all.
    fs::remove_dir_all(&file).and_then(|()| fs::create_dir(&file)).expect("it can be emptied");
    assert!(!spoken(&speech, prompt(PromptId::Saved, "es")).is_empty());
    drop(speech);
    fs::remove_dir_all(&file).expect("it can be removed");
}

#[test]
fn the_oldest_sentences_go_when_the_folder_is_full() {
    let folder = folder("full");
    let disk = cache::Disk::new(&folder, 100_000);
    for (hours, key) in [(3, "a"), (1, "b"), (2, "c")] {
        disk.store(key, &[1; 16_000]);
        let path = folder.join(format!("{key}.wav"));
        let used = std::time::SystemTime::now() - Duration::from_secs(hours * 3_600);
        fs::File::open(path).and_then(|file| file.set_modified(used)).expect("it can be dated");
    }
    fs::write(folder.join("d.tmp"), "left by a crash").expect("it can be written");
    // Used now: the next oldest goes in its place.
    assert!(disk.load("a").is_some());
    disk.store("e", &[1; 16_000]);
    let disk = cache::Disk::new(&folder, 100_000);
    let kept = ["a", "b", "c", "e"].map(|key| disk.load(key).is_some());
    assert_eq!(kept, [true, true, false, true]);
    assert_eq!(fs::read_dir(&folder).expect("it is there").count(), 3);
    fs::remove_dir_all(&folder).expect("it can be removed");
}

#[test]
fn what_is_fixed_is_prepared_when_nothing_else_is_to_be_said() {
    let folder = folder("warm");
    let speech = Speech::start_with(&folder, Duration::from_millis(1)).expect("it starts");
    let fixed: Vec<Prompt> = fixed_prompts("en").into_iter().take(3).collect();
    speech.warm(&fixed);
    // The thread takes jobs in turn and prepares between them.
    while files(&folder).len() < 3 {
        assert!(!spoken(&speech, prompt(PromptId::Saved, "en")).is_empty());
        std::thread::yield_now();
    }
    drop(speech);
    fs::remove_dir_all(&folder).expect("it can be removed");
}

#[test]
fn too_many_prompts_at_once_are_answered_all_the_same() {
    let folder = folder("flood");
    let speech = Speech::start(&folder).expect("it starts");
    let (reply, replies) = channel();
    for count in 0..1_000 {
        let reply = reply.clone();
        let saved = [("new", Arg::Count(count % 5)), ("saved", Arg::Count(1))];
        speech.render(with(PromptId::YouHaveMessages, "en", &saved), move |samples| {
            assert!(reply.send(samples.len()).is_ok());
        });
    }
    drop(reply);
    let lengths: Vec<usize> = replies.iter().collect();
    assert_eq!(lengths.len(), 1_000);
    assert!(lengths.iter().filter(|length| **length > 0).count() >= WAITING);
    drop(speech);
    fs::remove_dir_all(&folder).expect("it can be removed");
}

#[test]
fn english_in_full() {
    check(
        "en",
        &expect![[r#"
        emergency-unreachable: Your emergency call to one zero zero one could not be connected. Get help another way: use a mobile phone, or go to your neighbors.
        goodbye: Goodbye.
        echo-intro: Echo test. Speak now, and you will hear yourself.
        the-time-is: It is four forty-five p m.
        your-extension-is: Your extension is one zero zero one.
        address-is: The address of this box is one nine two dot, one six eight dot, one dot, one zero.
        version-is: It runs version one zero zero one.
        phones-registered: twenty-one of twenty-one phones are registered.
        default-greeting: Alice Example cannot take your call now.
        default-greeting-of: Extension one zero zero one cannot take your call now.
        record-after-tone: Please leave a message after the tone. When you are done, hang up or press pound.
        message-too-short: Your message was too short.
        review-menu: To keep your message, press one. To listen to it, press two. To record it again, press three.
        message-saved: Your message has been saved.
        mailbox-full: This mailbox is full and cannot take a message.
        enter-mailbox: Enter the mailbox, then press pound.
        enter-pin: Enter your pin, then press pound.
        wrong-pin: That pin is wrong.
        mailbox-locked: There were too many wrong pins. Please try again in fifteen minutes.
        you-have-messages: You have twenty-one new messages and one saved message.
        no-messages: You have no messages.
        message-from-unknown: Message twenty-one, from an unknown caller, yesterday at four forty-five p m.
        message-from-number: Message twenty-one, from one zero zero one, yesterday at four forty-five p m.
        message-from-name: Message twenty-one, from Alice Example, yesterday at four forty-five p m.
        message-menu: To hear the message again, press one. To save it, press two. To delete it, press three. For the next message, press pound.
        saved: Saved.
        deleted: Deleted. To take it back, press the same key again.
        restored: The message is back.
        no-more-messages: There are no more messages.
        no-earlier-messages: There are no earlier messages.
        no-number-to-call: The number of this caller is not known.
        main-menu: For new messages, press one. For saved messages, press two. For your greeting, press three. For your name, press four. To change your pin, press five. To end, press star.
        greeting-menu: To record your greeting, press one. To listen to it, press two. To go back to the standard greeting, press three.
        record-greeting: Record your greeting after the tone, then press pound.
        record-name: Say your name after the tone, then press pound.
        enter-new-pin: Enter your new pin, then press pound.
        repeat-new-pin: Enter your new pin once more, then press pound.
        pins-differ: The two pins are not the same.
        pin-too-easy: That pin is too easy to guess. Please choose another.
        pin-changed: Your pin has been changed.
        invalid-key: That key has no function here.
        not-possible-now: That is not possible now. Please try again later.
        press-zero-for-operator: For the operator, press zero.
    "#]],
    );
}

#[test]
fn german_in_full() {
    check(
        "de",
        &expect![[r#"
        emergency-unreachable: Ihr Notruf an eins null null eins konnte nicht verbunden werden. Holen Sie auf anderem Weg Hilfe: mit einem Handy, oder bei den Nachbarn.
        goodbye: Auf Wiederhören.
        echo-intro: Echotest. Sprechen Sie jetzt, und Sie hören sich selbst.
        the-time-is: Es ist sechzehn Uhr fünfundvierzig.
        your-extension-is: Ihre Nebenstelle ist eins null null eins.
        address-is: Die Adresse dieser Anlage ist eins neun zwei Punkt, eins sechs acht Punkt, eins Punkt, eins null.
        version-is: Es läuft die Version eins null null eins.
        phones-registered: einundzwanzig von einundzwanzig Telefonen sind angemeldet.
        default-greeting: Alice Example kann Ihren Anruf jetzt nicht annehmen.
        default-greeting-of: Die Nebenstelle eins null null eins kann Ihren Anruf jetzt nicht annehmen.
        record-after-tone: Bitte sprechen Sie nach dem Ton. Legen Sie danach auf, oder drücken Sie Raute.
        message-too-short: Ihre Nachricht war zu kurz.
        review-menu: Um Ihre Nachricht zu behalten, drücken Sie eins. Um sie anzuhören, zwei. Um sie neu aufzunehmen, drei.
        message-saved: Ihre Nachricht ist gespeichert.
        mailbox-full: Dieser Anrufbeantworter ist voll und nimmt keine Nachricht mehr an.
        enter-mailbox: Wählen Sie die Nummer des Anrufbeantworters, dann Raute.
        enter-pin: Geben Sie Ihre Geheimzahl ein, dann Raute.
        wrong-pin: Die Geheimzahl ist falsch.
        mailbox-locked: Es gab zu viele falsche Geheimzahlen. Versuchen Sie es in fünfzehn Minuten wieder.
        you-have-messages: Sie haben einundzwanzig neue Nachrichten und eine gespeicherte Nachricht.
        no-messages: Sie haben keine Nachrichten.
        message-from-unknown: Nachricht einundzwanzig, von unbekannt, gestern um sechzehn Uhr fünfundvierzig.
        message-from-number: Nachricht einundzwanzig, von eins null null eins, gestern um sechzehn Uhr fünfundvierzig.
        message-from-name: Nachricht einundzwanzig, von Alice Example, gestern um sechzehn Uhr fünfundvierzig.
        message-menu: Um die Nachricht noch einmal zu hören, drücken Sie eins. Zum Speichern zwei. Zum Löschen drei. Für die nächste Nachricht Raute.
        saved: Gespeichert.
        deleted: Gelöscht. Dieselbe Taste holt sie zurück.
        restored: Die Nachricht ist wieder da.
        no-more-messages: Es gibt keine weiteren Nachrichten.
        no-earlier-messages: Es gibt keine früheren Nachrichten.
        no-number-to-call: Die Nummer dieses Anrufers ist nicht bekannt.
        main-menu: Für neue Nachrichten drücken Sie eins. Für gespeicherte zwei. Für Ihre Begrüßung drei. Für Ihren Namen vier. Für eine neue Geheimzahl fünf. Zum Beenden Stern.
        greeting-menu: Um Ihre Begrüßung aufzunehmen, drücken Sie eins. Um sie anzuhören, zwei. Für die übliche Begrüßung drei.
        record-greeting: Sprechen Sie Ihre Begrüßung nach dem Ton, und drücken Sie dann Raute.
        record-name: Sprechen Sie Ihren Namen nach dem Ton, und drücken Sie dann Raute.
        enter-new-pin: Geben Sie Ihre neue Geheimzahl ein, dann Raute.
        repeat-new-pin: Geben Sie die neue Geheimzahl noch einmal ein, dann Raute.
        pins-differ: Die beiden Geheimzahlen sind nicht gleich.
        pin-too-easy: Diese Geheimzahl ist zu leicht zu erraten. Bitte wählen Sie eine andere.
        pin-changed: Ihre Geheimzahl ist geändert.
        invalid-key: Diese Taste hat hier keine Bedeutung.
        not-possible-now: Das geht jetzt nicht. Bitte versuchen Sie es später wieder.
        press-zero-for-operator: Für die Zentrale drücken Sie null.
    "#]],
    );
}

#[test]
fn spanish_in_full() {
    check(
        "es",
        &expect![[r#"
        emergency-unreachable: No se pudo conectar su llamada de emergencia al uno cero cero uno. Pida ayuda de otra manera: con un teléfono móvil, o a sus vecinos.
        goodbye: Adiós.
        echo-intro: Prueba de eco. Hable ahora, y oirá su propia voz.
        the-time-is: Son las cuatro y cuarenta y cinco de la tarde.
        your-extension-is: Su extensión es uno cero cero uno.
        address-is: La dirección de esta central es uno nueve dos punto, uno seis ocho punto, uno punto, uno cero.
        version-is: La versión es uno cero cero uno.
        phones-registered: Están registrados veintiún teléfonos de veintiuno.
        default-greeting: Alice Example no puede atender su llamada ahora.
        default-greeting-of: La extensión uno cero cero uno no puede atender su llamada ahora.
        record-after-tone: Deje un mensaje después del tono. Al terminar, cuelgue o pulse almohadilla.
        message-too-short: Su mensaje fue demasiado corto.
        review-menu: Para guardar su mensaje, pulse uno. Para escucharlo, pulse dos. Para grabarlo de nuevo, pulse tres.
        message-saved: Su mensaje ha sido guardado.
        mailbox-full: Este buzón está lleno y no admite mensajes.
        enter-mailbox: Marque el número del buzón y pulse almohadilla.
        enter-pin: Marque su clave y pulse almohadilla.
        wrong-pin: La clave no es correcta.
        mailbox-locked: Hubo demasiadas claves incorrectas. Inténtelo de nuevo dentro de quince minutos.
        you-have-messages: Tiene veintiún mensajes nuevos y un mensaje guardado.
        no-messages: No tiene mensajes.
        message-from-unknown: Mensaje veintiuno, de un número desconocido, ayer a las cuatro y cuarenta y cinco de la tarde.
        message-from-number: Mensaje veintiuno, del uno cero cero uno, ayer a las cuatro y cuarenta y cinco de la tarde.
        message-from-name: Mensaje veintiuno, de Alice Example, ayer a las cuatro y cuarenta y cinco de la tarde.
        message-menu: Para oír el mensaje otra vez, pulse uno. Para guardarlo, pulse dos. Para borrarlo, pulse tres. Para el mensaje siguiente, pulse almohadilla.
        saved: Guardado.
        deleted: Borrado. La misma tecla lo recupera.
        restored: El mensaje está de vuelta.
        no-more-messages: No hay más mensajes.
        no-earlier-messages: No hay mensajes anteriores.
        no-number-to-call: No se conoce el número de quien llamó.
        main-menu: Para mensajes nuevos, pulse uno. Para mensajes guardados, pulse dos. Para su saludo, pulse tres. Para su nombre, pulse cuatro. Para cambiar su clave, pulse cinco. Para terminar, pulse asterisco.
        greeting-menu: Para grabar su saludo, pulse uno. Para escucharlo, pulse dos. Para volver al saludo normal, pulse tres.
        record-greeting: Grabe su saludo después del tono y pulse almohadilla.
        record-name: Diga su nombre después del tono y pulse almohadilla.
        enter-new-pin: Marque su clave nueva y pulse almohadilla.
        repeat-new-pin: Marque su clave nueva otra vez y pulse almohadilla.
        pins-differ: Las dos claves no son iguales.
        pin-too-easy: Esa clave es demasiado fácil. Elija otra.
        pin-changed: Su clave ha sido cambiada.
        invalid-key: Esa tecla no tiene función aquí.
        not-possible-now: No es posible ahora. Inténtelo más tarde.
        press-zero-for-operator: Para hablar con la operadora, pulse cero.
    "#]],
    );
}
