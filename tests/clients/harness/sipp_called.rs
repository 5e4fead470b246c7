//! What sipp says as the one who is called: it registers, and then answers one call word for word.

use super::sipp::{Script, Sipp};
use super::{PATIENCE, ports};

/// A session description whose RTP goes to this port of loopback.
fn session(version: u32, rtp: u16) -> String {
    format!(
        "Content-Type: application/sdp\nContent-Length: [len]\n\nv=0\no=sipp 1 {version} IN IP4 127.0.0.1\ns=-\n\
         c=IN IP4 127.0.0.1\nt=0 0\nm=audio {rtp} RTP/AVP 0\na=rtpmap:0 PCMU/8000"
    )
}

impl Script {
    /// Registers, with the digest that is asked for.
    fn registers(self) -> Self {
        let plain = self.register(1, "").expects("401", "");
        let digest = format!("[authentication username={} password={}]\n", plain.desk.user, plain.desk.secret);
        plain.register(2, &digest).expects("200", "")
    }

    fn register(self, cseq: u32, headers: &str) -> Self {
        let extension = self.desk.extension.clone();
        let text = format!(
            "REGISTER sip:[remote_ip]:[remote_port] SIP/2.0\n\
             Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch];rport\n\
             From: <sip:{extension}@[remote_ip]>;tag=sipp[call_number]\nTo: <sip:{extension}@[remote_ip]>\n\
             Call-ID: [call_id]\nCSeq: {cseq} REGISTER\nContact: <sip:{extension}@[local_ip]:[local_port]>;expires=600\n\
             Max-Forwards: 70\nUser-Agent: SIPp/3.6\n{headers}Content-Length: 0\n"
        );
        self.says(&text, true)
    }

    /// Expects a call, whose INVITE matches, and keeps what responses to it copy.
    pub fn takes_a_call(mut self, matching: &str) -> Self {
        let keeps = [("Via", "via"), ("From", "from"), ("To", "to"), ("CSeq", "cseq")].map(|(header, name)| {
            format!(
                "<ereg regexp=\".*\" search_in=\"hdr\" header=\"{header}:\" check_it=\"true\" assign_to=\"{name}\"/>\n"
            )
        });
        self.steps += &format!(
            "<recv request=\"INVITE\" timeout=\"20000\" rrs=\"true\"><action>{}\
             <ereg regexp=\"&lt;(sip:[^&gt;]*)&gt;\" search_in=\"hdr\" header=\"Contact:\" check_it=\"true\" \
             assign_to=\"all,contact\"/>\n\
             <ereg regexp=\"{matching}\" search_in=\"msg\" check_it=\"true\" assign_to=\"matched\"/></action></recv>\n\
             <Reference variables=\"all,matched,contact\"/>\n",
            keeps.concat()
        );
        self
    }

    /// Responds to the call from the branch of this tag.
    pub fn responds(self, status: &str, tag: &str, headers: &str, rtp: Option<u16>) -> Self {
        let extension = self.desk.extension.clone();
        let body = rtp.map_or("Content-Length: 0\n".to_owned(), |rtp| session(1, rtp));
        let text = format!(
            "SIP/2.0 {status}\nVia:[$via]\nFrom:[$from]\nTo:[$to];tag={tag}\nCall-ID: [call_id]\nCSeq:[$cseq]\n\
             Contact: <sip:{extension}@[local_ip]:[local_port]>\nAllow: INVITE, ACK, BYE, CANCEL, PRACK, UPDATE\n\
             {headers}{body}"
        );
        self.says(&text, false)
    }

    /// Rings with early media so that it must be confirmed, and expects that.
    pub fn rings_reliably(self, status: &str, tag: &str, rseq: u32, rtp: Option<u16>) -> Self {
        let numbered = format!("Require: 100rel\nRSeq: {rseq}\n");
        let rung = self.responds(status, tag, &numbered, rtp);
        rung.expects("PRACK", &format!("tag={tag}.*RAck: {rseq} 1 INVITE")).accepts("")
    }

    /// Offers another session from the branch of this tag before it has answered, and expects this status.
    pub fn offers_early(self, tag: &str, cseq: u32, rtp: u16, status: &str, matching: &str) -> Self {
        let (extension, body) = (self.desk.extension.clone(), session(2, rtp));
        let text = format!(
            "UPDATE [$contact] SIP/2.0\nVia: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch];rport\n\
             From:[$to];tag={tag}\nTo:[$from]\nCall-ID: [call_id]\nCSeq: {cseq} UPDATE\n\
             Contact: <sip:{extension}@[local_ip]:[local_port]>\nMax-Forwards: 70\n{body}"
        );
        self.says(&text, true).expects(status, matching)
    }

    /// Registers, and then is called.
    #[track_caller]
    pub fn waits(&self, registrar: u16) -> Sipp {
        let port = ports::free_ports(8);
        Script::of(&self.desk).registers().starts_at(registrar, "", port).succeeds_within(PATIENCE);
        self.starts_at(registrar, "", port)
    }
}
