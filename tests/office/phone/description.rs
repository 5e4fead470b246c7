//! Session descriptions as the phones write and read them: lines, nothing more.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// What a phone knows of a session description: one audio stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// Where RTP shall go; the unspecified address in the old way of holding.
    pub rtp: SocketAddr,
    /// The payload types in order of preference, without the one of events.
    pub payloads: Vec<u8>,
    /// The payload type of RFC 4733 events.
    pub events: Option<u8>,
    /// `sendrecv`, `sendonly`, `recvonly` or `inactive`, as its author means it.
    pub direction: String,
}

impl Description {
    /// Reads one; `None` where it has no audio.
    pub fn read(text: &str) -> Option<Description> {
        let value = |prefix: &str| text.lines().find_map(|line| line.strip_prefix(prefix));
        let address: IpAddr = value("c=IN IP4 ").and_then(|a| a.trim().parse().ok())?;
        let audio: Vec<&str> = value("m=audio ")?.split_whitespace().collect();
        let port: u16 = audio.first()?.parse().ok()?;
        let named = |payload: &u8| value(&format!("a=rtpmap:{payload} telephone-event/8000")).is_some();
        let all: Vec<u8> = audio.iter().skip(2).filter_map(|p| p.parse().ok()).collect();
        let direction = ["sendonly", "recvonly", "inactive"].into_iter().find(|d| value(&format!("a={d}")).is_some());
        Some(Description {
            rtp: SocketAddr::new(address, port),
            payloads: all.iter().copied().filter(|p| !named(p)).collect(),
            events: all.iter().copied().find(named),
            direction: direction.unwrap_or("sendrecv").to_owned(),
        })
    }

    /// Says it, as version `version` of the session.
    pub fn print(&self, session: u64, version: u32, has_name: bool) -> String {
        let ip = self.rtp.ip();
        let origin = if ip.is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { ip };
        let mut text = format!("v=0\r\no=- {session} {version} IN IP4 {origin}\r\n");
        if has_name {
            text.push_str("s=call\r\n");
        }
        let list: Vec<String> = self.payloads.iter().chain(&self.events).map(u8::to_string).collect();
        text.push_str(&format!("c=IN IP4 {ip}\r\nt=0 0\r\nm=audio {} RTP/AVP {}\r\n", self.rtp.port(), list.join(" ")));
        for payload in &self.payloads {
            let codec = match payload {
                0 => "PCMU/8000",
                8 => "PCMA/8000",
                9 => "G722/8000",
                18 => "G729/8000",
                _ => "opus/48000/2",
            };
            text.push_str(&format!("a=rtpmap:{payload} {codec}\r\n"));
        }
        if let Some(events) = self.events {
            text.push_str(&format!("a=rtpmap:{events} telephone-event/8000\r\na=fmtp:{events} 0-16\r\n"));
        }
        text.push_str(&format!("a={}\r\n", self.direction));
        text
    }

    /// Whether its author has put us on hold.
    pub fn holds(&self) -> bool {
        self.rtp.ip().is_unspecified() || self.direction == "sendonly" || self.direction == "inactive"
    }

    /// Whether its author wants to hear us.
    pub fn listens(&self) -> bool {
        !self.rtp.ip().is_unspecified() && matches!(self.direction.as_str(), "sendrecv" | "recvonly")
    }
}
