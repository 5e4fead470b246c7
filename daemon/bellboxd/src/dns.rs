//! Where the SIP servers of a name are, in their order, as the DNS has it now (RFC 3263 §4; RFC 2782, RFC 3403). How DNS is
//! spoken, over UDP and where an answer does not fit over TCP, is the library's.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hickory_resolver::config::{
    ConnectionConfig, LookupIpStrategy, NameServerConfig, ProtocolConfig, ResolverConfig, ResolverOpts,
};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::rdata::{NAPTR, SRV};
use hickory_resolver::proto::rr::{Name, RData, RecordType};
use hickory_resolver::system_conf::read_system_conf;
use hickory_resolver::{Resolver, TokioResolver};
use sip::transport::Transport;

use crate::known_names::{MOST, Wanted};

/// How long a name server may take; every one is asked twice, as packets get lost, and then the next.
const PATIENCE: Duration = Duration::from_millis(700);
const TRIES: usize = 2;

/// How long all questions for one name may take together: three name servers that are dead, and less than the engine
/// waits for an answer.
const WITHIN: Duration = Duration::from_millis(4_500);

/// The name servers that are asked.
#[derive(Clone, Debug, Default)]
pub struct Dns {
    /// `None`: those of the system, as they are at that moment.
    pub servers: Option<Vec<SocketAddr>>,
}

/// What the DNS says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is there, first choice first.
    At(Vec<SocketAddr>),
    /// There is no such name, or it has no address.
    Nowhere,
    /// Nobody answered.
    Silence,
}

impl Dns {
    /// Looks a name up. `is_known` says that an answer of before would do as well as a guess.
    pub async fn find(&self, wanted: &Wanted, is_known: bool) -> Found {
        let port = wanted.port.unwrap_or_else(|| usual_port(wanted.transport));
        if let Ok(ip) = wanted.host.parse::<IpAddr>() {
            return Found::At(vec![SocketAddr::new(ip, port)]);
        }
        let asked = async {
            for resolver in self.resolvers().await {
                let found = find_by(&resolver, wanted, port, is_known).await;
                if found != Found::Silence {
                    return found;
                }
            }
            Found::Silence
        };
        tokio::time::timeout(WITHIN, asked).await.unwrap_or(Found::Silence)
    }

    /// One for each name server, so that one that fails leaves it to the next; made anew for each name, as the system's
    /// name servers and `/etc/hosts` change while we run, and what is kept, we keep.
    async fn resolvers(&self) -> Vec<TokioResolver> {
        let own = self.servers.clone();
        let built = tokio::task::spawn_blocking(move || build(own)).await.unwrap_or_else(|_| Ok(Vec::new()));
        built.unwrap_or_else(|error| {
            log::warn!("no name server can be asked: {error}");
            Vec::new()
        })
    }
}

fn build(servers: Option<Vec<SocketAddr>>) -> Result<Vec<TokioResolver>, NetError> {
    let (config, mut options) = match servers {
        Some(servers) => {
            let servers = servers.into_iter().map(name_server).collect();
            (ResolverConfig::from_name_servers(servers), ResolverOpts::default())
        }
        None => read_system_conf()?,
    };
    configure(&mut options);
    let (domain, search, servers) = config.into_parts();
    let each = servers.into_iter().map(|server| {
        let config = ResolverConfig::from_parts(domain.clone(), search.clone(), vec![server]);
        Resolver::builder_with_config(config, TokioRuntimeProvider::default()).with_options(options.clone()).build()
    });
    each.collect()
}

/// What one name server says.
async fn find_by(resolver: &TokioResolver, wanted: &Wanted, port: u16, is_known: bool) -> Found {
    if wanted.port.is_some() {
        return addresses_of(resolver, &wanted.host, port).await;
    }
    let (servers, own) = tokio::join!(
        servers(resolver, &wanted.host, wanted.transport),
        // Mostly in vain, and in the same time.
        addresses_of(resolver, &wanted.host, port)
    );
    match servers {
        Servers::At(servers) => addresses_of_all(resolver, servers).await,
        // Its servers are not replaced by a guess: what was good before is better.
        Servers::Silence if is_known => Found::Silence,
        Servers::None | Servers::Silence => own,
    }
}

fn configure(options: &mut ResolverOpts) {
    (options.timeout, options.attempts, options.cache_size) = (PATIENCE, TRIES, 0);
    options.ip_strategy = LookupIpStrategy::Ipv4AndIpv6;
    options.case_randomization = false;
}

fn name_server(address: SocketAddr) -> NameServerConfig {
    let by = |protocol| {
        let mut connection = ConnectionConfig::new(protocol);
        connection.port = address.port();
        connection
    };
    NameServerConfig::new(address.ip(), true, vec![by(ProtocolConfig::Udp), by(ProtocolConfig::Tcp)])
}

/// RFC 3261 §19.1.2.
fn usual_port(transport: Transport) -> u16 {
    if transport == Transport::Tls { 5061 } else { 5060 }
}

/// The servers of a domain.
enum Servers {
    /// Best first.
    At(Vec<(String, u16)>),
    /// There are none: the name itself is the server (RFC 3263 §4.2).
    None,
    Silence,
}

/// The transport is the trunk's: of NAPTR only the name of its servers is of interest (RFC 3263 §4.1). Routers at home
/// swallow questions for it; those for SRV they answer.
async fn servers(resolver: &TokioResolver, domain: &str, transport: Transport) -> Servers {
    let (service, usual) = match transport {
        Transport::Udp => ("SIP+D2U", "_sip._udp."),
        Transport::Tcp => ("SIP+D2T", "_sip._tcp."),
        Transport::Tls => ("SIPS+D2T", "_sips._tcp."),
    };
    let usual = format!("{usual}{}.", domain.trim_end_matches('.'));
    let whole = format!("{}.", domain.trim_end_matches('.'));
    let (named, found) =
        tokio::join!(resolver.lookup(whole, RecordType::NAPTR), resolver.lookup(usual.clone(), RecordType::SRV));
    let named = named.ok().and_then(|named| {
        let records = named.answers().iter().filter_map(|record| match &record.data {
            RData::NAPTR(naptr) => Some(naptr),
            _ => None,
        });
        replacement(records, service).map(Name::to_ascii)
    });
    let found = match named.filter(|named| !named.eq_ignore_ascii_case(&usual)) {
        Some(named) => resolver.lookup(named, RecordType::SRV).await,
        None => found,
    };
    let found = match found {
        Ok(found) => found,
        Err(error) if error.is_no_records_found() => return Servers::None,
        Err(error) => {
            log::debug!("{domain}: {error}");
            return Servers::Silence;
        }
    };
    // A target of "." says that there is no such service (RFC 2782): then the name has to do.
    let found = found.answers().iter().filter_map(|record| match &record.data {
        RData::SRV(srv) if !srv.target.is_root() => Some(srv.clone()),
        _ => None,
    });
    let found: Vec<SRV> = found.collect();
    if found.is_empty() {
        return Servers::None;
    }
    Servers::At(ordered(found, random).into_iter().map(|srv| (srv.target.to_ascii(), srv.port)).collect())
}

/// The name of the servers of this service, by the best of the records that lead to SRV (RFC 3403 §4.1).
fn replacement<'a>(records: impl Iterator<Item = &'a NAPTR>, service: &str) -> Option<&'a Name> {
    let is_it = |naptr: &&NAPTR| {
        naptr.flags.eq_ignore_ascii_case(b"s")
            && naptr.services.eq_ignore_ascii_case(service.as_bytes())
            && !naptr.replacement.is_root()
    };
    let best = records.filter(is_it).min_by_key(|naptr| (naptr.order, naptr.preference));
    best.map(|naptr| &naptr.replacement)
}

/// By priority, and among equals by chance according to their weight (RFC 2782).
fn ordered(mut servers: Vec<SRV>, mut random: impl FnMut(u32) -> u32) -> Vec<SRV> {
    // Those without weight first: they have a very small chance then.
    servers.sort_by_key(|server| (server.priority, server.weight > 0));
    let mut order = Vec::new();
    while let Some(priority) = servers.first().map(|server| server.priority).filter(|_| order.len() < MOST) {
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

/// Those of all servers, in their order. One without an address leaves it to the next.
async fn addresses_of_all(resolver: &TokioResolver, servers: Vec<(String, u16)>) -> Found {
    let ask = |(host, port): (String, u16)| {
        let resolver = resolver.clone();
        tokio::spawn(async move { addresses_of(&resolver, &host, port).await })
    };
    let asked: Vec<_> = servers.into_iter().map(ask).collect();
    let (mut all, mut is_silent) = (Vec::new(), false);
    for one in asked {
        match one.await {
            Ok(Found::At(found)) => all.extend(found.into_iter().filter(|one| !all.contains(one)).collect::<Vec<_>>()),
            Ok(Found::Nowhere) => {}
            Ok(Found::Silence) | Err(_) => is_silent = true,
        }
    }
    all.truncate(MOST);
    match all.is_empty() {
        false => Found::At(all),
        true if is_silent => Found::Silence,
        true => Found::Nowhere,
    }
}

async fn addresses_of(resolver: &TokioResolver, host: &str, port: u16) -> Found {
    match resolver.lookup_ip(host).await {
        Ok(found) => {
            let found: Vec<_> = found.iter().take(MOST).map(|ip| SocketAddr::new(ip, port)).collect();
            if found.is_empty() { Found::Nowhere } else { Found::At(found) }
        }
        Err(error) if error.is_no_records_found() => Found::Nowhere,
        Err(error) => {
            log::debug!("{host} cannot be found: {error}");
            Found::Silence
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;
    use std::str::FromStr;

    use tokio::net::{TcpListener, UdpSocket};

    use hickory_resolver::proto::op::{Message, OpCode, ResponseCode};
    use hickory_resolver::proto::rr::Record;
    use hickory_resolver::proto::rr::rdata::A;

    use super::*;

    type Says = fn(&str, RecordType) -> (ResponseCode, Vec<RData>);

    fn name(text: &str) -> Name {
        Name::from_str(text).unwrap()
    }

    fn srv(priority: u16, weight: u16, port: u16, target: &str) -> RData {
        RData::SRV(SRV::new(priority, weight, port, name(target)))
    }

    fn naptr(order: u16, flags: &str, service: &str, replacement: &str) -> RData {
        let bytes = |text: &str| text.as_bytes().to_vec().into_boxed_slice();
        let naptr = NAPTR::new(order, 10, bytes(flags), bytes(service), bytes(""), name(replacement));
        RData::NAPTR(naptr)
    }

    fn address(last: u8) -> RData {
        RData::A(A(Ipv4Addr::new(192, 0, 2, last)))
    }

    fn answered(question: &[u8], says: Says) -> Message {
        let asked = Message::from_vec(question).unwrap();
        let query = asked.queries[0].clone();
        let (code, records) = says(&query.name().to_ascii(), query.query_type());
        let mut answer = Message::response(asked.metadata.id, OpCode::Query);
        answer.metadata.response_code = code;
        answer.metadata.recursion_available = true;
        for data in records {
            answer.add_answer(Record::from_rdata(query.name().clone(), 60, data));
        }
        answer.add_query(query);
        answer
    }

    /// A name server on loopback that answers by this rule.
    async fn name_server(says: Says) -> SocketAddr {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = socket.local_addr().unwrap();
        tokio::spawn(async move {
            let mut bytes = [0; 4096];
            while let Ok((length, from)) = socket.recv_from(&mut bytes).await {
                let answer = answered(&bytes[..length], says);
                // What is not an answer to it is not heard.
                let mut foreign = answer.clone();
                foreign.metadata.id ^= 0xff;
                foreign.answers.clear();
                socket.send_to(&foreign.to_vec().unwrap(), from).await.unwrap();
                socket.send_to(&answer.to_vec().unwrap(), from).await.unwrap();
            }
        });
        address
    }

    fn wanted(host: &str, port: Option<u16>, transport: Transport) -> Wanted {
        Wanted { host: host.to_owned(), port, transport }
    }

    async fn finds(dns: &[SocketAddr], host: &str, transport: Transport) -> Found {
        Dns { servers: Some(dns.to_vec()) }.find(&wanted(host, None, transport), false).await
    }

    fn at(addresses: &[(u8, u16)]) -> Found {
        Found::At(addresses.iter().map(|(last, port)| ([192, 0, 2, *last], *port).into()).collect())
    }

    /// `a.example` has 192.0.2.1, `b.example` 192.0.2.2, and so on.
    fn by_letter(name: &str, kind: RecordType) -> (ResponseCode, Vec<RData>) {
        let letter = name.strip_suffix(".example.").filter(|first| first.len() == 1);
        match (letter, kind) {
            (Some(letter), RecordType::A) => (ResponseCode::NoError, vec![address(letter.as_bytes()[0] - b'a' + 1)]),
            (Some(_), _) => (ResponseCode::NoError, vec![]),
            (None, _) => (ResponseCode::NXDomain, vec![]),
        }
    }

    #[tokio::test]
    async fn servers_come_by_priority_and_those_without_address_are_left_out() {
        let dns = name_server(|name, kind| match (name, kind) {
            ("_sip._udp.carrier.example.", RecordType::SRV) => (
                ResponseCode::NoError,
                vec![
                    srv(20, 0, 5070, "b.example."),
                    srv(10, 0, 5060, "a.example."),
                    srv(15, 0, 5090, "nobody.example."),
                    srv(30, 0, 5080, "c.example."),
                ],
            ),
            other => by_letter(other.0, other.1),
        })
        .await;
        let expected = at(&[(1, 5060), (2, 5070), (3, 5080)]);
        assert_eq!(finds(&[dns], "carrier.example", Transport::Udp).await, expected);
        assert_eq!(finds(&[dns], "carrier.example", Transport::Tcp).await, Found::Nowhere);
    }

    #[tokio::test]
    async fn naptr_names_the_servers_of_the_transport() {
        let dns = name_server(|name, kind| match (name, kind) {
            ("carrier.example.", RecordType::NAPTR) => (
                ResponseCode::NoError,
                vec![
                    naptr(30, "s", "SIP+D2U", "_sip._udp.worse.example."),
                    naptr(20, "S", "sip+d2u", "_sip._udp.pool.example."),
                    naptr(10, "s", "SIPS+D2T", "_sips._tcp.pool.example."),
                    naptr(5, "u", "E2U+sip", "."),
                ],
            ),
            ("_sip._udp.pool.example.", RecordType::SRV) => {
                (ResponseCode::NoError, vec![srv(0, 0, 5090, "p.example.")])
            }
            ("_sips._tcp.pool.example.", RecordType::SRV) => {
                (ResponseCode::NoError, vec![srv(0, 0, 5443, "q.example.")])
            }
            ("_sip._tcp.carrier.example.", RecordType::SRV) => {
                (ResponseCode::NoError, vec![srv(0, 0, 5091, "t.example.")])
            }
            other => by_letter(other.0, other.1),
        })
        .await;
        assert_eq!(finds(&[dns], "carrier.example", Transport::Udp).await, at(&[(16, 5090)]));
        assert_eq!(finds(&[dns], "carrier.example", Transport::Tcp).await, at(&[(20, 5091)]));
        assert_eq!(finds(&[dns], "carrier.example", Transport::Tls).await, at(&[(17, 5443)]));
    }

    #[tokio::test]
    async fn a_name_without_servers_is_the_server_and_a_dot_says_the_same() {
        let none = name_server(by_letter).await;
        assert_eq!(finds(&[none], "a.example", Transport::Udp).await, at(&[(1, 5060)]));
        assert_eq!(finds(&[none], "a.example", Transport::Tls).await, at(&[(1, 5061)]));
        let dot = name_server(|name, kind| match kind {
            RecordType::SRV => (ResponseCode::NoError, vec![srv(0, 0, 0, ".")]),
            _ => by_letter(name, kind),
        })
        .await;
        assert_eq!(finds(&[dot], "a.example", Transport::Udp).await, at(&[(1, 5060)]));
    }

    #[tokio::test]
    async fn one_that_is_dead_or_fails_leaves_it_to_the_next_and_silence_is_no_answer() {
        let closed = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap().local_addr().unwrap();
        let fails = name_server(|_, _| (ResponseCode::ServFail, vec![])).await;
        let works = name_server(by_letter).await;
        assert_eq!(finds(&[closed, fails, works], "a.example", Transport::Udp).await, at(&[(1, 5060)]));
        assert_eq!(finds(&[closed], "a.example", Transport::Udp).await, Found::Silence);
        assert_eq!(finds(&[fails], "a.example", Transport::Udp).await, Found::Silence);
        assert_eq!(finds(&[works], &"x".repeat(300), Transport::Udp).await, Found::Silence);
    }

    #[tokio::test]
    async fn what_is_known_is_better_than_a_guess() {
        let half_dead = name_server(|name, kind| match kind {
            RecordType::SRV => (ResponseCode::ServFail, vec![]),
            _ => by_letter(name, kind),
        })
        .await;
        let dns = Dns { servers: Some(vec![half_dead]) };
        let a = wanted("a.example", None, Transport::Udp);
        assert_eq!((dns.find(&a, false).await, dns.find(&a, true).await), (at(&[(1, 5060)]), Found::Silence));
        let with_port = wanted("a.example", Some(5070), Transport::Udp);
        assert_eq!(dns.find(&with_port, true).await, at(&[(1, 5070)]));
    }

    /// What does not fit in a datagram is asked for over TCP (RFC 7766).
    #[tokio::test]
    async fn an_answer_that_is_cut_off_is_had_whole() {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = socket.local_addr().unwrap();
        let listener = TcpListener::bind(address).await.unwrap();
        tokio::spawn(async move {
            let mut bytes = [0; 4096];
            while let Ok((length, from)) = socket.recv_from(&mut bytes).await {
                let mut cut = answered(&bytes[..length], by_letter);
                cut.metadata.truncation = true;
                cut.answers.clear();
                socket.send_to(&cut.to_vec().unwrap(), from).await.unwrap();
            }
        });
        tokio::spawn(async move {
            use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    while let Ok(length) = stream.read_u16().await {
                        let mut question = vec![0; usize::from(length)];
                        stream.read_exact(&mut question).await.unwrap();
                        let answer = answered(&question, by_letter).to_vec().unwrap();
                        stream.write_u16(u16::try_from(answer.len()).unwrap()).await.unwrap();
                        stream.write_all(&answer).await.unwrap();
                    }
                });
            }
        });
        assert_eq!(finds(&[address], "c.example", Transport::Udp).await, at(&[(3, 5060)]));
    }

    #[test]
    fn among_equals_the_weight_decides() {
        let server = |weight, target: &str| SRV::new(1, weight, 5060, name(target));
        let servers = || vec![server(60, "often."), server(0, "never."), server(20, "seldom.")];
        let first = |chance: u32| ordered(servers(), move |below| chance.min(below - 1))[0].target.to_ascii();
        assert_eq!(
            (first(0), first(1), first(60), first(61), first(80)),
            ("never.".to_owned(), "often.".to_owned(), "often.".to_owned(), "seldom.".to_owned(), "seldom.".to_owned())
        );
        let many = (0..1_000).map(|_| server(1, "one."));
        assert_eq!(ordered(many.collect(), |below| below / 2).len(), MOST);
    }

    #[tokio::test]
    async fn an_address_needs_no_dns() {
        let nobody = Dns { servers: Some(Vec::new()) };
        let here = Found::At(vec![([127, 0, 0, 1], 5060).into()]);
        assert_eq!(nobody.find(&wanted("127.0.0.1", None, Transport::Udp), false).await, here);
        assert_eq!(nobody.find(&wanted("127.0.0.1", Some(5060), Transport::Tls), false).await, here);
        assert_eq!(nobody.find(&wanted("a.example", None, Transport::Udp), false).await, Found::Silence);
    }
}
