//! Starts the threads, connects their queues, and stops them in order.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::net::IpAddr;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use config::Config;
use io::limits::Limits;
use io::open::{self, Listening, OpenError};
use io::wire::Wire;
use media::Media;
use media::speech::fixed_prompts;
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use nix::sys::signal::{SigSet, Signal};
use pbx::engine::{Engine, Restored, RtpRange};
use pbx::input::Input;
use store::{Loaded, Opened, Store};
use web::control::Control;

use crate::addresses::{self, Moving};
use crate::bindings::{self, Bindings};
use crate::cause::with_cause;
use crate::clock::Clock;
use crate::dns::Dns;
use crate::engine_thread::{self, Shell};
use crate::inbox::Inbox;
use crate::live::Office;
use crate::names::Names;
use crate::nightly::Nightly;
use crate::pins::Pins;
use crate::runtimes::Runtimes;
use crate::settings::Settings;
use crate::start_error::StartError;
use crate::{demo, logging, notify, site};

/// How long the phones have to hear that the box shuts down: a BYE, its answer, and one retransmission of each.
const GOODBYE: Duration = Duration::from_secs(3);

/// How long the sockets have to send what is queued.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// Descriptors that are wanted: connections, two an RTP port, the store and some to spare.
const DESCRIPTORS: u64 = 8192;

/// Where rendered sentences are kept below DIR; it may be emptied at any time.
const SPEECH_CACHE: &str = "cache/speech";

/// What Server and User-Agent say.
const USER_AGENT: &str = concat!("Bellbox/", env!("CARGO_PKG_VERSION"));

/// Runs the daemon until a signal ends it.
pub fn serve(settings: &Settings) -> Result<(), StartError> {
    logging::start(settings.log.as_deref());
    let signals = SigSet::from_iter([Signal::SIGINT, Signal::SIGTERM]);
    // Before any thread is made, so that all of them leave the signals to this one.
    signals.thread_block()?;
    // A file that may not grow is an error for who writes it, as a full disk is, and not the end of all calls.
    SigSet::from(Signal::SIGXFSZ).thread_block()?;
    raise_descriptors();
    let running = start(settings)?;
    notify::tell("READY=1");
    let signal = signals.wait()?;
    let is_restart = running.office.wants_restart();
    if is_restart {
        log::info!("shutting down to start anew");
        // Not STOPPING, after which systemd waits for the end: the process goes on.
        notify::tell("STATUS=Starting anew with another office");
    } else {
        log::info!("{signal}: shutting down");
        notify::tell("STOPPING=1");
    }
    thread::spawn(move || {
        if signals.wait().is_ok() {
            log::warn!("a second signal: stopped at once");
            std::process::exit(1);
        }
    });
    running.stop();
    if is_restart { Err(again()) } else { Ok(()) }
}

/// The same program with the same arguments in place of this one: threads, sockets and the folder's lock end with it,
/// its process id stays. Returns only where that is not possible.
fn again() -> StartError {
    // Where the file was replaced meanwhile, what runs is still found by this name.
    let program = std::env::current_exe().ok().filter(|path| path.exists());
    let program = program.unwrap_or_else(|| "/proc/self/exe".into());
    StartError::System(std::process::Command::new(program).args(std::env::args_os().skip(1)).exec())
}

struct Running {
    office: Arc<Office>,
    engine: thread::JoinHandle<()>,
    runtimes: Runtimes,
    control: Control,
    nightly: Nightly,
    moving: Moving,
}

fn start(settings: &Settings) -> Result<Running, StartError> {
    // Sockets first: a taken port must not touch the office.
    let limits = Limits::default();
    let listening = listen(settings, &limits)?;
    let pages = site::open(settings)?;
    let clock = Clock::start();
    let certificates = site::certificates(settings, &clock.now())?;
    let Opened { store, .. } = Store::open(&settings.data)?;
    let mut loaded = store.load()?;
    for problem in &loaded.problems {
        log::warn!("office: {problem}");
    }
    if settings.demo
        && let Some(config) = demo::fill(&store, &settings.data, &loaded.config)?
    {
        loaded.config = config;
    }
    let demo_text = match listening.first() {
        Some(first) if settings.demo => {
            Some(demo::explain(&settings.data, &loaded.config, addresses::shown(first.address))?)
        }
        _ => None,
    };
    let inbox = Arc::new(Inbox::default());
    let config = Arc::new(std::mem::take(&mut loaded.config));
    let office = Arc::new(Office::new(clock, Arc::new(store), Arc::clone(&inbox), Arc::clone(&config)));
    tell_of_mailboxes(&office, &loaded);
    let control = Control::start(&settings.data, office.clone())?;
    let runtimes = Runtimes::start()?;
    let engine_settings = engine_settings(settings, &office, &listening)?;
    let rtp = engine_settings.rtp;
    let languages = spoken(&config);
    let (engine, bindings) = engine(engine_settings, config, loaded, clock);
    let identity = certificates.clone().map(site::identity);
    let wire = Wire::start(listening, limits, inbox.clone(), identity, runtimes.wire().clone())?;
    let wire = Arc::new(wire);
    let _ = office.wire.set(Arc::clone(&wire));
    let way_in = site::serve(pages, &office, settings, certificates.clone(), runtimes.page())?;
    let media = start_media(rtp, &settings.data, &office)?;
    languages.iter().for_each(|language| media.warm(&fixed_prompts(language)));
    inbox.know(bindings.sources());
    let pins = Pins::start(Arc::clone(&office))?;
    let dns = Dns { servers: settings.dns.clone() };
    let names = Names::start(dns, &settings.data, Arc::clone(&inbox), runtimes.wire().clone());
    let follow = site::follows(settings, certificates.clone(), clock);
    let moving = Moving::start(Arc::clone(&inbox), Arc::clone(&wire), follow)?;
    let shell = Shell { clock, office: Arc::clone(&office), wire, media: Some(media), pins, names, bindings };
    let engine = engine_thread::start(engine, shell)?;
    let nightly = Nightly::start(Arc::clone(&office), certificates)?;
    log::info!(
        "ready: {USER_AGENT} on {}, voice on {} ports {}-{}",
        settings.data.display(),
        rtp.address,
        rtp.low,
        rtp.high
    );
    for text in [demo_text, way_in].into_iter().flatten() {
        let _ = std::io::stdout().write_all(text.as_bytes());
    }
    Ok(Running { office, engine, runtimes, control, nightly, moving })
}

impl Running {
    fn stop(self) {
        // The command line goes first: what it would order now would be lost.
        drop(self.control);
        drop((self.nightly, self.moving));
        if !self.office.shut_down(GOODBYE) {
            log::warn!("some calls could not be ended politely");
        }
        self.office.inbox.close();
        let _ = self.engine.join();
        self.runtimes.stop(LAST_WORDS);
        self.office.store.close();
        log::info!("stopped");
    }
}

fn listen(settings: &Settings, limits: &Limits) -> Result<Vec<Listening>, StartError> {
    let failed = |e: OpenError, option| match e {
        OpenError::Taken { .. } => StartError::Taken { error: e.to_string(), option },
        _ => StartError::Address { error: with_cause(&e), option },
    };
    let both = settings.sip.iter().map(|address| {
        let listening = open::open(*address, limits.receive_buffer).map_err(|e| failed(e, "sip"))?;
        log::info!("sip listens on {} over UDP and TCP", listening.address);
        Ok(listening)
    });
    let tls = settings.sip_tls.iter().map(|address| {
        let listening = open::open_tls(*address).map_err(|e| failed(e, "sip-tls"))?;
        log::info!("sip listens on {} over TLS", listening.address);
        Ok(listening)
    });
    both.chain(tls).collect()
}

fn engine_settings(
    settings: &Settings,
    office: &Office,
    listening: &[Listening],
) -> Result<pbx::engine::Settings, StartError> {
    let first: IpAddr = listening.first().expect("settings name at least one address").address.ip();
    let address = settings.rtp.address.unwrap_or(first);
    Ok(pbx::engine::Settings {
        sip: listening.iter().filter(|one| !one.is_tls()).map(|one| one.address).collect(),
        rtp: RtpRange { address, low: settings.rtp.low, high: settings.rtp.high },
        realm: office.realm.to_string(),
        user_agent: USER_AGENT.to_owned(),
        seed: random()?,
        nonce_key: random()?,
    })
}

fn random() -> Result<[u8; 32], StartError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| StartError::Random)?;
    Ok(bytes)
}

/// The languages that somebody is spoken to in; at most as many as there are.
fn spoken(config: &config::Config) -> BTreeSet<String> {
    let own = config.people().filter_map(|person| person.language.clone());
    own.chain([config.office().language.clone()]).collect()
}

/// The engine hears of every change of a mailbox from here on.
fn tell_of_mailboxes(office: &Office, loaded: &Loaded) {
    let inbox = Arc::clone(&office.inbox);
    let events = Arc::clone(&office.events);
    let hears = move |mailbox: String, is_now| {
        events.mailbox_changed(&mailbox);
        inbox.push(Input::MailboxChanged { mailbox, is_now });
    };
    office.store.on_mailbox_change(Box::new(hears));
    let new: u32 = loaded.mailboxes.values().map(|mailbox| mailbox.new).sum();
    log::info!(
        "{new} new messages in {} mailboxes",
        loaded.mailboxes.values().filter(|mailbox| mailbox.new > 0).count()
    );
}

fn engine(settings: pbx::engine::Settings, config: Arc<Config>, loaded: Loaded, clock: Clock) -> (Engine, Bindings) {
    let restored: Vec<_> = loaded.bindings.into_iter().map(bindings::after_restart).collect();
    let known = Bindings::restored(&restored);
    let restored = Restored {
        bindings: restored,
        next_call: loaded.next_call,
        mailboxes: loaded.mailboxes,
        next_recording: loaded.next_recording,
        misuse: loaded.misuse,
        last_callers: loaded.last_callers,
        completions: loaded.completions,
        help_calls: loaded.help_calls,
    };
    (Engine::new(settings, restored, config, clock.now()), known)
}

fn start_media(rtp: RtpRange, data: &Path, office: &Office) -> Result<Media, StartError> {
    let ports = usize::from(rtp.high - rtp.low) + 1;
    let speech_cache = Some(data.join(SPEECH_CACHE));
    let recordings = Some(office.store.recordings_dir().to_owned());
    let settings = media::Settings { max_ports: ports / 2, speech_cache, recordings, ..media::Settings::default() };
    let inbox = Arc::clone(&office.inbox);
    let media = Media::start(settings, move |event| {
        inbox.push(Input::Media(event));
        Ok(())
    })?;
    if let Some(speech) = media.speech() {
        let _ = office.speech.set(Arc::downgrade(speech));
    }
    Ok(media)
}

/// Takes as many descriptors as the system permits, so that connections do not take those of the calls.
fn raise_descriptors() {
    let raised = getrlimit(Resource::RLIMIT_NOFILE).and_then(|(soft, hard)| {
        let wanted = DESCRIPTORS.min(hard);
        if soft < wanted { setrlimit(Resource::RLIMIT_NOFILE, wanted, hard) } else { Ok(()) }
    });
    if let Err(e) = raised {
        log::warn!("the number of descriptors could not be raised: {e}");
    }
}
