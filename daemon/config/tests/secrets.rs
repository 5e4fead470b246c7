//! Which secrets and PINs are refused, and with which reason.

use config::{Owner, WeakPassword, WeakPin, WeakSecret, weak_password, weak_pin, weak_secret};

#[test]
fn secrets_are_judged() {
    let owner = Owner { user: "deskuser", extension: "1001", person: "Front Desk", phone: "1001a" };
    for (secret, expected) in [
        ("kT7-example-Zq", Ok(())),
        ("Vf9mQx2LrT8s", Ok(())),
        ("password-Kx83mw", Ok(())),
        ("kT7-Zq", Err(WeakSecret::TooShort)),
        ("", Err(WeakSecret::TooShort)),
        (&"aB3$xY7!".repeat(9) as &str, Err(WeakSecret::TooLong)),
        ("kT7 example Zq", Err(WeakSecret::BadCharacter)),
        ("kT7-exämple-Zq", Err(WeakSecret::BadCharacter)),
        ("xx-DeskUser-93", Err(WeakSecret::ContainsUser)),
        ("kT7-1001-ZqQxP", Err(WeakSecret::ContainsExtension)),
        ("FrontDesk-7-Zq", Err(WeakSecret::ContainsName)),
        ("my-FRONT-8-xqz", Err(WeakSecret::ContainsName)),
        ("aaaaaaaaaaaa", Err(WeakSecret::Repeat)),
        ("abcxyzabcxyz", Err(WeakSecret::Repeat)),
        ("0123456789", Err(WeakSecret::Sequence)),
        ("9876543210", Err(WeakSecret::Sequence)),
        ("345678901234", Err(WeakSecret::Sequence)),
        ("qwertyuiop", Err(WeakSecret::Sequence)),
        ("ABCDEFGHIJKL", Err(WeakSecret::Sequence)),
        ("password123", Err(WeakSecret::Common)),
        ("Asterisk2024", Err(WeakSecret::Common)),
        ("ChangeMe1!", Err(WeakSecret::Common)),
        ("xyxxyyxyxxyx", Err(WeakSecret::TooFewDistinct)),
    ] {
        assert_eq!(weak_secret(secret, owner), expected, "{secret}");
    }
}

#[test]
fn an_owner_without_names_forbids_nothing() {
    assert_eq!(weak_secret("Vf9mQx2LrT8s", Owner::default()), Ok(()));
}

#[test]
fn pins_are_judged() {
    for (pin, extension, expected) in [
        ("739116", "1001", Ok(())),
        ("7391", "", Ok(())),
        ("1026", "10", Ok(())),
        ("739", "1001", Err(WeakPin::NotDigits)),
        ("73911673911", "1001", Err(WeakPin::NotDigits)),
        ("73a1", "1001", Err(WeakPin::NotDigits)),
        ("", "", Err(WeakPin::NotDigits)),
        ("1001", "1001", Err(WeakPin::IsExtension)),
        ("731001", "1001", Err(WeakPin::IsExtension)),
        ("10011001", "1001", Err(WeakPin::IsExtension)),
        ("2323", "23", Err(WeakPin::IsExtension)),
        ("0000", "1001", Err(WeakPin::Repeat)),
        ("7171", "1001", Err(WeakPin::Repeat)),
        ("123123", "1001", Err(WeakPin::Repeat)),
        ("1234", "1001", Err(WeakPin::Sequence)),
        ("8901", "1001", Err(WeakPin::Sequence)),
        ("4321", "1001", Err(WeakPin::Sequence)),
        ("210987", "1001", Err(WeakPin::Sequence)),
        ("1234567890", "1001", Err(WeakPin::Sequence)),
    ] {
        assert_eq!(weak_pin(pin, extension), expected, "{pin} of {extension}");
    }
}

#[test]
fn every_reason_says_what_to_do() {
    for reason in [WeakSecret::TooShort.to_string(), WeakSecret::Common.to_string()] {
        assert!(reason.contains(": use "), "{reason}");
    }
}

#[test]
fn passwords_that_are_guessed_first_are_refused() {
    let owner = ["Front Desk", "desk.office@example.com", "101"];
    for (password, expected) in [
        ("a lantern in the fog", Ok(())),
        ("correct horse battery staple", Ok(())),
        ("kurz!7xZ", Err(WeakPassword::TooShort)),
        ("password1234", Err(WeakPassword::Common)),
        ("Willkommen2026", Err(WeakPassword::Common)),
        ("abcdefghijkl", Err(WeakPassword::Sequence)),
        ("xyzabxyzabxyzab", Err(WeakPassword::Repeat)),
        ("aaabbbaaabab", Err(WeakPassword::TooFewDistinct)),
        ("my desk is 7 feet", Err(WeakPassword::ContainsOwner)),
        ("theOFFICEof2026!", Err(WeakPassword::ContainsOwner)),
    ] {
        assert_eq!(weak_password(password, &owner), expected, "{password}");
    }
    assert_eq!(weak_password(&"long and varied ".repeat(20), &[]), Err(WeakPassword::TooLong));
}
