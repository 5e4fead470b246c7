//! The directory over LDAP, as phones ask it, and as nobody should.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use bytes::BytesMut;
use ldap3_proto::proto::{
    LdapBindCred, LdapBindRequest, LdapDerefAliases, LdapMsg, LdapOp, LdapResultCode, LdapSearchRequest,
    LdapSearchScope,
};
use ldap3_proto::{LdapCodec, parse_ldap_filter_str};
use serde_json::json;
use tokio_util::codec::{Decoder, Encoder};

use crate::house::{ADMIN, BOUND, Browser, PASSWORD, Page};

struct Phone {
    stream: TcpStream,
    codec: LdapCodec,
    read: BytesMut,
    next: i32,
}

impl Phone {
    fn at(address: SocketAddr) -> Phone {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(BOUND)).unwrap();
        Phone { stream, codec: LdapCodec::default(), read: BytesMut::new(), next: 1 }
    }

    fn asks(&mut self, op: LdapOp) {
        let mut bytes = BytesMut::new();
        self.codec.encode(LdapMsg { msgid: self.next, op, ctrl: Vec::new() }, &mut bytes).unwrap();
        self.stream.write_all(&bytes).unwrap();
        self.next += 1;
    }

    /// The next answer; `None` where the other side has closed.
    fn hears(&mut self) -> Option<LdapOp> {
        loop {
            if let Some(message) = self.codec.decode(&mut self.read).unwrap() {
                assert_eq!(message.msgid, self.next - 1);
                return Some(message.op);
            }
            let mut bytes = [0; 4096];
            match self.stream.read(&mut bytes) {
                Ok(0) | Err(_) => return None,
                Ok(count) => self.read.extend_from_slice(&bytes[..count]),
            }
        }
    }

    fn binds(&mut self, dn: &str, secret: &str) -> LdapResultCode {
        let cred = LdapBindCred::Simple(secret.to_owned());
        self.asks(LdapOp::BindRequest(LdapBindRequest { version: 3, dn: dn.to_owned(), cred }));
        match self.hears() {
            Some(LdapOp::BindResponse(answer)) => answer.res.code,
            other => panic!("{other:?}"),
        }
    }

    /// The names of those who are found, and how the answer ends.
    fn finds(&mut self, filter: &str, sizelimit: i32) -> (Vec<String>, LdapResultCode) {
        self.asks(LdapOp::SearchRequest(LdapSearchRequest {
            base: "dc=anything".to_owned(),
            scope: LdapSearchScope::Subtree,
            aliases: LdapDerefAliases::Never,
            sizelimit,
            timelimit: 0,
            typesonly: false,
            filter: parse_ldap_filter_str(filter).unwrap(),
            attrs: vec!["cn".to_owned(), "telephoneNumber".to_owned()],
        }));
        let mut found = Vec::new();
        loop {
            match self.hears() {
                Some(LdapOp::SearchResultEntry(entry)) => found.push(entry.dn),
                Some(LdapOp::SearchResultDone(done)) => return (found, done.code),
                other => panic!("{other:?}"),
            }
        }
    }
}

fn credentials(admin: &mut Browser<'_>, id: u32) -> (String, String) {
    let person = admin.get(&format!("/api/people/{id}")).json();
    let phone = &person["phones"][0]["id"];
    let made = admin.post(&format!("/api/people/{id}/phones/{phone}/secret"), json!({})).json();
    let text = |field: &str| made["credentials"][0][field].as_str().unwrap().to_owned();
    (text("user"), text("secret"))
}

#[test]
fn a_phone_that_binds_finds_people_and_contacts() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let contact = json!({ "name": "Bakery, the old", "work": "030 1234567" });
    assert_eq!(admin.post("/api/contacts/office", contact).status, 200);
    let (user, secret) = credentials(&mut admin, 1);
    let mut phone = Phone::at(page.ldap());
    assert_eq!(phone.finds("(cn=*)", 0), (Vec::new(), LdapResultCode::InsufficentAccessRights));
    assert_eq!(phone.binds("", ""), LdapResultCode::Success);
    assert_eq!(phone.finds("(cn=*)", 0).1, LdapResultCode::InsufficentAccessRights, "who is nobody sees nothing");
    assert_eq!(phone.binds(&format!("cn={user},dc=office"), &secret), LdapResultCode::Success);
    let bakery = "cn=Bakery\\, the old,ou=phonebook".to_owned();
    assert_eq!(phone.finds("(|(cn=bak*)(telephoneNumber=bak*))", 0), (vec![bakery.clone()], LdapResultCode::Success));
    assert_eq!(phone.finds("(telephoneNumber=*0301234*)", 0).0, [bakery]);
    let (all, code) = phone.finds("(objectClass=*)", 0);
    assert_eq!((all.len(), code), (4, LdapResultCode::Success), "{all:?}");
    assert_eq!(phone.finds("(cn=*)", 2).1, LdapResultCode::SizeLimitExceeded);
    phone.asks(LdapOp::DelRequest("cn=Hall,ou=phonebook".to_owned()));
    assert!(matches!(phone.hears(), Some(LdapOp::DelResponse(no)) if no.code == LdapResultCode::UnwillingToPerform));
    // The phone is removed: its next search finds nothing any more.
    let person = admin.get("/api/people/1");
    let path = format!("/api/people/1/phones/{}", person.json()["phones"][0]["id"]);
    assert_eq!(admin.send("DELETE", &path, &[("If-Match", &person.etag())], None).status, 200);
    assert_eq!(phone.finds("(cn=*)", 0).1, LdapResultCode::InsufficentAccessRights);
    phone.asks(LdapOp::UnbindRequest);
    assert!(phone.hears().is_none());
}

#[test]
fn who_guesses_waits_and_who_sends_nonsense_is_hung_up_on() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let (user, secret) = credentials(&mut admin, 1);
    let address = page.ldap();
    for bytes in [
        b"GET / HTTP/1.1\r\n\r\n".repeat(1_000),
        // As deep as it is long, and longer than any message.
        b"\x30\x80".repeat(20_000),
        [b"\x30\x84\x7f\xff\xff\xff".to_vec(), vec![0; 20_000]].concat(),
    ] {
        let mut stranger = Phone::at(address);
        let _ = stranger.stream.write_all(&bytes);
        let mut left = Vec::new();
        let _ = stranger.stream.read_to_end(&mut left);
        assert!(left.is_empty(), "{left:?}");
    }
    let mut phone = Phone::at(address);
    for _ in 0..5 {
        assert_eq!(phone.binds(&user, "guessed"), LdapResultCode::InvalidCredentials);
    }
    assert_eq!(phone.binds(&user, &secret), LdapResultCode::Busy, "even with the right one");
    page.wait(std::time::Duration::from_secs(3600));
    assert_eq!(phone.binds(&user, &secret), LdapResultCode::Success);
    // One address has so many connections and no more.
    let crowd: Vec<TcpStream> = (0..40).map(|_| TcpStream::connect(address).unwrap()).collect();
    let mut one_more = Phone::at(address);
    one_more.asks(LdapOp::DelRequest("cn=Hall".to_owned()));
    assert!(one_more.hears().is_none(), "it is not even refused");
    drop(crowd);
    assert_eq!(phone.finds("(cn=*)", 0).1, LdapResultCode::Success, "who is connected stays so");
}
