//! sipp: a counterpart that says exactly what a test writes, with retransmissions and digest of its own.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use super::office::Desk;
use super::process::Process;
use super::{fresh_folder, ports, until, wait_for};

/// What it offers and answers: mu-law and keys, at a port where nobody listens.
const SDP: &str = "v=0\no=sipp 1 1 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio [media_port] RTP/AVP 0 101\n\
                   a=rtpmap:0 PCMU/8000\na=rtpmap:101 telephone-event/8000\na=fmtp:101 0-15";

/// It as the body of a message, with the headers that say so.
fn described() -> String {
    format!("Content-Type: application/sdp\nContent-Length: [len]\n\n{SDP}")
}

/// What is said and expected, in order.
#[derive(Clone, Debug)]
pub struct Script {
    pub(super) desk: Desk,
    pub(super) steps: String,
    checks: u32,
}

impl Script {
    /// Nothing yet; this desk's phone says it.
    pub fn of(desk: &Desk) -> Self {
        Self { desk: desk.clone(), steps: String::new(), checks: 0 }
    }

    /// Calls with these headers, and again with the next `CSeq` and the digest that is asked for.
    pub fn calls(self, cseq: u32, headers: &str) -> Self {
        let digest = format!("[authentication username={} password={}]\n", self.desk.user, self.desk.secret);
        let challenged = self.invites(cseq, headers).hears_refusal(cseq, "401", "");
        challenged.invites(cseq + 1, &format!("{digest}{headers}"))
    }

    /// Calls with these headers.
    pub fn invites(self, cseq: u32, headers: &str) -> Self {
        self.invites_with(cseq, headers, &described())
    }

    /// Calls, and waits for the other side's offer (RFC 3261 §13.2.1); takes it and confirms with its own words.
    pub fn calls_without_offer(self, cseq: u32) -> Self {
        let digest = format!("[authentication username={} password={}]\n", self.desk.user, self.desk.secret);
        let none = "Content-Length: 0\n";
        let challenged = self.invites_with(cseq, "", none).hears_refusal(cseq, "401", "");
        let called = challenged.invites_with(cseq + 1, &digest, none);
        called.expects_dialog("200", "m=audio").requests("ACK", cseq + 1, "", &described())
    }

    fn invites_with(self, cseq: u32, headers: &str, body: &str) -> Self {
        let Desk { extension, .. } = &self.desk;
        let text = format!(
            "INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0\n\
             Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch];rport\n\
             From: <sip:{extension}@[remote_ip]>;tag=sipp[call_number]\nTo: <sip:[service]@[remote_ip]>\n\
             Call-ID: [call_id]\nCSeq: {cseq} INVITE\nContact: <sip:{extension}@[local_ip]:[local_port]>\n\
             Max-Forwards: 70\nUser-Agent: SIPp/3.6\n{headers}{body}"
        );
        self.says(&text, true)
    }

    /// Watches the number that the script is started for, answers the challenge, and is accepted.
    pub fn watches(self) -> Self {
        let digest = format!("[authentication username={} password={}]\n", self.desk.user, self.desk.secret);
        self.subscribes(1, "").expects("401", "").subscribes(2, &digest).expects("200", "")
    }

    fn subscribes(self, cseq: u32, headers: &str) -> Self {
        let Desk { extension, .. } = &self.desk;
        let text = format!(
            "SUBSCRIBE sip:[service]@[remote_ip]:[remote_port] SIP/2.0\n\
             Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch];rport\n\
             From: <sip:{extension}@[remote_ip]>;tag=sipp[call_number]\nTo: <sip:[service]@[remote_ip]>\n\
             Call-ID: [call_id]\nCSeq: {cseq} SUBSCRIBE\nContact: <sip:{extension}@[local_ip]:[local_port]>\n\
             Max-Forwards: 70\nUser-Agent: SIPp/3.6\nEvent: dialog\nAccept: application/dialog-info+xml\nExpires: 120\n{headers}\
             Content-Length: 0\n"
        );
        self.says(&text, true)
    }

    /// Expects the lamp to be lit, or dark, and says that it was told.
    pub fn sees_it_lit(self, is_lit: bool) -> Self {
        let state = if is_lit { "confirmed" } else { "terminated" };
        self.expects("NOTIFY", &format!("state.{state}")).accepts("")
    }

    fn acknowledges_refusal(self, cseq: u32) -> Self {
        let Desk { extension, .. } = &self.desk;
        let text = format!(
            "ACK sip:[service]@[remote_ip]:[remote_port] SIP/2.0\n[last_Via:]\n\
             From: <sip:{extension}@[remote_ip]>;tag=sipp[call_number]\n[last_To:]\nCall-ID: [call_id]\n\
             CSeq: {cseq} ACK\nMax-Forwards: 70\nContent-Length: 0\n"
        );
        self.says(&text, false)
    }

    /// Expects the INVITE with this CSeq to be refused with a status, whose response matches.
    pub fn hears_refusal(self, cseq: u32, status: &str, matching: &str) -> Self {
        self.expects(status, matching).acknowledges_refusal(cseq)
    }

    /// Expects the answer to its INVITE to match, and acknowledges it.
    pub fn hears_answer(self, cseq: u32, matching: &str) -> Self {
        self.expects_dialog("200", matching).requests("ACK", cseq, "", "")
    }

    /// Says a request within its call; `CSeq` is given, because nobody counts.
    pub fn requests(self, method: &str, cseq: u32, headers: &str, body: &str) -> Self {
        let Desk { extension, .. } = &self.desk;
        let body = if body.is_empty() { "Content-Length: 0\n" } else { body };
        let text = format!(
            "{method} [next_url] SIP/2.0\nVia: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch];rport\n\
             From: <sip:{extension}@[remote_ip]>;tag=sipp[call_number]\n\
             To: <sip:[service]@[remote_ip]>[peer_tag_param]\nCall-ID: [call_id]\nCSeq: {cseq} {method}\n\
             Contact: <sip:{extension}@[local_ip]:[local_port]>\nMax-Forwards: 70\n{headers}{body}"
        );
        self.says(&text, method != "ACK")
    }

    /// Answers the last request with 200 and these headers.
    pub fn accepts(self, headers: &str) -> Self {
        let Desk { extension, .. } = &self.desk;
        let text = format!(
            "SIP/2.0 200 OK\n[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]\n\
             Contact: <sip:{extension}@[local_ip]:[local_port]>\n{headers}Content-Length: 0\n"
        );
        self.says(&text, false)
    }

    pub(super) fn says(mut self, text: &str, is_repeated: bool) -> Self {
        let again = if is_repeated { " retrans=\"500\"" } else { "" };
        self.steps += &format!("<send{again}><![CDATA[\n\n{text}\n\n]]></send>\n");
        self
    }

    /// Expects a status, or a method, whose message matches this pattern. 100 and 180 may come before.
    pub fn expects(self, what: &str, matching: &str) -> Self {
        self.expects_with(what, matching, "")
    }

    fn expects_dialog(self, what: &str, matching: &str) -> Self {
        self.expects_with(what, matching, " rrs=\"true\"")
    }

    fn expects_with(mut self, what: &str, matching: &str, more: &str) -> Self {
        let is_response = what.parse::<u16>().is_ok();
        let kind = if is_response { "response" } else { "request" };
        if is_response {
            for before in ["100", "180"] {
                self.steps += &format!("<recv response=\"{before}\" optional=\"true\"/>\n");
            }
        }
        let auth = if matches!(what, "401" | "407") { " auth=\"true\"" } else { "" };
        self.checks += 1;
        let check = self.checks;
        self.steps += &format!(
            "<recv {kind}=\"{what}\"{auth}{more} timeout=\"70000\"><action><ereg regexp=\"{matching}.*\" search_in=\"msg\" \
             check_it=\"true\" assign_to=\"{check}\"/></action></recv>\n<Reference variables=\"{check}\"/>\n"
        );
        self
    }

    /// Expects a response before the answer that must be confirmed, and confirms it.
    pub fn confirms(mut self, status: &str, invite: u32, cseq: u32) -> Self {
        self.checks += 2;
        let (all, number) = (self.checks - 1, self.checks);
        self.steps += &format!(
            "<recv response=\"100\" optional=\"true\"/>\n<recv response=\"{status}\" rrs=\"true\" timeout=\"10000\">\
             <action><ereg regexp=\"RSeq: ([0-9]+)\" search_in=\"msg\" check_it=\"true\" assign_to=\"{all},{number}\"/>\
             </action></recv>\n<Reference variables=\"{all}\"/>\n"
        );
        self.requests("PRACK", cseq, &format!("RAck: [${number}] {invite} INVITE\n"), "").expects("200", "PRACK")
    }

    /// Hangs up.
    pub fn hangs_up(self, cseq: u32) -> Self {
        self.requests("BYE", cseq, "", "").expects("200", "")
    }

    /// Says it all to the daemon, where it calls `number`.
    #[track_caller]
    pub fn starts(&self, registrar: u16, number: &str) -> Sipp {
        self.starts_at(registrar, number, ports::free_ports(8))
    }

    /// The same from this port of its own; without a number nobody is called.
    #[track_caller]
    pub(super) fn starts_at(&self, registrar: u16, number: &str, port: u16) -> Sipp {
        let folder = fresh_folder("sipp");
        let script = format!(
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\" ?>\n<scenario name=\"test\">\n{}</scenario>\n",
            self.steps
        );
        let file = folder.join("script.xml");
        std::fs::write(&file, script).expect("the test's folder is writable");
        let mut command = Command::new("sipp");
        command.current_dir(&folder).arg(format!("127.0.0.1:{registrar}")).arg("-sf").arg(&file);
        command.args(["-m", "1", "-l", "1", "-nostdin", "-i", "127.0.0.1", "-trace_err", "-trace_msg"]);
        let registrar_at = format!("127.0.0.1:{registrar}");
        if number.is_empty() {
            command.arg("-auth_uri").arg(registrar_at);
        } else {
            // Otherwise its digests are for the host alone.
            command.args(["-s", number, "-auth_uri", &format!("{number}@{registrar_at}")]);
        }
        command.arg("-p").arg(port.to_string()).arg("-mp").arg((port + 2).to_string());
        Sipp { folder, process: Process::start("sipp", &mut command) }
    }
}

/// A running script.
pub struct Sipp {
    folder: PathBuf,
    process: Process,
}

impl Sipp {
    /// Waits until all was said and heard as it was written; shows its messages otherwise.
    #[track_caller]
    pub fn succeeds_within(&mut self, bound: Duration) {
        let status = wait_for(bound, || self.process.ended());
        let is_well = status.is_some_and(|status| status.success());
        assert!(is_well, "sipp ended with {status:?}\n{}", self.messages());
    }

    /// Waits until it has heard a message with these words.
    #[track_caller]
    pub fn has_heard(&self, words: &str) {
        until(&format!("sipp hears {words:?}"), || self.messages().contains(words).then_some(()));
    }

    fn messages(&self) -> String {
        let files = std::fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let logs = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "log"));
        logs.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect()
    }
}
