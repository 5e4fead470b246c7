//! The box's own addresses, which come and go: by which of them a neighbour reaches it.

use std::net::{IpAddr, SocketAddr};

use serde::{Deserialize, Serialize};

/// What the machine's interfaces have, as the shell found it last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addresses {
    /// Every address of an interface that is up, loopback's too.
    pub own: Vec<Own>,
    /// Those of them by which the machine leaves its own networks: one of each family that leads anywhere.
    pub outward: Vec<IpAddr>,
}

/// One address of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Own {
    /// The address.
    pub ip: IpAddr,
    /// How many of its leading bits all of its network has.
    pub prefix: u8,
}

impl Own {
    /// Whether this address is of the same network.
    fn is_near(&self, ip: IpAddr) -> bool {
        match (self.ip, ip) {
            (IpAddr::V4(own), IpAddr::V4(ip)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.prefix.min(32))).unwrap_or(0);
                u32::from(own) & mask == u32::from(ip) & mask
            }
            (IpAddr::V6(own), IpAddr::V6(ip)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.prefix.min(128))).unwrap_or(0);
                u128::from(own) & mask == u128::from(ip) & mask
            }
            _ => false,
        }
    }
}

impl Addresses {
    /// Whether the machine has this address.
    pub fn has(&self, ip: IpAddr) -> bool {
        self.own.iter().any(|own| own.ip == ip)
    }

    /// Whether others could reach it at all.
    pub fn is_on_a_network(&self) -> bool {
        self.own.iter().any(|own| !own.ip.is_loopback() && !is_link_local(own.ip))
    }

    /// The address by which whoever is there reaches us: that of the smallest network that both are in, else that which the
    /// machine leaves by. What only this machine reaches is no address for others.
    pub fn towards(&self, remote: IpAddr) -> Option<IpAddr> {
        let near = self.own.iter().filter(|own| own.ip.is_loopback() == remote.is_loopback() && own.is_near(remote));
        let is_outward = |own: &Own| self.outward.contains(&own.ip);
        let nearest = near.max_by_key(|own| (own.ip == remote, own.prefix, is_outward(own), std::cmp::Reverse(own.ip)));
        let outward = || self.outward.iter().copied().find(|ip| ip.is_ipv4() == remote.is_ipv4() && !ip.is_loopback());
        nearest.map(|own| own.ip).or_else(|| outward().filter(|_| !remote.is_loopback()))
    }
}

fn is_link_local(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_unicast_link_local(),
    }
}

/// Where the box listens, on addresses that may come and go.
#[derive(Clone, Debug, Default)]
pub struct Here {
    /// Where SIP is listened on; unspecified: on every address there is.
    listens_on: Vec<SocketAddr>,
    /// What there is; `None` until the shell has said so: then whatever is listened on is there.
    now: Option<Addresses>,
}

impl Here {
    /// A box that listens there, of whose addresses nothing is known yet.
    pub fn new(listens_on: Vec<SocketAddr>) -> Here {
        Here { listens_on, now: None }
    }

    /// Whether the shell has said what there is.
    pub fn is_known(&self) -> bool {
        self.now.is_some()
    }

    /// What there is from here on; false where that is nothing new.
    pub fn becomes(&mut self, addresses: Addresses) -> bool {
        let is_news = self.now.as_ref() != Some(&addresses);
        self.now = Some(addresses);
        is_news
    }

    /// Whether this address is one of ours, as far as is known.
    pub fn has(&self, ip: IpAddr) -> bool {
        !ip.is_unspecified() && self.now.as_ref().is_none_or(|now| now.has(ip))
    }

    /// Whether anybody on a network can reach the box where it listens; one that is for this machine alone need not be.
    pub fn is_reachable(&self) -> bool {
        let Some(now) = &self.now else { return true };
        self.listens_on.iter().any(|door| match door.ip() {
            ip if ip.is_unspecified() => now.is_on_a_network(),
            ip => now.has(ip),
        })
    }

    /// Our end of the way to this address: where its network reaches us, else any of its family that we listen on.
    pub fn towards(&self, remote: SocketAddr) -> Option<SocketAddr> {
        let towards = self.now.as_ref().and_then(|now| now.towards(remote.ip().to_canonical()));
        let fits = self.listens_on.iter().filter(|door| door.is_ipv4() == remote.is_ipv4());
        let doors = fits.filter_map(|door| match door.ip() {
            ip if ip.is_unspecified() => Some(SocketAddr::new(towards?, door.port())),
            ip => self.has(ip).then_some(*door),
        });
        let is_alike = |door: &SocketAddr| door.ip().is_loopback() == remote.ip().is_loopback();
        // Of two that are as good the first counts.
        doors.rev().max_by_key(|door| (is_alike(door), Some(door.ip()) == towards))
    }

    /// Our end of a way that a message came by, where the socket did not say which of our addresses that was.
    pub fn named(&self, local: SocketAddr, remote: SocketAddr) -> SocketAddr {
        if !local.ip().is_unspecified() {
            return local;
        }
        let ip = self.now.as_ref().and_then(|now| now.towards(remote.ip().to_canonical()));
        ip.map_or(local, |ip| SocketAddr::new(ip, local.port()))
    }

    /// Where our end of a way is now that its address is gone; `None` while it is there, or nothing takes its place.
    pub fn instead_of(&self, local: SocketAddr, remote: SocketAddr) -> Option<SocketAddr> {
        if self.has(local.ip()) {
            return None;
        }
        let new = self.towards(remote)?;
        // A door that is open on every address stays where it is, and so does that for TLS, which is none of these.
        let has_moved = self.listens_on.iter().any(|door| door.port() == local.port() && !door.ip().is_unspecified());
        Some(if has_moved { new } else { SocketAddr::new(new.ip(), local.port()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn machine(own: &[&str], outward: &[&str]) -> Addresses {
        let own = own.iter().map(|text| {
            let (ip, prefix) = text.split_once('/').unwrap();
            Own { ip: ip.parse().unwrap(), prefix: prefix.parse().unwrap() }
        });
        Addresses { own: own.collect(), outward: outward.iter().map(|ip| ip.parse().unwrap()).collect() }
    }

    #[test]
    fn each_neighbour_reaches_the_box_by_the_address_of_its_network() {
        let own = ["127.0.0.1/8", "192.168.1.5/24", "192.168.1.130/25", "10.0.0.1/8", "2001:db8::5/64", "fe80::5/64"];
        let machine = machine(&own, &["192.168.1.5", "2001:db8::5"]);
        for (remote, expected) in [
            ("127.0.0.1", Some("127.0.0.1")),
            ("192.168.1.20", Some("192.168.1.5")),
            ("192.168.1.200", Some("192.168.1.130")),
            ("10.9.9.9", Some("10.0.0.1")),
            ("10.0.0.1", Some("10.0.0.1")),
            ("203.0.113.5", Some("192.168.1.5")),
            ("2001:db8::9", Some("2001:db8::5")),
            ("2001:db8:1::9", Some("2001:db8::5")),
            ("fe80::9", Some("fe80::5")),
            ("::1", None),
        ] {
            let towards = machine.towards(remote.parse().unwrap());
            assert_eq!(towards, expected.map(|ip| ip.parse().unwrap()), "{remote}");
        }
    }

    #[test]
    fn loopback_is_no_way_out_and_no_network() {
        let machine = machine(&["127.0.0.1/8", "169.254.3.4/16"], &[]);
        assert_eq!(machine.towards("203.0.113.5".parse().unwrap()), None);
        assert!(!machine.is_on_a_network());
    }

    #[test]
    fn a_way_moves_when_its_address_is_gone_and_only_then() {
        let far: SocketAddr = "203.0.113.5:5060".parse().unwrap();
        let at = |text: &str| text.parse::<SocketAddr>().unwrap();
        let mut here = Here::new(vec![at("0.0.0.0:5060")]);
        assert_eq!(here.towards(far), None, "nothing is known yet");
        assert!(here.becomes(machine(&["192.168.1.5/24"], &["192.168.1.5"])));
        assert_eq!(here.towards(far), Some(at("192.168.1.5:5060")));
        assert!(here.becomes(machine(&["192.168.1.5/24", "10.0.0.1/8"], &["10.0.0.1"])));
        assert_eq!(here.instead_of(at("192.168.1.5:5060"), far), None, "it is still there");
        assert!(here.becomes(machine(&["10.0.0.1/8"], &["10.0.0.1"])));
        assert!(!here.becomes(machine(&["10.0.0.1/8"], &["10.0.0.1"])));
        assert_eq!(here.instead_of(at("192.168.1.5:5060"), far), Some(at("10.0.0.1:5060")));
        assert_eq!(here.instead_of(at("192.168.1.5:5061"), far), Some(at("10.0.0.1:5061")), "TLS has its own port");
        assert!(here.becomes(machine(&["127.0.0.1/8"], &[])));
        assert_eq!(here.instead_of(at("10.0.0.1:5060"), far), None, "nothing takes its place");
        assert!(!here.is_reachable());
    }

    #[test]
    fn a_door_at_one_address_is_there_while_the_address_is() {
        let far: SocketAddr = "203.0.113.5:5060".parse().unwrap();
        let at = |text: &str| text.parse::<SocketAddr>().unwrap();
        let mut here = Here::new(vec![at("127.0.0.1:5060"), at("192.168.1.5:5060"), at("10.0.0.1:5060")]);
        assert_eq!(here.towards(far), Some(at("192.168.1.5:5060")), "the first that is not for this machine alone");
        here.becomes(machine(&["127.0.0.1/8", "192.168.1.5/24", "10.0.0.1/8"], &["10.0.0.1"]));
        assert_eq!(here.towards(far), Some(at("10.0.0.1:5060")));
        assert_eq!(here.towards(at("192.168.1.20:5060")), Some(at("192.168.1.5:5060")));
        assert_eq!(here.towards(at("127.0.0.1:9")), Some(at("127.0.0.1:5060")));
        here.becomes(machine(&["127.0.0.1/8", "10.0.0.1/8"], &["10.0.0.1"]));
        assert_eq!(here.instead_of(at("192.168.1.5:5060"), at("192.168.1.20:5060")), Some(at("10.0.0.1:5060")));
    }
}
