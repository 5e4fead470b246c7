//! A real phone: baresip without sound card. It speaks a tone, and the test has an ear at its receiver.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use super::control::Control;
use super::ear::Ear;
use super::process::Process;
use super::tone::{RATE_HZ, tone, tone_amplitude};
use super::{fresh_folder, ports, until, wait_for, wav};

/// The amplitude at which phones speak their tone, of 32767.
pub const LOUDNESS: f64 = 8000.0;

/// G.711 and a relay change the tone's amplitude by less than this.
const LOUDNESS_TOLERANCE: f64 = 800.0;

/// Below this nothing is heard: a fiftieth of what a phone speaks.
const SILENCE: f64 = 160.0;

/// Somebody who speaks is louder than this on the average of a second.
const VOICE: f64 = 400.0;

/// A piece of sound long enough to tell tones that are 10 Hz apart.
const PIECE: usize = RATE_HZ / 5;

/// What baresip prints of every REGISTER that is accepted.
const REGISTERED: &str = "} 200 OK (";

/// What baresip prints of a REGISTER that is refused, before its phrase: the first wrong passwords are answered 401, and it
/// is told to wait when it goes on, which it does at once.
const REFUSED: [&str; 2] = [": 40", ": 503"];

/// What baresip prints when a key's last packet is sent.
const KEY_UP: &str = "send DTMF digit end";

/// How long a phone can speak, in seconds; no test is longer.
const TONE_S: usize = 90;

/// What makes one phone different from another.
#[derive(Clone, Debug)]
pub struct Spec {
    /// Its extension: the user part of its address (AOR).
    pub extension: String,
    /// Its SIP user: the name of its credentials.
    pub user: String,
    /// Its secret.
    pub secret: String,
    /// The registrar's port.
    pub registrar: u16,
    /// The registrar's address: loopback, unless the test has a network of its own.
    pub registrar_ip: &'static str,
    /// Its own address, the same.
    pub own_ip: &'static str,
    /// `udp`, `tcp` or `tls`.
    pub transport: &'static str,
    /// Whose certificates it trusts, where it speaks TLS.
    pub authority: Option<PathBuf>,
    /// As baresip writes it, e.g. `PCMU/8000/1`.
    pub codec: &'static str,
    /// The tone that it speaks.
    pub tone_hz: f64,
    /// `manual` or `auto`.
    pub answer_mode: &'static str,
    /// Whether it subscribes to its message lamp.
    pub watches_lamp: bool,
    /// The extensions whose presence it watches.
    pub watches: Vec<String>,
    /// How long its registration is to last.
    pub register_s: u32,
}

impl Spec {
    /// A UDP phone with G.711, whose extension is its SIP user's name, that speaks 440 Hz and waits to be answered by hand.
    pub fn new(user: &str, secret: &str, registrar: u16) -> Self {
        Self {
            extension: user.to_owned(),
            user: user.to_owned(),
            secret: secret.to_owned(),
            registrar,
            registrar_ip: "127.0.0.1",
            own_ip: "127.0.0.1",
            transport: "udp",
            authority: None,
            codec: "PCMU/8000/1",
            tone_hz: 440.0,
            answer_mode: "manual",
            watches_lamp: false,
            watches: Vec::new(),
            register_s: 600,
        }
    }

    /// The same phone in a network of the test's own: its address, and where it finds the registrar; those of IPv6 in brackets.
    pub fn on(mut self, own_ip: &'static str, registrar_ip: &'static str) -> Self {
        (self.own_ip, self.registrar_ip) = (own_ip, registrar_ip);
        self
    }

    /// The same phone with another tone.
    pub fn speaking(mut self, hz: f64) -> Self {
        self.tone_hz = hz;
        self
    }

    /// The same phone with a message lamp.
    pub fn with_lamp(mut self) -> Self {
        self.watches_lamp = true;
        self
    }

    /// The same phone with the presence of an extension on its display.
    pub fn watching(mut self, extension: &str) -> Self {
        self.watches.push(extension.to_owned());
        self
    }

    /// The same phone over TCP.
    pub fn over_tcp(mut self) -> Self {
        self.transport = "tcp";
        self
    }

    /// The same phone over TLS, on the port that follows the registrar's others; it trusts the certificates that this
    /// authority signed, and no others.
    pub fn over_tls(mut self, authority: PathBuf) -> Self {
        self.transport = "tls";
        self.registrar += 1;
        self.authority = Some(authority);
        self
    }
}

/// A running phone.
pub struct Baresip {
    spec: Spec,
    process: Process,
    ear: Ear,
    control: Control,
    /// Reports before this one have been expected already.
    seen: usize,
}

impl Baresip {
    /// Switches a phone on; it begins to register.
    #[track_caller]
    pub fn start(spec: Spec) -> Self {
        let folder = fresh_folder(&spec.user);
        let control_port = write_configuration(&spec, &folder);
        let name = format!("phone {}", spec.user);
        let ear = Ear::open(&folder);
        let mut command = Command::new("baresip");
        command.arg(if spec.own_ip.starts_with('[') { "-6" } else { "-4" }).arg("-f").arg(&folder);
        Ear::wear(&folder, &mut command);
        let process = Process::start(&name, &mut command);
        let mut control = Control::connect(&name, control_port);
        if spec.watches_lamp {
            control.tell("uanew", account(&spec).trim_end());
        }
        Self { control, spec, process, ear, seen: 0 }
    }

    /// Switches a phone on and waits until it is registered.
    #[track_caller]
    pub fn registered(spec: Spec) -> Self {
        let phone = Self::start(spec);
        phone.registers();
        phone
    }

    /// Its plug is pulled: it says goodbye to nobody.
    pub fn loses_power(mut self) {
        self.process.kill();
    }

    /// Its SIP user.
    pub fn user(&self) -> &str {
        &self.spec.user
    }

    /// Waits until the registrar has accepted it.
    #[track_caller]
    pub fn registers(&self) {
        self.process.says(REGISTERED);
    }

    /// Waits until the registrar has refused it.
    #[track_caller]
    pub fn is_refused_registration(&self) {
        until(&format!("{} is refused", self.spec.user), || {
            REFUSED.iter().any(|words| self.process.times_said(words) > 0).then_some(())
        });
        assert_eq!(self.process.times_said(REGISTERED), 0);
    }

    /// Has it register once more, at once, beside what it does already.
    #[track_caller]
    pub fn tries_to_register(&mut self) {
        self.control.tell("uanew", account(&self.spec).trim_end());
    }

    /// How many of its registrations were answered so, as in `503 `.
    pub fn times_told(&self, status: &str) -> usize {
        self.process.times_said(&format!(": {status}"))
    }

    /// How many times it was told that it is registered.
    pub fn registrations(&self) -> usize {
        self.process.times_said(REGISTERED)
    }

    /// Dials a number.
    #[track_caller]
    pub fn dials(&mut self, number: &str) {
        let uri = format!("sip:{number}@{}:{}", self.spec.registrar_ip, self.spec.registrar);
        self.control.tell("dial", &uri);
    }

    /// Waits until it rings, and says who calls.
    #[track_caller]
    pub fn rings(&mut self) -> String {
        let from = self.seen;
        self.reports("CALL_INCOMING");
        self.control.peer_of("CALL_INCOMING", from).expect("it was reported")
    }

    /// The name that it showed when it rang last.
    pub fn shows_name(&self) -> String {
        self.control.name_of_peer("CALL_INCOMING")
    }

    /// Waits until it hears that the other side rings.
    #[track_caller]
    pub fn hears_that_it_rings(&mut self) {
        self.reports("CALL_RINGING");
    }

    /// Takes the call that rings.
    #[track_caller]
    pub fn answers(&mut self) {
        self.control.tell("accept", "");
        self.talks();
    }

    /// Waits until its call is up.
    #[track_caller]
    pub fn talks(&mut self) {
        self.reports("CALL_ESTABLISHED");
    }

    /// Puts the receiver down, which also declines or cancels.
    #[track_caller]
    pub fn hangs_up(&mut self) {
        self.control.tell("hangup", "");
    }

    /// Waits until its call is over, and says why.
    #[track_caller]
    pub fn call_ends(&mut self) -> String {
        self.reports("CALL_CLOSED")
    }

    /// Puts its call on hold.
    #[track_caller]
    pub fn holds(&mut self) {
        self.control.tell("hold", "");
    }

    /// Takes its call back.
    #[track_caller]
    pub fn resumes(&mut self) {
        self.control.tell("resume", "");
    }

    /// Passes its call on to a number.
    #[track_caller]
    pub fn transfers_to(&mut self, number: &str) {
        let uri = format!("sip:{number}@{}:{}", self.spec.registrar_ip, self.spec.registrar);
        self.control.tell("transfer", &uri);
    }

    /// Presses a key during a call, and says the place in what it hears from which on an answer to it may come.
    #[track_caller]
    pub fn presses(&mut self, key: char) -> usize {
        let from = self.ear.now();
        self.control.tell("sndcode", &key.to_string());
        from
    }

    /// Presses keys one after the other, each when the one before is up again.
    #[track_caller]
    pub fn keys(&mut self, keys: &str) {
        for key in keys.chars() {
            let before = self.process.times_said(KEY_UP);
            self.presses(key);
            until(&format!("phone {} has sent {key}", self.user()), || {
                (self.process.times_said(KEY_UP) > before).then_some(())
            });
        }
    }

    /// Calls another phone, which answers; both talk then.
    #[track_caller]
    pub fn calls(&mut self, other: &mut Baresip, number: &str) {
        self.dials(number);
        other.rings();
        other.answers();
        self.talks();
    }

    /// Waits until it is told that the other side pressed a key, and says which.
    #[track_caller]
    pub fn sees_key(&mut self) -> String {
        self.reports("CALL_DTMF_START")
    }

    /// How many of its lines say this.
    pub fn times_it_said(&self, words: &str) -> usize {
        self.process.times_said(words)
    }

    /// Waits until it hears this tone as loud as a phone speaks it.
    #[track_caller]
    pub fn hears(&self, hz: f64) {
        let loud = self.hears_at_least(hz, LOUDNESS - LOUDNESS_TOLERANCE);
        assert!(loud <= LOUDNESS + LOUDNESS_TOLERANCE, "{hz} Hz is too loud: {loud:.0}");
    }

    /// Waits until it hears this tone at least so loud, and says how loud.
    #[track_caller]
    pub fn hears_at_least(&self, hz: f64, amplitude: f64) -> f64 {
        self.hears_within(super::PATIENCE, hz, amplitude)
    }

    /// The same, within some time.
    #[track_caller]
    pub fn hears_within(&self, bound: Duration, hz: f64, amplitude: f64) -> f64 {
        self.hears_since(self.ear.now(), bound, hz, amplitude)
    }

    /// The same, now or since that place: what is over before somebody looks again counts too.
    #[track_caller]
    pub fn hears_since(&self, from: usize, bound: Duration, hz: f64, amplitude: f64) -> f64 {
        let (mut at, mut loudest) = (from, 0.0_f64);
        let found = wait_for(bound, || {
            while let Some(piece) = self.ear.since(at).get(..PIECE) {
                loudest = loudest.max(tone_amplitude(piece, hz));
                if loudest >= amplitude {
                    return Some(loudest);
                }
                at += PIECE / 2;
            }
            None
        });
        let Some(loud) = found else {
            let tenths = self.ear.since(from).len() / (RATE_HZ / 10);
            panic!(
                "phone {} does not hear {hz} Hz at {amplitude}: {loudest:.0} at most in {tenths} tenths of a second",
                self.user()
            )
        };
        loud
    }

    /// Waits until somebody speaks to it: a second of sound that is no single tone.
    #[track_caller]
    pub fn hears_speech(&self) {
        let from = self.ear.now();
        until(&format!("phone {} is spoken to", self.user()), || {
            let new = self.ear.since(from);
            let last = new.get(new.len().checked_sub(RATE_HZ)?..)?;
            let loudness = (last.iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>() / RATE_HZ as f64).sqrt();
            // Of a tone, this is 1.41 of its loudness.
            let is_tone = (100..3400).step_by(20).any(|hz| tone_amplitude(last, f64::from(hz)) > loudness);
            (loudness > VOICE && !is_tone).then_some(())
        });
    }

    /// Waits until its message lamp was told this last: new and old messages, as in `1/0` (RFC 3842 §5.2).
    #[track_caller]
    pub fn lamp_shows(&self, messages: &str) {
        let mut last = None;
        let shown = wait_for(super::PATIENCE, || {
            last = self.process.last_said("Voice-Message: ");
            (last.as_ref()?.split_whitespace().nth(1) == Some(messages)).then_some(())
        });
        assert!(shown.is_some(), "phone {}: its lamp does not show {messages}, but {last:?}", self.user());
    }

    /// Waits until it hears nothing, for half a second on end.
    #[track_caller]
    pub fn hears_silence(&self) {
        let quiet = Duration::from_millis(500);
        let (mut since, mut from) = (Instant::now(), self.ear.now());
        until(&format!("phone {} hears nothing", self.user()), || {
            let new = self.ear.since(from);
            if new.iter().any(|sample| f64::from(*sample).abs() > SILENCE) {
                (since, from) = (Instant::now(), self.ear.now());
            }
            (since.elapsed() >= quiet).then_some(())
        });
    }

    /// Waits until its display says this of somebody whom it watches: `Online`, `Busy` or `Offline`.
    #[track_caller]
    pub fn shows_presence(&mut self, state: &str) {
        let what = format!("phone {} shows {state}", self.user());
        until(&what, || self.control.tell("contacts", "").contains(state).then_some(()));
    }

    /// Waits until it has neither a call nor a ringing one.
    #[track_caller]
    pub fn becomes_idle(&mut self) {
        let what = format!("phone {} is idle", self.user());
        until(&what, || self.control.tell("listcalls", "").contains("(0)").then_some(()));
    }

    /// Waits for the next report of this kind and returns its parameter; those before it are done with.
    #[track_caller]
    fn reports(&mut self, kind: &str) -> String {
        let (at, parameter) = self.control.event(kind, self.seen);
        self.seen = at + 1;
        parameter
    }
}

/// Writes the phone's folder; returns its remote control's port.
fn write_configuration(spec: &Spec, folder: &Path) -> u16 {
    let first = ports::free_ports(24);
    let (sip, control, rtp) = (first, first + 2, first + 4);
    let voice = folder.join("voice.wav");
    wav::write(&voice, &tone(spec.tone_hz, LOUDNESS, TONE_S));
    let mut config = format!(
        "sip_listen {own}:{sip}\nnet_interface {bare}\n\
         audio_source aufile,{}\naudio_player alsa,ear\naudio_alert aubridge,bell\n\
         ausrc_srate 8000\nauplay_srate 8000\nausrc_channels 1\nauplay_channels 1\naudio_txmode thread\n\
         rtp_ports {rtp}-{}\ncall_max_calls 1\naudio_buffer 160-320\nstatmode_default off\nctrl_tcp_listen 127.0.0.1:{control}\n\
         module_path /usr/lib/baresip/modules\n",
        voice.display(),
        rtp + 19,
        own = spec.own_ip,
        bare = spec.own_ip.trim_matches(['[', ']']),
    );
    let lamp = spec.watches_lamp.then_some("mwi");
    let contacts: &[&str] = if spec.watches.is_empty() { &[] } else { &["contact", "presence"] };
    for application in ["account", "menu", "ctrl_tcp"].into_iter().chain(lamp).chain(contacts.iter().copied()) {
        config += &format!("module_app {application}.so\n");
    }
    if let Some(authority) = &spec.authority {
        config += &format!("sip_cafile {}\n", authority.display());
    }
    for module in ["g711", "g722", "opus", "aufile", "aubridge", "alsa"] {
        config += &format!("module {module}.so\n");
    }
    // baresip subscribes again and again, without end, where it is registered before its module mwi is up.
    let accounts = if spec.watches_lamp { String::new() } else { account(spec) };
    for (file, text) in [("config", config), ("accounts", accounts), ("contacts", contacts_of(spec))] {
        std::fs::write(folder.join(file), text).expect("the phone's folder is writable");
    }
    control
}

/// The extensions that it watches, as its address book has them.
fn contacts_of(spec: &Spec) -> String {
    let contact = |extension: &String| {
        format!("\"Desk {extension}\" <sip:{extension}@{}:{}>;presence=p2p\n", spec.registrar_ip, spec.registrar)
    };
    spec.watches.iter().map(contact).collect()
}

/// The phone's line at the registrar.
fn account(spec: &Spec) -> String {
    format!(
        "<sip:{extension}@{}:{};transport={}>;auth_user={user};auth_pass={};regint={};audio_codecs={};answermode={};mwi={}\n",
        spec.registrar_ip,
        spec.registrar,
        spec.transport,
        spec.secret,
        spec.register_s,
        spec.codec,
        spec.answer_mode,
        if spec.watches_lamp { "yes" } else { "no" },
        extension = spec.extension,
        user = spec.user,
    )
}
