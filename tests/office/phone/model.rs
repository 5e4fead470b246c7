//! Phone models by their quirks: what real phones do that the RFC does not say, or says otherwise.

use std::time::Duration;

use super::reliable::ReliableStyle;
use super::session::SessionStyle;

/// How a model says "hold".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoldStyle {
    /// `a=sendonly` (RFC 3264 §8.4), what most phones do.
    SendOnly,
    /// `a=inactive`: it has no music of its own.
    Inactive,
    /// `c=IN IP4 0.0.0.0`, the way of RFC 2543.
    ZeroAddress,
}

/// What a model does when it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhenCalled {
    /// It rings.
    Rings,
    /// Do not disturb: 486 at once.
    IsBusy,
    /// 603 at once.
    Declines,
    /// 302 to another number.
    Redirects(String),
    /// It answers itself after so long.
    AnswersItself(Duration),
}

/// What a model does about its message lamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LampStyle {
    /// It subscribes once it is registered, and knows no NOTIFY that it did not ask for.
    Subscribes,
    /// It takes every NOTIFY of a mailbox and subscribes to none.
    TakesAnything,
    /// It says 489 to every NOTIFY: it has no lamp.
    Refuses,
    /// It says nothing to a NOTIFY.
    Ignores,
}

/// How a model transfers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferStyle {
    /// It waits for the last NOTIFY and hangs up when that tells of success.
    Waits,
    /// It hangs up as soon as the REFER is accepted, and knows no NOTIFY after that.
    HangsUpAtOnce,
    /// It never hangs up by itself.
    NeverHangsUp,
    /// It wants no NOTIFY (RFC 4488), and does not hang up.
    WantsNoNews,
}

/// A phone's habits. The default is a well-behaved desk phone.
#[derive(Clone, Debug)]
pub struct Model {
    /// Its User-Agent.
    pub software: String,
    /// Whether it takes no sound whenever it is called: a player of announcements.
    pub only_speaks: bool,
    /// Whether it asks for replies to the port it sends from (RFC 3581).
    pub has_rport: bool,
    /// How long it thinks before it acknowledges a 200.
    pub acknowledges_after: Duration,
    /// Whether SHA-256 is beyond it.
    pub is_md5_only: bool,
    /// How it holds.
    pub holds_by: HoldStyle,
    /// Whether it takes a call back by a re-INVITE without SDP.
    pub resumes_without_sdp: bool,
    /// Whether it sits behind a NAT and names its private address.
    pub has_private_address: bool,
    /// Whether it writes headers in the short form.
    pub is_compact: bool,
    /// Whether it keeps one TCP connection.
    pub is_tcp: bool,
    /// Whether its SDP has the mandatory `s=` line.
    pub names_session: bool,
    /// Whether it takes no notice of CANCEL.
    pub ignores_cancel: bool,
    /// Whether it says nothing when it is asked what it can.
    pub ignores_options: bool,
    /// What it does when called.
    pub when_called: WhenCalled,
    /// Whether it calls without SDP and offers nothing before the answer.
    pub offers_late: bool,
    /// The payload types it offers, best first: 0 PCMU, 8 PCMA, 9 G722, 18 G729.
    pub payloads: Vec<u8>,
    /// The payload type under which it wants events; `None`: it has none.
    pub events: Option<u8>,
    /// Whether it tells keys by INFO.
    pub keys_by_info: bool,
    /// Whether it tells them by INFO alone, even where events are agreed.
    pub keys_by_info_alone: bool,
    /// Whether it calls without saying who it is (RFC 3323 §4.1).
    pub is_anonymous: bool,
    /// What in an INVITE has it answer by itself: all of these, each the start of a line and what that line has in it.
    pub answers_when_told: Vec<(&'static str, &'static str)>,
    /// A header line that it adds to the INVITE of its calls; empty for none.
    pub claims: String,
    /// Whether it takes INFO.
    pub takes_info: bool,
    /// Whether its 183 carries SDP: it plays something before the answer.
    pub has_early_media: bool,
    /// Whether it says 180 after that, as gateways do once it rings at the far end.
    pub rings_after_early_media: bool,
    /// The status by which it says that it rings.
    pub rings_by: u16,
    /// Whether it takes its early media elsewhere by UPDATE, once that is confirmed (RFC 3311).
    pub moves_early_media: bool,
    /// Whether its calls fork on their way: another branch is heard last, and does not answer.
    pub forks: bool,
    /// Whether it names itself by `+sip.instance` (RFC 5626).
    pub has_instance: bool,
    /// Which of its flows this is: the same device registers over several (RFC 5626).
    pub flow: Option<u8>,
    /// Whether it uses a challenge again before it is asked.
    pub reuses_challenge: bool,
    /// How many calls it can have at once.
    pub lines: usize,
    /// What its "decline" key says.
    pub decline_status: u16,
    /// The expiry it asks for, in seconds.
    pub expires_s: u64,
    /// How it transfers.
    pub refers_by: ReferStyle,
    /// The header by which it learns who is at the other end (RFC 3325, or the draft before it).
    pub shows_who_by: &'static str,
    /// Whether it knows UPDATE (RFC 3311).
    pub knows_update: bool,
    /// What it thinks of provisional responses that must arrive.
    pub reliable: ReliableStyle,
    /// How it thinks of session timers.
    pub session: SessionStyle,
    /// What it does about its message lamp.
    pub lamp: LampStyle,
    /// The expiry of its subscription that it asks for, in seconds.
    pub lamp_expires_s: u64,
    /// How many of the 200s to its own BYE it needs: old ones that never read the answer send all eleven.
    pub is_deaf_to_bye_answers: bool,
}

impl Default for Model {
    fn default() -> Model {
        Model {
            software: "Desk/2.1".to_owned(),
            has_rport: true,
            acknowledges_after: Duration::ZERO,
            is_md5_only: false,
            holds_by: HoldStyle::SendOnly,
            resumes_without_sdp: false,
            has_private_address: false,
            is_compact: false,
            is_tcp: false,
            names_session: true,
            ignores_cancel: false,
            ignores_options: false,
            when_called: WhenCalled::Rings,
            offers_late: false,
            payloads: vec![8, 0],
            events: Some(101),
            keys_by_info: false,
            keys_by_info_alone: false,
            is_anonymous: false,
            answers_when_told: Vec::new(),
            claims: String::new(),
            takes_info: true,
            has_early_media: false,
            rings_after_early_media: false,
            rings_by: 180,
            moves_early_media: false,
            forks: false,
            only_speaks: false,
            has_instance: true,
            flow: None,
            reuses_challenge: true,
            lines: 2,
            decline_status: 603,
            expires_s: 600,
            refers_by: ReferStyle::Waits,
            shows_who_by: "P-Asserted-Identity",
            knows_update: true,
            reliable: ReliableStyle::Unknown,
            session: SessionStyle::Unknown,
            lamp: LampStyle::TakesAnything,
            lamp_expires_s: 600,
            is_deaf_to_bye_answers: false,
        }
    }
}

impl Model {
    /// The model of this name; panics where there is none, so that a scenario cannot test nothing.
    #[track_caller]
    pub fn named(name: &str) -> Model {
        let answers_when_told = told_by_maker(name);
        let mut model = Model { software: format!("{name}/1.0"), answers_when_told, ..Model::default() };
        match name {
            _ if name == "desk" || !model.answers_when_told.is_empty() => {}
            "no-rport-phone" => (model.has_rport, model.has_instance) = (false, false),
            "late-ack" => model.acknowledges_after = Duration::from_secs(3),
            "md5-only" => (model.is_md5_only, model.reuses_challenge) = (true, false),
            "old-hold" => (model.holds_by, model.has_instance) = (HoldStyle::ZeroAddress, false),
            "only-speaks" => model.only_speaks = true,
            "inactive-hold" => model.holds_by = HoldStyle::Inactive,
            "resumes-without-sdp" => model.resumes_without_sdp = true,
            "wrong-contact" => (model.has_private_address, model.has_instance) = (true, false),
            "compact-headers" => model.is_compact = true,
            "tcp" => model.is_tcp = true,
            "tcp-nat" => (model.is_tcp, model.has_private_address) = (true, true),
            "first-flow" => (model.is_tcp, model.flow) = (true, Some(1)),
            "second-flow" => (model.is_tcp, model.flow) = (true, Some(2)),
            "no-session-name" => model.names_session = false,
            "ignores-options" => model.ignores_options = true,
            "ignores-cancel" => model.ignores_cancel = true,
            "delayed-offer" => model.offers_late = true,
            "early-media" => model.has_early_media = true,
            "early-media-then-rings" => (model.has_early_media, model.rings_after_early_media) = (true, true),
            "progress-without-sound" => model.rings_by = 183,
            "dtmf-96" => model.events = Some(96),
            "no-dtmf" => model.events = None,
            "keys-by-info" => (model.keys_by_info, model.events) = (true, None),
            "keys-by-info-alone" => (model.keys_by_info, model.keys_by_info_alone) = (true, true),
            "knows-tones-alone" => (model.takes_info, model.events) = (false, None),
            "claims-diversions" => model.claims = "Diversion: <sip:+49301234@office>;reason=user-busy".to_owned(),
            "anonymous" => (model.is_anonymous, model.claims) = (true, "Privacy: id".to_owned()),
            "keys-twice" => model.keys_by_info = true,
            "mu-law-only" => model.payloads = vec![0],
            "a-law-only" => model.payloads = vec![8],
            "many-codecs" => model.payloads = vec![9, 18, 0, 8],
            "g729-only" => model.payloads = vec![18],
            "one-line" => model.lines = 1,
            "busy-key" => model.decline_status = 486,
            "short-registration" => model.expires_s = 60,
            "impatient-registration" => model.expires_s = 5,
            "hangs-up-on-202" => model.refers_by = ReferStyle::HangsUpAtOnce,
            "never-hangs-up" => model.refers_by = ReferStyle::NeverHangsUp,
            "refers-unwatched" => model.refers_by = ReferStyle::WantsNoNews,
            "no-update" => model.knows_update = false,
            "shows-remote-party" => (model.shows_who_by, model.knows_update) = ("Remote-Party-ID", false),
            "knows-100rel" => model.reliable = ReliableStyle::Known,
            "requires-100rel" => model.reliable = ReliableStyle::Required,
            "never-confirms" => model.reliable = ReliableStyle::NeverConfirms,
            "early-media-reliably" => (model.reliable, model.has_early_media) = (ReliableStyle::Known, true),
            "moves-early-media" => {
                (model.reliable, model.has_early_media, model.moves_early_media) = (ReliableStyle::Known, true, true);
            }
            "forks" => (model.reliable, model.has_early_media, model.forks) = (ReliableStyle::Known, true, true),
            "keeps-session" => model.session = SessionStyle::Keeps,
            "keeps-session-by-invite" => (model.session, model.knows_update) = (SessionStyle::Keeps, false),
            "leaves-session" => model.session = SessionStyle::LeavesIt,
            "leaves-session-by-invite" => (model.session, model.knows_update) = (SessionStyle::LeavesIt, false),
            "forgets-session" => model.session = SessionStyle::Forgets,
            "wants-long-sessions" => model.session = SessionStyle::WantsLonger,
            "watches-mailbox" => model.lamp = LampStyle::Subscribes,
            "no-lamp" => model.lamp = LampStyle::Refuses,
            "ignores-notify" => model.lamp = LampStyle::Ignores,
            "watches-by-tcp" => (model.lamp, model.is_tcp) = (LampStyle::Subscribes, true),
            "deaf-to-bye-answers" => model.is_deaf_to_bye_answers = true,
            _ => match when_called(name) {
                Some(when_called) => model.when_called = when_called,
                None => panic!("no phone model is called {name:?}"),
            },
        }
        model
    }
}

/// What a model does when it is called, where it does not ring.
fn when_called(name: &str) -> Option<WhenCalled> {
    Some(match name {
        "do-not-disturb" => WhenCalled::IsBusy,
        "declines" => WhenCalled::Declines,
        "answers-itself" => WhenCalled::AnswersItself(Duration::from_millis(500)),
        _ => WhenCalled::Redirects(name.strip_prefix("redirects-to-")?.to_owned()),
    })
}

/// What each maker's delivered configuration looks for before a phone answers by itself.
fn told_by_maker(name: &str) -> Vec<(&'static str, &'static str)> {
    match name {
        "Yealink SIP-T46S" => vec![("INVITE", ";intercom=true"), ("Alert-Info", "Auto Answer")],
        "PolycomVVX-VVX_411" => vec![("Alert-Info", "Auto Answer")],
        "snomD785" => vec![("Alert-Info", ";info=alert-autoanswer;delay=0")],
        "Grandstream GXP2170" | "Cisco/SPA504G" => vec![("Call-Info", ";answer-after=0")],
        "Gigaset DE900" => vec![("Alert-Info", ">;alert-autoanswer")],
        _ => Vec::new(),
    }
}

/// The models that chaos draws from: those with whom one can talk.
pub const EVERY_MODEL: [&str; 56] = [
    "shows-remote-party",
    "early-media-then-rings",
    "progress-without-sound",
    "anonymous",
    "keys-twice",
    "keys-by-info-alone",
    "knows-tones-alone",
    "desk",
    "no-rport-phone",
    "late-ack",
    "md5-only",
    "old-hold",
    "inactive-hold",
    "resumes-without-sdp",
    "wrong-contact",
    "compact-headers",
    "tcp",
    "no-session-name",
    "ignores-cancel",
    "do-not-disturb",
    "declines",
    "answers-itself",
    "delayed-offer",
    "early-media",
    "dtmf-96",
    "no-dtmf",
    "keys-by-info",
    "mu-law-only",
    "many-codecs",
    "g729-only",
    "one-line",
    "busy-key",
    "short-registration",
    "redirects-to-101",
    "deaf-to-bye-answers",
    "watches-mailbox",
    "watches-mailbox",
    "watches-mailbox",
    "watches-by-tcp",
    "no-lamp",
    "ignores-notify",
    "hangs-up-on-202",
    "never-hangs-up",
    "refers-unwatched",
    "no-update",
    "knows-100rel",
    "requires-100rel",
    "early-media-reliably",
    "moves-early-media",
    "forks",
    "keeps-session",
    "keeps-session-by-invite",
    "leaves-session",
    "leaves-session-by-invite",
    "forgets-session",
    "wants-long-sessions",
];
