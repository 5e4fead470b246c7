//! Documents of busy lamps and how they are counted: RFC 4235, RFC 3863, RFC 4480.

use roxmltree::{Document, Node};
use sip::dialog_info::{DialogInfo, DialogState, DialogTags, Party, WatchedDialog};
use sip::event::{Body, Event, Package};
use sip::message::{HeaderName, Text};
use sip::pidf::{Doing, PresenceInfo};
use sip::stack::MAX_NOTIFY_BODY_BYTES;

use super::header;
use crate::peer::{Office, Phone, reply};

const NAMESPACE: &str = "urn:ietf:params:xml:ns:dialog-info";

fn key() -> Phone {
    let extra = "Event: dialog;include-session-description;sla;id=7\r\nAccept: application/dialog-info+xml\r\n";
    Phone { callee: "102", uri: "sip:102@192.0.2.1".to_owned(), extra: extra.to_owned(), ..Phone::anna() }
}

fn party(name: &str, number: &str) -> Party {
    Party { name: name.to_owned(), uri: format!("sip:{number}@192.0.2.1") }
}

fn ringing(name: &str) -> WatchedDialog {
    let tags =
        DialogTags { call_id: Text::from("a<b>&\"c@d"), local: Text::from("ours"), remote: Text::from("theirs") };
    WatchedDialog {
        id: "17-in".to_owned(),
        is_caller: false,
        state: DialogState::Early,
        name: Some(tags),
        local: party("Workshop", "102"),
        remote: party(name, "101"),
    }
}

fn info(dialogs: Vec<WatchedDialog>) -> DialogInfo {
    DialogInfo { entity: "sip:102@192.0.2.1".to_owned(), idle_id: "102".to_owned(), dialogs }
}

fn text_of(body: &Body) -> String {
    String::from_utf8(body.bytes.to_vec()).expect("UTF-8")
}

fn child<'a>(node: Node<'a, 'a>, name: &str) -> Node<'a, 'a> {
    let mut found = node.children().filter(|child| child.has_tag_name((NAMESPACE, name)));
    let first = found.next().unwrap_or_else(|| panic!("no {name}"));
    assert!(found.next().is_none(), "{name} stands there once");
    first
}

#[test]
fn rfc4235_4_1_1_a_document_says_everything_about_whom_it_was_asked() {
    let body = info(vec![ringing("Front Desk")]).to_body();
    assert_eq!(body.content_type, "application/dialog-info+xml");
    let text = text_of(&body);
    let document = Document::parse(&text).unwrap();
    let root = document.root_element();
    assert!(root.has_tag_name((NAMESPACE, "dialog-info")));
    assert_eq!(root.attribute("state"), Some("full"));
    assert_eq!(root.attribute("entity"), Some("sip:102@192.0.2.1"));
    let dialog = child(root, "dialog");
    assert_eq!((dialog.attribute("id"), dialog.attribute("direction")), (Some("17-in"), Some("recipient")));
    assert_eq!(child(dialog, "state").text(), Some("early"));
}

#[test]
fn rfc4235_4_1_6_both_ends_have_an_identity_and_a_target() {
    let text = text_of(&info(vec![ringing("Front Desk")]).to_body());
    let document = Document::parse(&text).unwrap();
    let dialog = child(document.root_element(), "dialog");
    for (side, name, uri) in [("local", "Workshop", "sip:102@192.0.2.1"), ("remote", "Front Desk", "sip:101@192.0.2.1")]
    {
        let side = child(dialog, side);
        assert_eq!(child(side, "identity").text(), Some(uri));
        assert_eq!(child(side, "identity").attribute("display"), Some(name));
        assert_eq!(child(side, "target").attribute("uri"), Some(uri));
    }
    let nameless = text_of(&info(vec![ringing("")]).to_body());
    let document = Document::parse(&nameless).unwrap();
    let remote = child(child(document.root_element(), "dialog"), "remote");
    assert_eq!(child(remote, "identity").attribute("display"), None);
}

#[test]
fn rfc4235_4_1_2_tags_name_the_call_only_where_it_may_be_taken() {
    let dialogs = vec![ringing("Front Desk"), WatchedDialog { name: None, ..ringing("Front Desk") }];
    let text = text_of(&info(dialogs).to_body());
    let document = Document::parse(&text).unwrap();
    let names = ["call-id", "local-tag", "remote-tag"];
    let said: Vec<_> = document.root_element().children().filter(Node::is_element).collect();
    assert_eq!(names.map(|name| said[0].attribute(name)), [Some("a<b>&\"c@d"), Some("ours"), Some("theirs")]);
    assert_eq!(names.map(|name| said[1].attribute(name)), [None; 3]);
}

#[test]
fn rfc4235_3_7_1_each_state_has_its_word_and_an_idle_one_is_terminated() {
    for (state, word) in
        [(DialogState::Trying, "trying"), (DialogState::Early, "early"), (DialogState::Confirmed, "confirmed")]
    {
        let dialog = WatchedDialog { state, is_caller: true, ..ringing("") };
        let text = text_of(&info(vec![dialog]).to_body());
        let document = Document::parse(&text).unwrap();
        let dialog = child(document.root_element(), "dialog");
        assert_eq!((child(dialog, "state").text(), dialog.attribute("direction")), (Some(word), Some("initiator")));
    }
    let text = text_of(&info(Vec::new()).to_body());
    let document = Document::parse(&text).unwrap();
    let dialog = child(document.root_element(), "dialog");
    assert_eq!((child(dialog, "state").text(), dialog.attribute("id")), (Some("terminated"), Some("102")));
}

#[test]
fn no_name_is_markup() {
    let names = [
        "<dialog id=\"x\"><state>early</state></dialog>",
        "R&D \"quoted\" 'single' </identity>",
        "]]> &amp; <!-- -->",
        "Größe \u{1f4de} ẞ",
        "tab\tnew\nline\r",
        "nul\u{0}bell\u{7}\u{fffe}c1\u{85}",
        "version=\"0\"",
    ];
    for name in names {
        let text = text_of(&info(vec![ringing(name)]).to_body());
        let document = Document::parse(&text).unwrap_or_else(|error| panic!("{name:?}: {error}"));
        let root = document.root_element();
        assert_eq!(root.children().filter(Node::is_element).count(), 1, "{name:?}");
        let shown = child(child(child(root, "dialog"), "remote"), "identity").attribute("display").unwrap().to_owned();
        let spaced = name.replace(['\t', '\n', '\r'], " ");
        let expected: String = spaced.chars().filter(|c| !c.is_control() && *c != '\u{fffe}').collect();
        assert_eq!(shown, expected);
    }
}

#[test]
fn as_many_calls_as_are_shown_with_the_longest_names_fit_into_a_notify() {
    let name = "\"".repeat(config::MAX_NAME);
    let number = "9".repeat(64);
    let mut dialog = ringing(&name);
    (dialog.local, dialog.remote) = (party(&name, &number), party(&name, &number));
    let name = Some(DialogTags { call_id: Text::from("c".repeat(32)), ..dialog.name.clone().unwrap() });
    let dialogs = vec![WatchedDialog { name, ..dialog }; 6];
    let length = info(dialogs).to_body().bytes.len();
    assert!(length < MAX_NOTIFY_BODY_BYTES, "{length}");
}

/// An office in which Anna's phone has a key of 102.
struct Watch {
    office: Office,
    phone: Phone,
    id: sip::event::SubscriptionId,
}

impl Watch {
    fn new() -> Watch {
        let (mut office, mut phone) = (Office::new(), key());
        let subscribing = super::subscribe(&mut office, &mut phone);
        assert_eq!(subscribing.package, Package::Dialog);
        office.sent.clear();
        let body = info(Vec::new()).to_body();
        office.run(|stack, now, out| stack.accept_subscription(now, subscribing.transaction, body, out));
        phone.to_tag = office.last_request("NOTIFY").headers.from().unwrap().tag().unwrap().to_string();
        Watch { office, phone, id: subscribing.subscription }
    }

    fn notify(&mut self, dialogs: Vec<WatchedDialog>) {
        let id = self.id;
        self.office.run(|stack, now, out| stack.notify(now, id, info(dialogs).to_body(), out));
    }

    fn answer(&mut self, status: u16) {
        let bytes = reply(&self.office.last_request("NOTIFY"), status, "", "");
        self.office.receive(self.phone.hop, bytes);
    }

    /// The number of the document in the last NOTIFY.
    fn version(&self) -> u32 {
        let body = self.office.last_request("NOTIFY").body;
        let text = String::from_utf8(body.to_vec()).unwrap();
        let document = Document::parse(&text).unwrap();
        document.root_element().attribute("version").unwrap().parse().unwrap()
    }
}

#[test]
fn rfc4235_4_1_1_documents_are_numbered_from_0_without_a_gap() {
    let mut watch = Watch::new();
    assert_eq!(watch.version(), 0);
    watch.answer(200);
    for version in 1..5 {
        watch.notify(vec![ringing("version=\"0\"")]);
        assert_eq!(watch.version(), version);
        watch.answer(200);
    }
    watch.phone.extra = "Event: dialog;id=7\r\n".to_owned();
    let refresh = watch.phone.request("SUBSCRIBE", "");
    watch.office.receive(watch.phone.hop, &refresh);
    assert_eq!(watch.version(), 5, "a refresh is told the same with a number of its own");
    watch.answer(200);
    let id = watch.id;
    watch.office.run(|stack, now, out| stack.end_subscription(now, id, "noresource", out));
    assert_eq!(watch.version(), 6, "the last one counts too");
}

#[test]
fn a_document_that_was_overtaken_takes_no_number_and_one_told_again_does() {
    let mut watch = Watch::new();
    for _ in 0..3 {
        watch.notify(vec![ringing("")]);
    }
    watch.answer(200);
    assert_eq!(watch.version(), 1);
    watch.answer(500);
    watch.office.sent.clear();
    watch.office.advance_ms(30_000);
    assert_eq!(watch.version(), 2);
    watch.answer(200);
}

#[test]
fn rfc4235_3_2_parameters_of_the_event_are_not_ours_but_for_its_id() {
    let watch = Watch::new();
    assert_eq!(header(&watch.office.last_request("NOTIFY"), HeaderName::Event), "dialog;id=7");
}

#[test]
fn rfc3863_a_presence_is_open_or_closed_with_a_note() {
    for (is_open, doing, basic, activity) in [
        (true, None, "open", "unknown"),
        (true, Some(Doing::OnThePhone), "open", "on-the-phone"),
        (false, Some(Doing::OnThePhone), "closed", "busy"),
        (false, Some(Doing::Busy), "closed", "busy"),
    ] {
        let note = "Im Gespräch <&>".to_owned();
        let entity = "sip:102@192.0.2.1".to_owned();
        let body = PresenceInfo { entity, extension: "102".to_owned(), is_open, doing, note }.to_body();
        assert_eq!(body.content_type, "application/pidf+xml");
        let text = text_of(&body);
        let document = Document::parse(&text).unwrap();
        let root = document.root_element();
        assert!(root.has_tag_name(("urn:ietf:params:xml:ns:pidf", "presence")));
        assert_eq!(root.attribute("entity"), Some("sip:102@192.0.2.1"));
        let find = |name: &str| root.descendants().find(|node| node.tag_name().name() == name);
        assert_eq!(find("basic").and_then(|node| node.text()), Some(basic));
        assert_eq!(find("note").and_then(|node| node.text()), Some("Im Gespräch <&>"));
        assert!(find(activity).is_some(), "{text}");
    }
}

#[test]
fn rfc3856_6_1_a_presence_is_asked_for_by_its_own_package() {
    let extra = "Event: presence\r\nAccept: application/xpidf+xml, application/pidf+xml\r\nExpires: 600\r\n";
    let mut phone = Phone { extra: extra.to_owned(), ..key() };
    let mut office = Office::new();
    let subscribing = super::subscribe(&mut office, &mut phone);
    assert_eq!((subscribing.package, subscribing.expires_s), (Package::Presence, 600));
    assert!(!matches!(office.events.last(), Some(Event::Unsubscribed { .. })));
}
