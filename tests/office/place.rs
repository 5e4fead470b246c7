//! Where the box is on the simulated network: its address, and that it gets another.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use pbx::addresses::{Addresses, Own};

use crate::ladder::Rung;
use crate::office::Office;
use crate::phone::message::{Message, Start};
use crate::world::{BOX, World};

/// Where the box listens: on every address that it has.
pub const ANYWHERE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), BOX.port());

/// The box's place.
#[derive(Clone, Debug)]
pub struct Place {
    /// What it has besides loopback, the first by which it leaves its networks first.
    own: Vec<IpAddr>,
    /// What it had, and has no more.
    gone: BTreeSet<IpAddr>,
}

impl Default for Place {
    fn default() -> Place {
        Place { own: vec![BOX.ip()], gone: BTreeSet::new() }
    }
}

impl Place {
    /// What the shell finds.
    pub fn addresses(&self) -> Addresses {
        let loopback = Own { ip: Ipv4Addr::LOCALHOST.into(), prefix: 8 };
        let own = self.own.iter().map(|ip| Own { ip: *ip, prefix: 24 });
        Addresses {
            own: std::iter::once(loopback).chain(own).collect(),
            outward: self.own.first().copied().into_iter().collect(),
        }
    }

    /// Where who asks for the box by its name finds it.
    pub fn at(&self) -> SocketAddr {
        SocketAddr::new(self.own.first().copied().unwrap_or(BOX.ip()), BOX.port())
    }

    /// Whether what is sent to this address reaches the box.
    pub fn has(&self, ip: IpAddr) -> bool {
        !self.gone.contains(&ip)
    }

    /// Whether a message is sent to where the box is no more: a request to the address in its URI, a response to that in its Via.
    pub fn misses(&self, bytes: &[u8]) -> bool {
        if self.gone.is_empty() {
            return false;
        }
        let Some(message) = Message::read(bytes) else { return false };
        let to = match &message.start {
            Start::Request { uri, .. } => uri.clone(),
            Start::Response { .. } => {
                let via = message.header("Via").unwrap_or_default();
                via.split_whitespace().nth(1).unwrap_or_default().to_owned()
            }
        };
        let host = to.trim_start_matches("sip:").rsplit('@').next().unwrap_or_default();
        let host = host.split([';', '>', ':', ',']).next().unwrap_or_default();
        host.parse().is_ok_and(|ip: IpAddr| !self.has(ip))
    }
}

impl Office {
    /// The box has these addresses from here on, and none that it had before. Phones find it by its name.
    pub fn moves_to(&self, addresses: &[&str]) {
        self.shared().borrow_mut().moves_to(addresses);
    }
}

impl World {
    /// The same. Connections that were made with an address that is gone are cut.
    pub fn moves_to(&mut self, addresses: &[&str]) {
        let now = self.now;
        self.ladder.push(now, Rung::Said(format!("the box is at {addresses:?}")));
        let own: Vec<IpAddr> = addresses.iter().map(|ip| ip.parse().expect("an address")).collect();
        let before = std::mem::replace(&mut self.place.own, own);
        self.place.gone.extend(before.iter().copied());
        let kept = self.place.own.clone();
        self.place.gone.retain(|ip| !kept.contains(ip));
        if !kept.is_empty() {
            let at = self.place.at();
            self.phones.iter_mut().for_each(|ua| ua.server = at);
        }
        let is_one_gone = before.iter().any(|ip| !self.place.has(*ip));
        self.has_addresses(is_one_gone);
    }
}
