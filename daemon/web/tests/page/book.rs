//! The directory on phones: for those of the office alone, each as its owner sees it.

use serde_json::json;
use sip::auth::{ClientRequest, answer_challenge};

use crate::house::{ADMIN, Answer, Browser, PASSWORD, Page, USER};

/// What a phone has to be set up with.
struct Phone {
    user: String,
    secret: String,
}

fn phone_of(admin: &mut Browser<'_>, id: u32) -> Phone {
    let person = admin.get(&format!("/api/people/{id}")).json();
    let phone = &person["phones"][0]["id"];
    let made = admin.post(&format!("/api/people/{id}/phones/{phone}/secret"), json!({})).json();
    let text = |field: &str| made["credentials"][0][field].as_str().unwrap().to_owned();
    Phone { user: text("user"), secret: text("secret") }
}

fn challenges(answer: &Answer) -> Vec<&str> {
    let lines = answer.head.lines().filter_map(|line| line.split_once(": "));
    lines.filter(|(name, _)| name.eq_ignore_ascii_case("www-authenticate")).map(|(_, value)| value).collect()
}

/// As a phone fetches it: unproven, then with the digest that it was asked for.
fn fetch(page: &Page, path: &str, phone: &Phone) -> Answer {
    let mut browser = Browser::of(page);
    let refused = browser.get(path);
    assert_eq!(refused.status, 401, "{refused:?}");
    browser.send("GET", path, &[("Authorization", &digest(&refused, path, phone))], None)
}

fn digest(refused: &Answer, path: &str, phone: &Phone) -> String {
    let (method, cnonce, nc) = ("GET", "c1", 1);
    let request = ClientRequest { method, uri: path, user: &phone.user, secret: &phone.secret, cnonce, nc };
    let challenges = challenges(refused);
    assert_eq!(challenges.len(), 2, "{refused:?}");
    answer_challenge(challenges.iter().map(|challenge| challenge.as_bytes()), &request).unwrap()
}

fn text(answer: Answer) -> String {
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/xml; charset=utf-8")), "{answer:?}");
    String::from_utf8(answer.body).unwrap()
}

#[test]
fn a_phone_reads_the_people_its_owners_contacts_and_the_phonebook() {
    let page = Page::new();
    let (mut admin, mut user) = (page.browser(ADMIN, PASSWORD), page.browser(USER, PASSWORD));
    let contact = |name: &str| json!({ "name": name, "work": "030 1234567" });
    assert_eq!(admin.post("/api/contacts/office", contact("Bakery & Sons")).status, 200);
    assert_eq!(user.post("/api/contacts/own", contact("Dentist")).status, 200);
    let (desk, workshop) = (phone_of(&mut admin, 1), phone_of(&mut admin, 2));
    for maker in ["yealink", "snom", "grandstream", "cisco", "polycom"] {
        let path = format!("/phonebook/{maker}.xml");
        let (of_desk, of_workshop) = (text(fetch(&page, &path, &desk)), text(fetch(&page, &path, &workshop)));
        for all in [&of_desk, &of_workshop] {
            assert!(
                all.contains("Bakery &amp; Sons") && all.contains("Front Desk") && all.contains("0301234567"),
                "{all}"
            );
        }
        assert_eq!((of_desk.contains("Dentist"), of_workshop.contains("Dentist")), (false, true), "{maker}");
    }
    let found = text(fetch(&page, "/phonebook/yealink.xml?q=bak", &desk));
    assert_eq!(found.matches("<DirectoryEntry>").count(), 1, "{found}");
    assert_eq!(fetch(&page, "/phonebook/unknown.xml", &desk).status, 404);
    // Who is not listed is not on phones either.
    let hall = admin.get("/api/people/3");
    let unlisted = json!({ "name": "Hall", "extension": "103", "listed": false });
    assert_eq!(admin.send("PUT", "/api/people/3", &[("If-Match", &hall.etag())], Some(unlisted)).status, 200);
    assert!(!text(fetch(&page, "/phonebook/snom.xml", &desk)).contains("Hall"));
}

#[test]
fn strangers_and_people_at_browsers_get_no_book() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let desk = phone_of(&mut admin, 1);
    let path = "/phonebook/yealink.xml";
    assert_eq!(admin.get(path).status, 401, "a login session is none of a phone");
    let wrong = Phone { user: desk.user.clone(), secret: "guessed".to_owned() };
    let nobody = Phone { user: "u999".to_owned(), secret: desk.secret.clone() };
    for phone in [&wrong, &nobody] {
        let answer = fetch(&page, path, phone);
        assert_eq!(answer.status, 401, "{answer:?}");
        assert!(!String::from_utf8_lossy(&answer.body).contains("Front Desk"));
    }
    // What was heard once proves nothing, nor does what was meant for another address.
    let mut browser = Browser::of(&page);
    let proof = digest(&browser.get(path), path, &desk);
    assert_eq!(browser.send("GET", path, &[("Authorization", &proof)], None).status, 200);
    assert_eq!(browser.send("GET", path, &[("Authorization", &proof)], None).status, 401);
    let elsewhere = browser.send("GET", "/phonebook/snom.xml", &[("Authorization", &proof)], None);
    assert_eq!(elsewhere.status, 400, "{elsewhere:?}");
    // Whoever guesses is not looked at for a while, even with the right one, and nobody can tell.
    for _ in 0..40 {
        fetch(&page, path, &wrong);
    }
    assert_eq!(fetch(&page, path, &desk).status, 401);
    page.wait(std::time::Duration::from_secs(3600));
    assert_eq!(fetch(&page, path, &desk).status, 200);
}
