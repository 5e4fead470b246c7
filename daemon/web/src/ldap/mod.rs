//! The directory over LDAP (RFC 4511), for phones that look names up while somebody dials: bind, search, abandon and unbind; nothing
//! can be changed.
//!
//! A phone binds with its SIP user, as it stands or as `cn=USER,...`, and its secret, which crosses the network in clear: so this
//! is served only where an address is given for it. Whoever has not bound sees nothing, and whoever guesses waits.

mod filter;

use std::io;
use std::net::{IpAddr, TcpListener as StdListener};
use std::time::Duration;

use config::{Config, NumberKind};
use futures_util::{SinkExt, StreamExt};
use ldap3_proto::LdapCodec;
use ldap3_proto::proto::{
    LdapBindCred, LdapBindRequest, LdapBindResponse, LdapExtendedResponse, LdapMsg, LdapOp, LdapPartialAttribute,
    LdapResult, LdapResultCode, LdapSearchRequest, LdapSearchResultEntry, LdapSearchScope,
};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::time::timeout;
use tokio_util::codec::Framed;

use crate::api::App;
use crate::book::{self, Entry, Kind};
use crate::guests::{Guests, Room, Seat};
use crate::throttle::Guesser;

/// The longest message that is read, in bytes: a search by a phone has two hundred.
const MESSAGE_MAX: usize = 4 * 1024;

/// How deep a message may be: three levels before a filter, and phones' filters have three.
const DEPTH_MAX: usize = 16;

/// Connections at once: half of what the page takes; a phone has one while it looks somebody up.
const CONNECTIONS: usize = 64;

/// Connections of one address at once.
const CONNECTIONS_OF_ONE: usize = 16;

/// How long a connection may be silent.
const IDLE: Duration = Duration::from_secs(300);

/// For how long a peer may take nothing of an answer.
const STALL: Duration = Duration::from_secs(30);

/// How many entries an answer has at most: nobody reads on, they write another letter.
const ENTRIES_MAX: usize = 200;

/// Below what all entries are; a phone may search below anything.
const BASE: &str = "ou=phonebook";

/// Serves on `runtime` for as long as it lives, and leaves so many descriptors to the calls.
pub(crate) fn serve(app: App, listener: StdListener, descriptors_left: u64, runtime: &Handle) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let _inside = runtime.enter();
    let listener = TcpListener::from_std(listener)?;
    let guests = Guests::new(Room { connections: CONNECTIONS, of_one: CONNECTIONS_OF_ONE, descriptors_left });
    runtime.spawn(async move {
        loop {
            let (stream, _, seat) = guests.next(&listener, "ldap").await;
            tokio::spawn(connection(app.clone(), stream, seat));
        }
    });
    Ok(())
}

async fn connection(app: App, stream: TcpStream, seat: Seat) {
    let mut framed = Framed::new(stream, LdapCodec::new(Some(MESSAGE_MAX), Some(DEPTH_MAX)));
    // Whose phone it is, by its SIP user: looked up anew with each search, so that a removed phone sees nothing more.
    let mut user = None;
    while let Ok(Some(Ok(LdapMsg { msgid, op, .. }))) = timeout(IDLE, framed.next()).await {
        let answers = match op {
            LdapOp::BindRequest(asked) => {
                let (known, result) = bind(&app, seat.ip, &asked);
                user = known;
                vec![LdapOp::BindResponse(LdapBindResponse { res: result, saslcreds: None })]
            }
            LdapOp::SearchRequest(asked) => search(&app.office.config(), user.as_deref(), &asked),
            // Searches are answered before the next message is read: there is nothing to abandon.
            LdapOp::AbandonRequest(_) => continue,
            LdapOp::UnbindRequest => return,
            other => refused(&other),
        };
        for op in answers {
            let message = LdapMsg { msgid, op, ctrl: Vec::new() };
            if !matches!(timeout(STALL, framed.feed(message)).await, Ok(Ok(()))) {
                return;
            }
        }
        if !matches!(timeout(STALL, framed.flush()).await, Ok(Ok(()))) {
            return;
        }
    }
}

fn result(code: LdapResultCode, message: &str) -> LdapResult {
    LdapResult { code, matcheddn: String::new(), message: message.to_owned(), referral: Vec::new() }
}

/// Whose phone it is that binds; nobody's where it binds without a name (RFC 4513 §5.1.1).
fn bind(app: &App, ip: IpAddr, asked: &LdapBindRequest) -> (Option<String>, LdapResult) {
    let LdapBindCred::Simple(secret) = &asked.cred else {
        return (None, result(LdapResultCode::AuthMethodNotSupported, "bind by name and password"));
    };
    if asked.version != 3 {
        return (None, result(LdapResultCode::ProtocolError, "this is LDAP version 3"));
    }
    let user = named(&asked.dn);
    if user.is_empty() && secret.is_empty() {
        return (None, result(LdapResultCode::Success, ""));
    }
    let guessers = [Guesser::source(ip), Guesser::Account(format!("ldap {user}"))];
    if app.throttle.begin(&guessers, app.office.now().since_boot).is_err() {
        return (None, result(LdapResultCode::Busy, "too many wrong tries: try again later"));
    }
    let config = app.office.config();
    let (_, given) = sip::auth::ha1(user, &app.office.store().realm(), secret);
    let is_theirs = config.phone_by_user(user).is_some_and(|phone| is_equal(&phone.ha1.sha256, &given));
    if !is_theirs {
        return (None, result(LdapResultCode::InvalidCredentials, "write the phone's user name and secret"));
    }
    app.throttle.succeeded(&guessers);
    (Some(user.to_owned()), result(LdapResultCode::Success, ""))
}

/// The value of the first part of a name, or a name that has no parts.
fn named(dn: &str) -> &str {
    let first = dn.split(',').next().unwrap_or_default();
    first.split_once('=').map_or(first, |(_, value)| value).trim()
}

/// In a time that does not tell how much of it is equal.
fn is_equal(one: &[u8; 32], other: &[u8; 32]) -> bool {
    one.iter().zip(other).fold(0, |differ, (one, other)| differ | (one ^ other)) == 0
}

fn search(config: &Config, user: Option<&str>, asked: &LdapSearchRequest) -> Vec<LdapOp> {
    let done = |code, message: &str| LdapOp::SearchResultDone(result(code, message));
    let phone = user.and_then(|user| config.phone_by_user(user));
    let Some(phone) = phone else {
        return vec![done(LdapResultCode::InsufficentAccessRights, "bind with the phone's user name and secret first")];
    };
    // What the server is, is nobody's business; and no entry is asked for by its name.
    if asked.scope == LdapSearchScope::Base {
        return vec![done(LdapResultCode::Success, "")];
    }
    let wanted = usize::try_from(asked.sizelimit).unwrap_or(0);
    let most = if wanted == 0 { ENTRIES_MAX } else { wanted.min(ENTRIES_MAX) };
    let entries = book::entries(config, phone.extension.as_str(), "");
    let found = entries.iter().map(attributes).filter(|all| filter::holds(&asked.filter, all));
    let mut found: Vec<_> = found.take(most + 1).collect();
    let is_cut = found.len() > most;
    found.truncate(most);
    let mut answers: Vec<LdapOp> = found.into_iter().map(|all| LdapOp::SearchResultEntry(shown(all, asked))).collect();
    let code = if is_cut { LdapResultCode::SizeLimitExceeded } else { LdapResultCode::Success };
    answers.push(done(code, ""));
    answers
}

/// The attributes of an entry (RFC 4519, RFC 2798), each with its value.
fn attributes(entry: &Entry) -> Vec<(&'static str, String)> {
    let mut all = vec![
        ("objectClass", "inetOrgPerson".to_owned()),
        ("cn", entry.name.clone()),
        ("sn", entry.name.clone()),
        ("displayName", entry.name.clone()),
    ];
    if !entry.of.is_empty() {
        all.push(("o", entry.of.clone()));
    }
    for (kind, number) in &entry.numbers {
        let name = match kind {
            Kind::Extension | Kind::Outside(NumberKind::Work) => "telephoneNumber",
            Kind::Outside(NumberKind::Mobile) => "mobile",
            Kind::Outside(NumberKind::Home) => "homePhone",
        };
        all.push((name, number.clone()));
    }
    all
}

fn shown(all: Vec<(&'static str, String)>, asked: &LdapSearchRequest) -> LdapSearchResultEntry {
    let name = all.iter().find(|(name, _)| *name == "cn").map(|(_, value)| value.as_str()).unwrap_or_default();
    let dn = format!("cn={},{BASE}", escaped(name));
    let is_wanted = |name: &str| {
        asked.attrs.is_empty() || asked.attrs.iter().any(|wanted| wanted == "*" || wanted.eq_ignore_ascii_case(name))
    };
    let wanted = all.into_iter().filter(|(name, _)| is_wanted(name));
    let attribute = |(name, value): (&str, String)| LdapPartialAttribute {
        atype: name.to_owned(),
        vals: if asked.typesonly { Vec::new() } else { vec![value.into_bytes()] },
    };
    LdapSearchResultEntry { dn, attributes: wanted.map(attribute).collect() }
}

/// A value within a name (RFC 4514 §2.4).
fn escaped(value: &str) -> String {
    let mut out = String::new();
    for (place, c) in value.chars().enumerate() {
        let is_special = "\"+,;<>\\=".contains(c) || place == 0 && matches!(c, '#' | ' ');
        if is_special || c == ' ' && place + 1 == value.chars().count() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// What is not done here, each in its own words.
fn refused(op: &LdapOp) -> Vec<LdapOp> {
    let no = || result(LdapResultCode::UnwillingToPerform, "this directory can only be read");
    match op {
        LdapOp::ModifyRequest(_) => vec![LdapOp::ModifyResponse(no())],
        LdapOp::AddRequest(_) => vec![LdapOp::AddResponse(no())],
        LdapOp::DelRequest(_) => vec![LdapOp::DelResponse(no())],
        LdapOp::ModifyDNRequest(_) => vec![LdapOp::ModifyDNResponse(no())],
        LdapOp::CompareRequest(_) => vec![LdapOp::CompareResult(no())],
        LdapOp::ExtendedRequest(_) => {
            let res = result(LdapResultCode::ProtocolError, "no extension is known here");
            vec![LdapOp::ExtendedResponse(LdapExtendedResponse { res, name: None, value: None })]
        }
        _ => Vec::new(),
    }
}
