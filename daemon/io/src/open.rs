//! Opens the listening sockets, before anything else starts, so that a taken port is known at once.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, UdpSocket};

use sip::transport::Transport;
use socket2::{Domain, Protocol, Socket, Type};
use thiserror::Error;

/// DSCP CS3, the class of signalling (RFC 4594 §4.2), as the value of the TOS or traffic-class byte.
const SIGNALLING_TOS: u32 = 24 << 2;

/// Connections that wait for `accept`: all phones of an office come back at once after a power failure.
const BACKLOG: i32 = 512;

/// The listening sockets of one address.
#[derive(Debug)]
pub struct Listening {
    /// Where that is; unspecified: on every address that the machine has, whichever those are.
    pub address: SocketAddr,
    pub(crate) sockets: Sockets,
}

impl Listening {
    /// Whether only TLS is spoken there, so that nothing can leave from it to those who did not come by it.
    pub fn is_tls(&self) -> bool {
        matches!(self.sockets, Sockets::Tls(_))
    }
}

/// What listens there.
#[derive(Debug)]
pub(crate) enum Sockets {
    /// UDP and TCP on the same port (RFC 3261 §18.2.1).
    Both(UdpSocket, TcpListener),
    /// TLS.
    Tls(TcpListener),
}

/// Why listening sockets could not be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// Another program has the port.
    #[error("port {port} of {ip} is already taken over {}", transport.as_str())]
    Taken {
        /// The address wanted.
        ip: IpAddr,
        /// The port wanted.
        port: u16,
        /// Which of the two.
        transport: Transport,
    },
    /// Ports below 1024 need a privilege.
    #[error("port {port} may only be opened by the system administrator")]
    Forbidden {
        /// The port wanted.
        port: u16,
    },
    /// The address is none of this machine's.
    #[error("{ip} is not an address of this machine")]
    NotOurs {
        /// The address wanted.
        ip: IpAddr,
    },
    /// Anything else that the kernel says.
    #[error("{address} could not be opened")]
    Kernel {
        /// The address wanted.
        address: SocketAddr,
        /// What the kernel says.
        source: io::Error,
    },
}

/// Opens UDP and TCP on `bind`. Port 0 takes a free port, the same for both.
///
/// An unspecified address listens on every interface, those that come later too; by which of its addresses a neighbour
/// reaches the machine is the engine's to say.
pub fn open(bind: SocketAddr, receive_buffer: usize) -> Result<Listening, OpenError> {
    let mut attempts = if bind.port() == 0 { FREE_PORT_ATTEMPTS } else { 1 };
    loop {
        attempts -= 1;
        let udp = open_udp(bind, receive_buffer).map_err(|e| explain(bind, Transport::Udp, e))?;
        let port = udp.local_addr().map_err(|e| explain(bind, Transport::Udp, e))?.port();
        let both = SocketAddr::new(bind.ip(), port);
        match open_tcp(both) {
            Ok(tcp) => {
                return Ok(Listening { address: both, sockets: Sockets::Both(udp, tcp) });
            }
            Err(_) if attempts > 0 => {}
            Err(e) => return Err(explain(both, Transport::Tcp, e)),
        }
    }
}

/// Opens TLS on `bind`. Port 0 takes a free port. An unspecified address is treated as by [`open`].
pub fn open_tls(bind: SocketAddr) -> Result<Listening, OpenError> {
    let opened = open_tcp(bind).and_then(|tcp| Ok((tcp.local_addr()?.port(), tcp)));
    let (port, tcp) = opened.map_err(|e| explain(bind, Transport::Tls, e))?;
    Ok(Listening { address: SocketAddr::new(bind.ip(), port), sockets: Sockets::Tls(tcp) })
}

/// How often a port that is free over UDP is tried over TCP when any port will do.
const FREE_PORT_ATTEMPTS: u32 = 16;

/// The address by which the network reaches this machine: the one it would use towards the internet, else loopback.
/// Nothing is sent to find out.
pub fn address_of_this_machine(v6: bool) -> IpAddr {
    let loopback: IpAddr = if v6 { Ipv6Addr::LOCALHOST.into() } else { Ipv4Addr::LOCALHOST.into() };
    way_out(v6).unwrap_or(loopback)
}

/// The address that this machine leaves its own networks by, where it has a way out. Nothing is sent to find out.
pub fn way_out(v6: bool) -> Option<IpAddr> {
    // Addresses of documentation (RFC 5737, RFC 3849), which are in no network of anybody's.
    let (any, far): (IpAddr, IpAddr) = if v6 {
        (Ipv6Addr::UNSPECIFIED.into(), Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1).into())
    } else {
        (Ipv4Addr::UNSPECIFIED.into(), Ipv4Addr::new(192, 0, 2, 1).into())
    };
    let towards = |far: IpAddr| -> io::Result<IpAddr> {
        let socket = UdpSocket::bind((any, 0))?;
        socket.connect((far, 9))?;
        Ok(socket.local_addr()?.ip())
    };
    towards(far).ok().filter(|ip| !ip.is_unspecified())
}

fn open_udp(bind: SocketAddr, receive_buffer: usize) -> io::Result<UdpSocket> {
    let socket = socket(bind, Type::DGRAM, Protocol::UDP)?;
    // The kernel caps both at its own limit; a smaller buffer only loses packets that their senders repeat.
    let _ = socket.set_recv_buffer_size(receive_buffer);
    let _ = socket.set_send_buffer_size(receive_buffer / 4);
    socket.bind(&bind.into())?;
    Ok(socket.into())
}

fn open_tcp(bind: SocketAddr) -> io::Result<TcpListener> {
    let socket = socket(bind, Type::STREAM, Protocol::TCP)?;
    // Without it a restart would fail for as long as old connections are in TIME_WAIT.
    socket.set_reuse_address(true)?;
    socket.bind(&bind.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

fn socket(bind: SocketAddr, kind: Type, protocol: Protocol) -> io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(bind), kind, Some(protocol))?;
    socket.set_nonblocking(true)?;
    if bind.is_ipv6() {
        // 0.0.0.0 and [::] are two listeners, each with its own address in Via and Contact.
        socket.set_only_v6(true)?;
    }
    mark(&socket, bind.is_ipv6());
    Ok(socket)
}

/// Marks what a socket sends as signalling; a network that does not look at it loses nothing.
pub(crate) fn mark(socket: &Socket, v6: bool) {
    let marked = if v6 { socket.set_tclass_v6(SIGNALLING_TOS) } else { socket.set_tos_v4(SIGNALLING_TOS) };
    if let Err(e) = marked {
        log::debug!("sip sockets: packets stay unmarked: {e}");
    }
}

fn explain(address: SocketAddr, transport: Transport, source: io::Error) -> OpenError {
    let (ip, port) = (address.ip(), address.port());
    match source.kind() {
        io::ErrorKind::AddrInUse => OpenError::Taken { ip, port, transport },
        io::ErrorKind::PermissionDenied => OpenError::Forbidden { port },
        io::ErrorKind::AddrNotAvailable => OpenError::NotOurs { ip },
        _ => OpenError::Kernel { address, source },
    }
}
