//! The machine's own addresses: which there are, and that they change while the daemon runs.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use ::io::open::{address_of_this_machine, way_out};
use ::io::wire::Wire;
use nix::ifaddrs::{InterfaceAddress, getifaddrs};
use nix::net::if_::InterfaceFlags;
use nix::sys::socket::SockaddrStorage;
use pbx::addresses::{Addresses, Own};
use pbx::input::Input;

use crate::inbox::Inbox;

/// How often it is looked whether they are others: a call is silent for no longer. A look costs some 200 us.
const LOOK: Duration = Duration::from_secs(1);

/// The running thread; dropping it ends it.
pub struct Moving {
    _alive: SyncSender<()>,
}

impl Moving {
    /// Tells the engine what there is, before it is told anything else, and from then on what there is instead; `follow` is done then.
    pub fn start(inbox: Arc<Inbox>, wire: Arc<Wire>, follow: impl Fn() + Send + 'static) -> std::io::Result<Moving> {
        let (alive, ended) = sync_channel(0);
        let mut known = found();
        inbox.push(Input::Addresses(known.clone()));
        thread::Builder::new().name("addresses".to_owned()).spawn(move || {
            while ended.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                let now = found();
                if now == known {
                    continue;
                }
                log::info!("this machine is at {} now", words(&now));
                wire.has_addresses(|ip| now.has(ip), || inbox.push(Input::Addresses(now.clone())));
                known = now;
                follow();
            }
        })?;
        Ok(Moving { _alive: alive })
    }
}

/// An address that others can be given for one that is listened on.
pub fn shown(address: SocketAddr) -> SocketAddr {
    match address.ip() {
        ip if !ip.is_unspecified() => address,
        ip => SocketAddr::new(address_of_this_machine(ip.is_ipv6()), address.port()),
    }
}

/// What the interfaces have that are up.
fn found() -> Addresses {
    let mut own: Vec<Own> = getifaddrs().into_iter().flatten().filter_map(|one| of(&one)).collect();
    own.sort_unstable();
    own.dedup();
    Addresses { own, outward: [way_out(false), way_out(true)].into_iter().flatten().collect() }
}

fn of(interface: &InterfaceAddress) -> Option<Own> {
    let ip = ip_of(interface.address.as_ref()?).filter(|_| interface.flags.contains(InterfaceFlags::IFF_UP))?;
    let ones = |mask: IpAddr| match mask {
        IpAddr::V4(mask) => u32::from(mask).leading_ones(),
        IpAddr::V6(mask) => u128::from(mask).leading_ones(),
    };
    // One without a mask is a network of its own.
    let prefix = interface.netmask.as_ref().and_then(ip_of).map_or(128, ones);
    Some(Own { ip, prefix: u8::try_from(prefix).unwrap_or(u8::MAX) })
}

fn ip_of(address: &SockaddrStorage) -> Option<IpAddr> {
    let v4 = address.as_sockaddr_in().map(|v4| IpAddr::V4(v4.ip()));
    v4.or_else(|| address.as_sockaddr_in6().map(|v6| IpAddr::V6(v6.ip())))
}

fn words(addresses: &Addresses) -> String {
    let others = addresses.own.iter().filter(|own| !own.ip.is_loopback()).map(|own| own.ip.to_string());
    let others: Vec<String> = others.collect();
    if others.is_empty() { "no address".to_owned() } else { others.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_has_loopback_with_its_network() {
        let loopback = Own { ip: [127, 0, 0, 1].into(), prefix: 8 };
        let found = found();
        assert!(found.own.contains(&loopback), "{found:?}");
        assert_eq!(found.towards([127, 0, 0, 9].into()), Some([127, 0, 0, 1].into()));
    }
}
