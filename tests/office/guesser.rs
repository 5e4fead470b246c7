//! Somebody on the internet who tries passwords: real digests over the box's own nonces, none of them right.

use std::net::SocketAddr;

use bytes::Bytes;
use sip::transport::{Hop, Packet, Transport};

use crate::dice::Dice;
use crate::phone::message::Message;
use crate::place::ANYWHERE;
use crate::text::REALM;
use crate::world::BOX;

/// Whoever guesses.
#[derive(Clone, Debug)]
pub struct Guesser {
    /// Where from.
    pub address: SocketAddr,
    /// How many passwords were tried.
    pub tries: u64,
    nonce: String,
}

impl Default for Guesser {
    fn default() -> Guesser {
        Guesser { address: ([198, 51, 100, 66], 5060).into(), tries: 0, nonce: String::new() }
    }
}

impl Guesser {
    /// The box says something to it: a challenge is what it waits for.
    pub fn hears(&mut self, bytes: &[u8]) {
        let challenge = Message::read(bytes).and_then(|message| message.header("WWW-Authenticate").map(str::to_owned));
        let nonce = challenge.as_deref().and_then(|value| {
            value.split(',').find_map(|field| field.trim().trim_start_matches("Digest ").strip_prefix("nonce="))
        });
        if let Some(nonce) = nonce {
            self.nonce = nonce.trim_matches('"').to_owned();
        }
    }

    /// Its next try for this user; without a nonce yet, what brings one.
    pub fn says(&mut self, user: &str, dice: &mut Dice) -> Packet {
        self.tries += 1;
        let (address, tries) = (self.address, self.tries);
        let response: String = (0..4).map(|_| format!("{:08x}", dice.below(1 << 32))).collect();
        let digest = format!(
            "Authorization: Digest username=\"{user}\", realm=\"{REALM}\", nonce=\"{}\", uri=\"sip:{BOX}\", \
             response=\"{response}\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"c\"\r\n",
            self.nonce
        );
        let digest = if self.nonce.is_empty() { String::new() } else { digest };
        let text = format!(
            "REGISTER sip:{BOX} SIP/2.0\r\nVia: SIP/2.0/UDP {address};branch=z9hG4bKguess{tries};rport\r\n\
             Max-Forwards: 70\r\nFrom: <sip:{user}@{BOX}>;tag=g{tries}\r\nTo: <sip:{user}@{BOX}>\r\n\
             Call-ID: guess-{tries}\r\nCSeq: {tries} REGISTER\r\nContact: <sip:{user}@{address}>\r\n{digest}\
             Content-Length: 0\r\n\r\n"
        );
        let hop = Hop { transport: Transport::Udp, local: ANYWHERE, remote: address, flow: None, proof: None };
        Packet { hop, bytes: Bytes::from(text) }
    }
}
