//! The names outside: each has the addresses that its labels say, first choice first, as in `a203-0-113-5.a203-0-113-6.example`. What
//! is in between may die.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use pbx::input::Answer;

use crate::office::Office;

/// The DNS, and what the shell keeps of its answers.
#[derive(Clone, Debug, Default)]
pub struct Names {
    is_dead: bool,
    known: BTreeMap<(String, Option<u16>), Vec<SocketAddr>>,
}

impl Names {
    /// Where a name leads, as the shell says it.
    pub fn resolve(&mut self, host: &str, port: Option<u16>) -> Answer {
        let key = (host.to_owned(), port);
        if self.is_dead {
            let known = self.known.get(&key);
            return known.map_or(Answer::Failed, |addresses| Answer::KnownAddresses(addresses.clone()));
        }
        let ip = |label: &str| label.strip_prefix('a')?.replace('-', ".").parse::<IpAddr>().ok();
        let addresses = host.split('.').filter_map(ip).map(|ip| SocketAddr::new(ip, port.unwrap_or(5060)));
        let addresses: Vec<SocketAddr> = addresses.collect();
        if !addresses.is_empty() {
            self.known.insert(key, addresses.clone());
        }
        Answer::Addresses(addresses)
    }
}

impl Office {
    /// No name server answers from now on.
    pub fn dns_dies(&self) {
        self.says("the DNS dies");
        self.shared().borrow_mut().names.is_dead = true;
    }

    /// They answer again.
    pub fn dns_returns(&self) {
        self.says("the DNS is back");
        self.shared().borrow_mut().names.is_dead = false;
    }
}
