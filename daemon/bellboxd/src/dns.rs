//! Questions to the DNS that the system's resolver cannot be asked: where the SIP servers of a domain are, in their order
//! (RFC 3263 §4.1 and §4.2; RFC 2782, RFC 3403). Only read: nothing that comes back is believed longer than it is used.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::time::{Duration, Instant};

/// How long a name server may take; every one is asked twice, as packets get lost.
const PATIENCE: Duration = Duration::from_secs(1);
const TRIES: usize = 2;

/// How many name servers are asked: as many as resolv.conf(5) allows.
const SERVERS: usize = 3;

/// The longest answer: what we say by EDNS that we take (RFC 6891 §6.2.5). What is cut off at that is used as far as it goes.
const LONGEST: usize = 4_096;

/// Records of one answer that are looked at: more than any domain has of SIP servers.
const RECORDS: usize = 64;

/// Jumps within one name, so that a name which leads to itself ends (RFC 1035 §4.1.4).
const JUMPS: usize = 16;

/// The longest name in its dotted form (RFC 1035 §2.3.4).
const NAME: usize = 253;

const PORT: u16 = 53;
const SRV: u16 = 33;
const NAPTR: u16 = 35;
const OPT: u16 = 41;
const INTERNET: u16 = 1;

/// Where a domain's servers are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// These hosts with their ports, best first.
    Servers(Vec<(String, u16)>),
    /// There are none: the name itself is the server (RFC 3263 §4.2).
    None,
    /// Nobody answered, and nothing is known.
    Silence,
}

/// A server of a domain (RFC 2782).
#[derive(Clone, Debug, PartialEq, Eq)]
struct Server {
    priority: u16,
    weight: u16,
    port: u16,
    target: String,
}

/// Looks up a domain's servers for a transport, with the system's name servers. Takes as long as the DNS takes.
pub fn servers(domain: &str, is_tcp: bool) -> Found {
    let text = fs::read_to_string("/etc/resolv.conf").unwrap_or_default();
    servers_from(&name_servers(&text), domain, is_tcp, random)
}

/// The addresses after `nameserver` (resolv.conf(5)); without any it is this machine.
fn name_servers(text: &str) -> Vec<SocketAddr> {
    let words = text.lines().filter_map(|line| line.trim().strip_prefix("nameserver"));
    let addresses = words.filter_map(|rest| rest.trim().parse::<IpAddr>().ok()).map(|ip| SocketAddr::new(ip, PORT));
    let mut servers: Vec<SocketAddr> = addresses.take(SERVERS).collect();
    if servers.is_empty() {
        servers.push(SocketAddr::from((Ipv4Addr::LOCALHOST, PORT)));
    }
    servers
}

fn servers_from(dns: &[SocketAddr], domain: &str, is_tcp: bool, random: impl FnMut(u32) -> u32) -> Found {
    let (service, usual) = if is_tcp { ("SIP+D2T", "_sip._tcp.") } else { ("SIP+D2U", "_sip._udp.") };
    // The transport is the trunk's: of NAPTR only the name of its servers is of interest (RFC 3263 §4.1). Routers at home
    // swallow questions for it; those for SRV they answer.
    let named = ask(dns, domain, NAPTR).and_then(|answer| replacement(&answer, service));
    let name = named.unwrap_or_else(|| format!("{usual}{domain}"));
    let Some(answer) = ask(dns, &name, SRV) else { return Found::Silence };
    let found = read(&answer, SRV, server).unwrap_or_default();
    // A target of "." says that there is no such service (RFC 2782): then the name has to do.
    let found: Vec<Server> = found.into_iter().filter(|server| !server.target.is_empty()).collect();
    if found.is_empty() {
        return Found::None;
    }
    Found::Servers(ordered(found, random).into_iter().map(|server| (server.target, server.port)).collect())
}

/// By priority, and among equals by chance according to their weight (RFC 2782).
fn ordered(mut servers: Vec<Server>, mut random: impl FnMut(u32) -> u32) -> Vec<Server> {
    // Those without weight first: they have a very small chance then.
    servers.sort_by_key(|server| (server.priority, server.weight > 0));
    let mut order = Vec::with_capacity(servers.len());
    while let Some(priority) = servers.first().map(|server| server.priority) {
        let equals = servers.iter().take_while(|server| server.priority == priority);
        let sum: u32 = equals.map(|server| u32::from(server.weight)).sum();
        let mut left = random(sum.saturating_add(1));
        let chosen = servers.iter().position(|server| {
            let weight = u32::from(server.weight);
            let is_it = left <= weight;
            left = left.saturating_sub(weight);
            is_it
        });
        order.push(servers.remove(chosen.unwrap_or_default()));
    }
    order
}

/// A number below this one.
fn random(below: u32) -> u32 {
    let mut bytes = [0; 4];
    // Without randomness the first is taken: worse spread, and as good.
    let number = getrandom::fill(&mut bytes).map_or(0, |()| u32::from_be_bytes(bytes));
    number.checked_rem(below).unwrap_or_default()
}

/// Asks until somebody answers; `None` where nobody does, or nobody knows.
fn ask(dns: &[SocketAddr], name: &str, kind: u16) -> Option<Vec<u8>> {
    let mut id = [0; 2];
    getrandom::fill(&mut id).ok()?;
    let question = question(id, name, kind)?;
    (0..TRIES).flat_map(|_| dns).find_map(|server| ask_one(*server, &question))
}

fn ask_one(server: SocketAddr, question: &[u8]) -> Option<Vec<u8>> {
    let own: IpAddr = if server.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    // A port of its own for each question, and only this server is heard.
    let socket = UdpSocket::bind((own, 0)).ok()?;
    socket.connect(server).ok()?;
    socket.send(question).ok()?;
    let deadline = Instant::now() + PATIENCE;
    let mut answer = vec![0; LONGEST];
    loop {
        let left = deadline.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())?;
        socket.set_read_timeout(Some(left)).ok()?;
        let length = socket.recv(&mut answer).ok()?;
        let said = answer.get(..length)?;
        if !is_answer(said, question) {
            continue;
        }
        // No error, or no such name; whoever fails or refuses leaves it to the next.
        return matches!(said.get(3)? & 0x0f, 0 | 3).then(|| said.to_vec());
    }
}

/// Whether this is an answer to that question: same number, same words, in whatever case.
fn is_answer(answer: &[u8], question: &[u8]) -> bool {
    let is_response = answer.get(2).is_some_and(|flags| flags & 0x80 != 0);
    // Without the record of EDNS at the end, which has 11 bytes.
    let words = question.len().saturating_sub(11);
    let (Some(ours), Some(theirs)) = (question.get(12..words), answer.get(12..words)) else { return false };
    is_response && answer.get(..2) == question.get(..2) && ours.eq_ignore_ascii_case(theirs)
}

/// A question with recursion wanted and room for a long answer.
fn question(id: [u8; 2], name: &str, kind: u16) -> Option<Vec<u8>> {
    let mut bytes = vec![id[0], id[1], 1, 0, 0, 1, 0, 0, 0, 0, 0, 1];
    let name = name.trim_end_matches('.');
    if name.is_empty() || name.len() > NAME {
        return None;
    }
    for label in name.split('.') {
        let length = u8::try_from(label.len()).ok().filter(|length| (1..=63).contains(length))?;
        bytes.push(length);
        bytes.extend(label.as_bytes());
    }
    bytes.push(0);
    bytes.extend([kind.to_be_bytes(), INTERNET.to_be_bytes()].concat());
    bytes.push(0);
    bytes.extend([OPT.to_be_bytes(), u16::try_from(LONGEST).unwrap_or(u16::MAX).to_be_bytes()].concat());
    bytes.extend([0; 6]);
    Some(bytes)
}

/// Each record of this kind in an answer, as far as it can be read. `None` where its head cannot.
fn read<T>(answer: &[u8], kind: u16, mut each: impl FnMut(&[u8], usize) -> Option<T>) -> Option<Vec<T>> {
    let count = usize::from(number(answer, 6)?);
    let mut at = 12;
    for _ in 0..number(answer, 4)? {
        at = name(answer, at)?.1 + 4;
    }
    let mut found = Vec::new();
    for _ in 0..count.min(RECORDS) {
        let Some((_, after)) = name(answer, at) else { break };
        let (Some(its), Some(length)) = (number(answer, after), number(answer, after + 8)) else { break };
        let data = after + 10;
        let end = data + usize::from(length);
        if answer.len() < end {
            break;
        }
        // The whole answer: names in it may lead to what stands before.
        found.extend((its == kind).then(|| each(answer, data)).flatten());
        at = end;
    }
    Some(found)
}

fn server(answer: &[u8], at: usize) -> Option<Server> {
    let (target, _) = name(answer, at + 6)?;
    Some(Server {
        priority: number(answer, at)?,
        weight: number(answer, at + 2)?,
        port: number(answer, at + 4)?,
        target,
    })
}

/// The name of the servers of this service, by the best of the records that lead to SRV (RFC 3403 §4.1).
fn replacement(answer: &[u8], service: &str) -> Option<String> {
    let records = read(answer, NAPTR, |answer, at| {
        let (order, preference) = (number(answer, at)?, number(answer, at + 2)?);
        let (flags, at) = text(answer, at + 4)?;
        let (its, at) = text(answer, at)?;
        let (_, at) = text(answer, at)?;
        let (replacement, _) = name(answer, at)?;
        let is_it = flags.eq_ignore_ascii_case("s") && its.eq_ignore_ascii_case(service) && !replacement.is_empty();
        is_it.then_some((order, preference, replacement))
    });
    records?.into_iter().min().map(|(_, _, replacement)| replacement)
}

fn number(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]))
}

fn text(bytes: &[u8], at: usize) -> Option<(String, usize)> {
    let length = usize::from(*bytes.get(at)?);
    let end = at + 1 + length;
    Some((String::from_utf8_lossy(bytes.get(at + 1..end)?).into_owned(), end))
}

/// A name in its dotted form, and where it ends.
fn name(bytes: &[u8], mut at: usize) -> Option<(String, usize)> {
    let (mut name, mut end, mut jumps) = (String::new(), None, 0);
    loop {
        let length = usize::from(*bytes.get(at)?);
        match length {
            0 => return Some((name, end.unwrap_or(at + 1))),
            1..=63 => {
                let label = std::str::from_utf8(bytes.get(at + 1..at + 1 + length)?).ok()?;
                let is_plain = label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
                if !is_plain || name.len() + length >= NAME {
                    return None;
                }
                if !name.is_empty() {
                    name.push('.');
                }
                name.push_str(&label.to_ascii_lowercase());
                at += 1 + length;
            }
            192.. => {
                end = end.or(Some(at + 2));
                at = usize::from(number(bytes, at)? & 0x3fff);
                jumps += 1;
                if jumps > JUMPS {
                    return None;
                }
            }
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    /// A record as text has it: its kind, and its data.
    type Record = (u16, Vec<u8>);

    fn written(name: &str) -> Vec<u8> {
        let labels = name.split('.').filter(|label| !label.is_empty());
        let mut bytes: Vec<u8> =
            labels.flat_map(|label| [&[u8::try_from(label.len()).unwrap()], label.as_bytes()].concat()).collect();
        bytes.push(0);
        bytes
    }

    fn srv(priority: u16, weight: u16, port: u16, target: &str) -> Record {
        let numbers = [priority, weight, port].map(u16::to_be_bytes).concat();
        (SRV, [numbers, written(target)].concat())
    }

    fn naptr(order: u16, flags: &str, service: &str, replacement: &str) -> Record {
        let text = |text: &str| [&[u8::try_from(text.len()).unwrap()], text.as_bytes()].concat();
        let numbers = [order, 10].map(u16::to_be_bytes).concat();
        (NAPTR, [numbers, text(flags), text(service), text(""), written(replacement)].concat())
    }

    fn answered(question: &[u8], code: u8, records: &[Record]) -> Vec<u8> {
        let mut bytes = question[..question.len() - 11].to_vec();
        (bytes[2], bytes[3], bytes[7], bytes[11]) = (0x81, 0x80 | code, u8::try_from(records.len()).unwrap(), 0);
        for (kind, data) in records {
            // The name: that of the question.
            bytes.extend([0xc0, 12]);
            bytes.extend([kind.to_be_bytes(), INTERNET.to_be_bytes(), [0, 0], [0, 60]].concat());
            bytes.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
            bytes.extend(data);
        }
        bytes
    }

    /// A name server on loopback that answers so many questions by this rule.
    fn name_server(questions: usize, says: fn(&str, u16) -> (u8, Vec<Record>)) -> SocketAddr {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = socket.local_addr().unwrap();
        thread::spawn(move || {
            let mut bytes = [0; 512];
            for _ in 0..questions {
                let (length, from) = socket.recv_from(&mut bytes).unwrap();
                let question = &bytes[..length];
                let (name, end) = name(question, 12).unwrap();
                let (code, records) = says(&name, number(question, end).unwrap());
                // What is not an answer to it is not heard.
                let mut foreign = answered(question, 0, &[srv(0, 0, 1, "evil.example")]);
                foreign[0] ^= 0xff;
                socket.send_to(&foreign, from).unwrap();
                socket.send_to(&answered(question, code, &records), from).unwrap();
            }
        });
        address
    }

    fn found(servers: &[(&str, u16)]) -> Found {
        Found::Servers(servers.iter().map(|(host, port)| ((*host).to_owned(), *port)).collect())
    }

    #[test]
    fn servers_come_by_priority_and_the_rest_when_those_are_gone() {
        let dns = name_server(2, |name, kind| match (name, kind) {
            ("_sip._udp.carrier.example", SRV) => {
                (0, vec![srv(20, 0, 5070, "b.example"), srv(10, 0, 5060, "a.example"), srv(30, 0, 5080, "c.example")])
            }
            _ => (3, vec![]),
        });
        let expected = found(&[("a.example", 5060), ("b.example", 5070), ("c.example", 5080)]);
        assert_eq!(servers_from(&[dns], "carrier.example", false, |_| 0), expected);
    }

    #[test]
    fn naptr_names_the_servers_of_the_transport() {
        let says: fn(&str, u16) -> (u8, Vec<Record>) = |name, kind| match (name, kind) {
            ("carrier.example", NAPTR) => (
                0,
                vec![
                    naptr(30, "s", "SIP+D2U", "_sip._udp.worse.example"),
                    naptr(20, "S", "sip+d2u", "_sip._udp.pool.example"),
                    naptr(10, "s", "SIPS+D2T", "_sips._tcp.pool.example"),
                    naptr(5, "u", "E2U+sip", ""),
                ],
            ),
            ("_sip._udp.pool.example", SRV) => (0, vec![srv(0, 0, 5090, "p.example")]),
            ("_sip._tcp.carrier.example", SRV) => (0, vec![srv(0, 0, 5091, "t.example")]),
            _ => (3, vec![]),
        };
        let dns = name_server(4, says);
        assert_eq!(servers_from(&[dns], "carrier.example", false, |_| 0), found(&[("p.example", 5090)]));
        assert_eq!(servers_from(&[dns], "carrier.example", true, |_| 0), found(&[("t.example", 5091)]));
    }

    #[test]
    fn a_name_without_servers_is_the_server_and_a_dot_says_the_same() {
        let none = name_server(2, |_, _| (3, vec![]));
        assert_eq!(servers_from(&[none], "carrier.example", false, |_| 0), Found::None);
        let dot = name_server(2, |_, kind| (0, if kind == SRV { vec![srv(0, 0, 0, ".")] } else { vec![] }));
        assert_eq!(servers_from(&[dot], "carrier.example", false, |_| 0), Found::None);
    }

    #[test]
    fn one_that_is_dead_or_fails_leaves_it_to_the_next_and_silence_is_no_answer() {
        let closed = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
        let fails = name_server(2, |_, _| (2, vec![]));
        let works =
            name_server(2, |_, kind| (0, if kind == SRV { vec![srv(0, 0, 5060, "a.example")] } else { vec![] }));
        let expected = found(&[("a.example", 5060)]);
        assert_eq!(servers_from(&[closed, fails, works], "carrier.example", false, |_| 0), expected);
        assert_eq!(servers_from(&[closed], "carrier.example", false, |_| 0), Found::Silence);
        assert_eq!(servers_from(&[closed], &"x".repeat(300), false, |_| 0), Found::Silence);
    }

    #[test]
    fn among_equals_the_weight_decides() {
        let server = |weight, target: &str| Server { priority: 1, weight, port: 5060, target: target.to_owned() };
        let servers = || vec![server(60, "often"), server(0, "never"), server(20, "seldom")];
        let first = |chance: u32| ordered(servers(), move |below| chance.min(below - 1))[0].target.clone();
        assert_eq!(
            (first(0), first(1), first(60), first(61), first(80)),
            ("never".to_owned(), "often".to_owned(), "often".to_owned(), "seldom".to_owned(), "seldom".to_owned())
        );
        let all = ordered(servers(), |below| below / 2);
        assert_eq!(all.len(), 3);
    }

    #[test]
    fn whatever_comes_is_read_to_its_end_and_no_further() {
        let question = question([1, 2], "_sip._udp.carrier.example", SRV).unwrap();
        let good = answered(&question, 0, &[srv(1, 2, 5060, "a.example"), srv(2, 2, 5060, "b.example")]);
        for cut in 0..good.len() {
            let _ = read(&good[..cut], SRV, server);
        }
        for at in 0..good.len() {
            for byte in [0, 1, 0x3f, 0x40, 0xc0, 0xff] {
                let mut bad = good.clone();
                bad[at] = byte;
                let _ = (read(&bad, SRV, server), replacement(&bad, "SIP+D2U"), is_answer(&bad, &question));
            }
        }
        // A name that leads to itself.
        assert_eq!(name(&[0xc0, 0], 0), None);
        assert_eq!(name(&[1, b'\n', 0], 0), None);
    }

    #[test]
    fn the_name_servers_are_those_of_the_system() {
        let text = "# comment\nsearch example\nnameserver 192.0.2.1\n nameserver\t2001:db8::1 \nnameserver x\n\
                    nameserver 192.0.2.3\nnameserver 192.0.2.4\n";
        let expected = ["192.0.2.1:53", "[2001:db8::1]:53", "192.0.2.3:53"].map(|one| one.parse().unwrap());
        assert_eq!(name_servers(text), expected);
        assert_eq!(name_servers(""), ["127.0.0.1:53".parse().unwrap()]);
    }
}
