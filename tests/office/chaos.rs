//! Chaos: an office with random people, phones and wires, in which only the audit decides. A seed is the whole story.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use jiff::civil::date;
use jiff::tz::TimeZone;
use pbx::console::{ActOrder, CallAct};
use pbx::events::Happened;
use pbx::input::{CallId, Order};
use pbx::mailbox::Folder;
use pbx::status::CallStatus;

use crate::chaos_outside;
use crate::chaos_rules::{self, CODES};
use crate::dice::Dice;
use crate::ladder::Rung;
use crate::logs;
use crate::media::prompt_name;
use crate::phone::appearance::{Appearance, State};
use crate::phone::busy_key::Words;
use crate::phone::model::{EVERY_MODEL, Model};
use crate::store::Mood;
use crate::text;
use crate::wire::{Fates, far_away, lan, losing, wifi_lossy};
use crate::world::World;

/// How many things happen in one seed.
const DEEDS: u32 = 200;
/// How long the clock runs on at most after everybody fell silent: each thing that is left has its end by then.
const AFTERMATH: Duration = Duration::from_secs(2 * 3600);
/// How often it is looked whether anything is left. When twice in a row nothing is, nothing comes back.
const LOOK: Duration = Duration::from_secs(600);

const OFFICE: &str = "
    101 Alice  phone, voicemail, pin 739116, quota 2 min
    102 Bob    phones 2, ring 15 s, voicemail, pin 480253, operator 101, no pin on own phone
    103 Carol  phone, ring 10 s, voicemail
    104 Dave   phone, group sales
    105 Erin   phones 2, group sales, no call waiting
    106 Frank  no phone, voicemail, pin 915284, no envelope
    country DE
    message limit 60 s
";

const NUMBERS: [&str; 48] = [
    "101",
    "102",
    "103",
    "104",
    "105",
    "101",
    "102",
    "103",
    "106",
    "999",
    "*43",
    "112",
    "#1",
    "12345678901234567890",
    "106",
    "106",
    "*99101",
    "*99102",
    "*99103",
    "*97",
    "*97",
    "*97",
    "*97",
    "*97",
    "*98102",
    "*97",
    "*97",
    "*97",
    "*98",
    "*98102",
    "*8",
    "*8",
    "**102",
    "**101",
    "**104",
    "0891234567",
    "0897654321",
    "+33123456789",
    "0891234567",
    "0897654321",
    "030123451",
    "*97",
    "*97",
    "*88",
    "*88",
    "*851",
    "*851",
    "*852",
];

/// Whom phones have on their keys.
const EVERYBODY: [&str; 7] = ["101", "102", "103", "104", "105", "106", "*851"];

/// What people key in one go: the PINs with an end, a mailbox with its PIN, ways through the menus, and nonsense.
const KEYS: [&str; 12] =
    ["739116#", "480253#", "915284#", "102#480253#", "000000#", "1#", "#1", "0", "3", "#", "7*", "5"];

/// What is keyed during calls to ask somebody, to let all three talk, to come back and to pass on.
const CALL_CODES: [&str; 9] = ["*2103#", "*2105#", "*2101", "*2#", "*2", "*0#", "##102#", "##*88#", "*2*97#"];

/// What whoever has asked somebody keys then.
const WHILE_ASKING: [&str; 6] = ["*2", "*2", "*2", "*2", "*2", "*0#"];

/// How one seed went well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tale {
    /// Differs as soon as one byte that the box sent differs.
    pub fingerprint: u64,
    /// How many messages the box sent.
    pub messages: u64,
    /// How many calls there were.
    pub calls: usize,
    /// How many of them were answered.
    pub answered: u64,
    /// How many transfers came to their end.
    pub transferred: usize,
    /// How often somebody was asked while another waited.
    pub asked: usize,
    /// How often all three talked.
    pub conferred: usize,
    /// How many of the calls that were passed on came back.
    pub handed_back: usize,
    /// How many messages were kept in a mailbox, those that a restart cut off among them.
    pub kept: u64,
    /// How many of those were cut off.
    pub cut_off: u64,
    /// How often a PIN was right.
    pub opened: u64,
    /// How often a party held its call.
    pub held: usize,
    /// How many calls phones had when they lost power.
    pub powerless: u64,
    /// What became of the datagrams on all lines, the carrier's among them.
    pub fates: Fates,
    /// How often a trunk's health changed.
    pub flapped: usize,
    /// How many calls were parked.
    pub parked: usize,
    /// How many of them were fetched.
    pub fetched: usize,
    /// How many calls were taken from another's phone.
    pub picked_up: usize,
    /// How often a key was told something.
    pub lit: u64,
    /// How many calls outside were answered, those that came from there among them.
    pub outside: usize,
    /// How often the box was registered with its carrier.
    pub registered: u32,
    /// How often people changed by code what becomes of their calls.
    pub ruled: usize,
    /// How many calls went where somebody had decided.
    pub decided: usize,
    /// How many passwords were guessed.
    pub guessed: u64,
    /// How much virtual time passed.
    pub lasted: Duration,
}

/// How one seed went wrong.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The seed.
    pub seed: u64,
    /// What is wrong.
    pub faults: Vec<String>,
    /// What happened.
    pub ladder: String,
}

/// Lets a seed happen. With `has_leak` the engine forgets a deadline on purpose.
pub fn run(seed: u64, has_leak: bool) -> Result<Tale, Failure> {
    logs::start();
    let mut world = open(seed);
    if has_leak {
        world.engine.plant_leak();
    }
    let outcome = catch_unwind(AssertUnwindSafe(|| live(&mut world, Dice::new(seed ^ 0xc4a05))));
    let mut faults = if outcome.is_ok() { audited(&world) } else { vec!["a panic".to_owned()] };
    let powerless = outcome.unwrap_or_default();
    if world.status.counters.panics > 0 {
        faults.push(format!("{} steps panicked", world.status.counters.panics));
    }
    if !faults.is_empty() {
        return Err(Failure { seed, faults, ladder: world.ladder.text() });
    }
    Ok(Tale {
        fingerprint: world.fingerprint(),
        messages: world.sent,
        calls: world.store.calls.len(),
        answered: world.status.counters.answered,
        transferred: happened(&world, |what| matches!(what, Happened::Transferred { .. })),
        asked: happened(&world, |what| matches!(what, Happened::Asks { .. })),
        conferred: happened(&world, |what| matches!(what, Happened::Conference { .. })),
        handed_back: happened(&world, |what| matches!(what, Happened::HandedBack { .. })),
        kept: world.store.mailboxes.kept,
        cut_off: world.store.mailboxes.cut_off,
        opened: world.pins_right,
        held: happened(&world, |what| matches!(what, Happened::Held { .. })),
        powerless,
        fates: fates(&world),
        flapped: world.status.trunks.iter().map(|trunk| trunk.history.len()).sum(),
        parked: happened(&world, |what| matches!(what, Happened::Parked { .. })),
        fetched: happened(&world, |what| matches!(what, Happened::Fetched { .. })),
        picked_up: world.store.picked_up(),
        lit: world.phones.iter().flat_map(|ua| &ua.busy_keys).map(|key| key.notifies).sum(),
        outside: world.carriers[0].calls.iter().filter(|call| call.was_answered).count(),
        registered: world.carriers[0].registrations,
        ruled: happened(&world, |what| matches!(what, Happened::RuleChanged { .. })),
        decided: chaos_rules::decided(&world),
        guessed: world.guesser.tries,
        lasted: world.now,
    })
}

fn fates(world: &World) -> Fates {
    let lines = world.wires.iter().chain(world.carriers.iter().map(|carrier| &carrier.wire));
    lines.map(|line| line.fates).fold(Fates::default(), |sum, of| Fates {
        lost: sum.lost + of.lost,
        doubled: sum.doubled + of.doubled,
        overtook: sum.overtook + of.overtook,
    })
}

fn audited(world: &World) -> Vec<String> {
    world.audit().into_iter().chain(chaos_outside::faults(world)).collect()
}

fn happened(world: &World, is_it: impl Fn(&Happened) -> bool) -> usize {
    world.store.calls.values().flatten().filter(|event| is_it(&event.what)).count()
}

fn open(seed: u64) -> World {
    let zone = TimeZone::get("Europe/Berlin").expect("a zone of the database");
    let start = zone.to_timestamp(date(2026, 3, 28).at(22, 30, 0, 0)).expect("a moment of that zone");
    let (mut raw, lines) = text::read(OFFICE, "Europe/Berlin");
    chaos_outside::furnish(&mut raw);
    chaos_rules::furnish(&mut raw);
    let mut world = World::new(raw, lines.clone(), start, zone, seed);
    let mut dice = Dice::new(seed ^ 0x0ff1ce);
    chaos_outside::plug_in(&mut world, &mut Dice::new(seed ^ 0xca1));
    for line in lines {
        let model = if dice.happens(400) { "desk" } else { *dice.one_of(&EVERY_MODEL) };
        let phone = world.plug_in(line, Model::named(model));
        for extension in EVERYBODY {
            if dice.happens(700) {
                continue;
            }
            let words = if dice.happens(200) { Words::Presence } else { Words::Dialog };
            world.phones[phone].put_on_key(extension, words);
        }
        let user = world.phones[phone].user.clone();
        world.ladder.push(world.now, Rung::Said(format!("{user} is a phone of the model {model}")));
        rewire(&mut world, &mut dice, phone);
    }
    world
}

fn rewire(world: &mut World, dice: &mut Dice, phone: usize) {
    let conditions = match dice.below(8) {
        0..4 => lan(),
        4 => wifi_lossy(),
        5 => losing(10),
        6 => losing(30),
        _ => far_away(),
    };
    world.wires[phone].becomes(conditions);
}

/// Lets the day pass; says how many calls phones had when they lost power, before everybody falls silent.
fn live(world: &mut World, mut dice: Dice) -> u64 {
    let has_bad_disk = dice.happens(100);
    world.run(Duration::from_secs(2));
    for _ in 0..DEEDS {
        let phone = dice.below(world.phones.len() as u64) as usize;
        match dice.below(100) {
            0..71 => person_acts(world, &mut dice, phone),
            71..76 => console_acts(world, &mut dice),
            76..84 => chaos_outside::acts(world, &mut dice),
            84..86 => chaos_outside::flaps(world, &mut dice),
            86..88 => chaos_outside::guesses(world, &mut dice, phone),
            deed => fate_acts(world, &mut dice, phone, deed, has_bad_disk),
        }
        let pause = match dice.below(20) {
            0 => Duration::from_secs(100),
            1..4 => Duration::from_secs(20),
            4..12 => Duration::from_secs(3),
            _ => Duration::from_millis(400),
        };
        world.run(dice.within(pause));
    }
    let powerless = world.phones.iter().map(|ua| ua.calls_without_power).sum();
    fall_silent(world, &mut dice);
    powerless
}

/// Everybody falls silent, in a polite way or at once without a word; then the clock runs on.
fn fall_silent(world: &mut World, dice: &mut Dice) {
    say(world, "everybody falls silent");
    world.store.mood = Mood::WORKS;
    let is_polite = dice.happens(500);
    if is_polite {
        for phone in 0..world.phones.len() {
            world.wires[phone].becomes(lan());
            world.wires[phone].cut(false);
        }
        chaos_outside::falls_silent(world);
        world.everybody_hangs_up();
        world.run(Duration::from_secs(600));
        let wrong = world.wrong_lamps().into_iter().chain(world.wrong_busy_keys());
        let wrong: Vec<_> = wrong.collect();
        world.noticed.extend(wrong);
    }
    let leftovers: usize = world.phones.iter().map(|ua| ua.calls.len()).sum();
    if !is_polite || leftovers == 0 {
        for phone in 0..world.phones.len() {
            world.power_off(phone);
        }
        // Two who were passed on to each other outside would else talk for ever.
        chaos_outside::vanishes(world);
    }
    let (end, mut rested) = (world.now + AFTERMATH, false);
    while world.now < end {
        world.run(LOOK);
        if rested && world.rests() {
            break;
        }
        rested = world.rests();
    }
}

fn person_acts(world: &mut World, dice: &mut Dice, phone: usize) {
    if !world.phones[phone].is_on {
        if dice.happens(300) {
            tell(world, phone, "comes back");
            world.power_on(phone);
        }
        return;
    }
    let calls: Vec<Appearance> = world.phones[phone].calls.values().cloned().collect();
    let Some(call) = calls.get(dice.below(calls.len() as u64) as usize) else {
        let number = if dice.happens(70) { *dice.one_of(&CODES) } else { *dice.one_of(&NUMBERS) };
        tell(world, phone, &format!("dials {number}"));
        world.with_phone(phone, |ua, cx| ua.dial(cx, number, None));
        return;
    };
    let id = call.id;
    // Whom the box speaks to mostly answers it.
    let is_asked = call.state == State::Talking && world.sound_of(phone).starts_with(&prompt_name(""));
    let own = &world.phones[phone].extension;
    let mut calls = world.status.calls.iter().filter(|call| call.from == *own && call.state == "consulting");
    let asks = calls.any(|call| call.parties.len() == 3);
    match (call.state, dice.below(20)) {
        // Who has asked somebody does something about who waits.
        (State::Talking, 0..16) if asks => {
            let next = *dice.one_of(&WHILE_ASKING);
            keys(world, phone, id, next, false);
        }
        (State::Talking, 0..12) if is_asked => presses(world, dice, phone, id),
        (State::Rings, 0..12) => {
            tell(world, phone, "answers");
            world.with_phone(phone, |ua, cx| ua.answer(cx, id));
        }
        (State::Rings, 12..14) => {
            tell(world, phone, "declines");
            world.with_phone(phone, |ua, cx| ua.decline(cx, id));
        }
        (State::Talking, 0..3) => passes_on(world, dice, phone, id),
        (State::Talking, 3..7) => {
            tell(world, phone, if call.is_held_by_me { "resumes" } else { "holds" });
            world.with_phone(phone, |ua, cx| ua.hold(cx, id, !call.is_held_by_me));
        }
        (State::Talking, 7..10) => presses(world, dice, phone, id),
        (State::Talking | State::Dialling | State::Ringback, 10..14) => {
            tell(world, phone, "hangs up");
            world.with_phone(phone, |ua, cx| ua.hang_up(cx, id));
        }
        (_, 14..16) if world.phones[phone].calls.len() < world.phones[phone].model.lines => {
            let number = *dice.one_of(&NUMBERS);
            tell(world, phone, &format!("dials {number} as well"));
            world.with_phone(phone, |ua, cx| ua.dial(cx, number, None));
        }
        (State::Talking, 16) => {
            let speaks = !world.phones[phone].is_speaking;
            tell(world, phone, if speaks { "speaks" } else { "falls silent" });
            world.phones[phone].is_speaking = speaks;
        }
        (State::Talking, 17 | 18) => {
            tell(world, phone, "parks");
            world.with_phone(phone, |ua, cx| ua.refer(cx, id, "*88", None));
        }
        (State::Talking | State::Rings, 19) => {
            let other = dice.below(world.phones.len() as u64) as usize;
            if world.phones[other].is_on && other != phone {
                tell(world, other, "takes over");
                let is_early_only = dice.happens(200);
                world.with_phone(other, |ua, cx| ua.take_over(cx, &call.other, call, is_early_only));
            }
        }
        // The rest of the time people just talk.
        _ => {}
    }
}

/// A transfer: to another call of the phone where there is one, else to a number; some hang up before they are told anything.
fn passes_on(world: &mut World, dice: &mut Dice, phone: usize, call: u32) {
    let is_other = |other: &&Appearance| other.id != call && matches!(other.state, State::Talking | State::Ringback);
    let other = world.phones[phone].calls.values().find(is_other).map(|other| (other.id, other.other.clone()));
    match other.filter(|_| dice.happens(800)) {
        Some((other, number)) => {
            tell(world, phone, "connects its calls");
            world.with_phone(phone, |ua, cx| ua.refer(cx, call, &number, Some(other)));
        }
        None => {
            let number = if dice.happens(100) {
                "*88"
            } else if dice.happens(700) {
                NUMBERS[dice.below(5) as usize]
            } else {
                dice.one_of(&NUMBERS)
            };
            tell(world, phone, &format!("transfers to {number}"));
            world.with_phone(phone, |ua, cx| ua.refer(cx, call, number, None));
        }
    }
    if dice.happens(200) {
        tell(world, phone, "hangs up");
        world.with_phone(phone, |ua, cx| ua.hang_up(cx, call));
    }
}

/// The PIN that somebody knows, with its end.
fn pin_of(extension: &str) -> &'static str {
    match extension {
        "101" => "739116#",
        "102" => "480253#",
        _ => "915284#",
    }
}

/// What is asked for, a known row of keys, or one key by chance.
fn presses(world: &mut World, dice: &mut Dice, phone: usize, call: u32) {
    let chance = char::from(*dice.one_of(b"0123456789*#")).to_string();
    let sound = world.sound_of(phone);
    let keys = match world.phones[phone].extension.as_str() {
        _ if sound == prompt_name("transfer-to") && dice.happens(700) => {
            *dice.one_of(&["103#", "105#", "101#", "0891234567#"])
        }
        _ if !sound.starts_with(&prompt_name("")) && dice.happens(500) => *dice.one_of(&CALL_CODES),
        own if sound == prompt_name("enter-pin") && dice.happens(930) => pin_of(own),
        _ if sound == prompt_name("enter-mailbox") && dice.happens(800) => "102#480253#",
        _ if dice.happens(500) => *dice.one_of(&KEYS),
        _ => &chance,
    };
    let is_told_twice = dice.happens(100);
    self::keys(world, phone, call, keys, is_told_twice);
}

/// Keys, one right after the other; phones that know no events say them by INFO, some say them both ways.
fn keys(world: &mut World, phone: usize, call: u32, keys: &str, is_told_twice: bool) {
    tell(world, phone, &format!("presses {keys}"));
    let by_info = world.phones[phone].model.keys_by_info || is_told_twice;
    for key in keys.chars() {
        world.press(phone, call, key);
        if by_info {
            world.with_phone(phone, |ua, cx| ua.key_by_info(cx, call, key));
        }
    }
}

/// Somebody does something with a call at the page: mostly with their own, and what the console offers for it.
fn console_acts(world: &mut World, dice: &mut Dice) {
    let is_at_all =
        |call: &&CallStatus| matches!(call.state.as_str(), "talking" | "held" | "consulting" | "conference");
    let calls: Vec<CallStatus> = world.status.calls.iter().filter(is_at_all).cloned().collect();
    let Some(call) = calls.get(dice.below(calls.len().max(1) as u64) as usize) else { return };
    let to = if dice.happens(700) { NUMBERS[dice.below(5) as usize] } else { dice.one_of(&NUMBERS) }.to_owned();
    let act = match (call.state.as_str(), dice.below(10)) {
        ("consulting", 0..6) => CallAct::Confer,
        (_, 0..5) => CallAct::Ask(to),
        (_, 5) => CallAct::PassOn(to),
        (_, 6) => CallAct::Confer,
        (_, 7) => CallAct::Back,
        (_, 8) => CallAct::Hold,
        _ => CallAct::HangUp,
    };
    let parties: Vec<String> = call.parties.iter().map(|party| party.number.clone()).collect();
    let extension = match parties.get(dice.below(3) as usize) {
        Some(party) => party.clone(),
        None => (*dice.one_of(&EVERYBODY)).to_owned(),
    };
    say(world, &format!("the page of {extension} wants {act:?} of {}", call.id));
    world.order(Order::Act(ActOrder { call: call.id, extension, act }));
}

/// Somebody tidies up by the page.
fn page_acts(world: &mut World, dice: &mut Dice) {
    let mailbox = *dice.one_of(&["101", "102", "103", "106"]);
    let nth = dice.below(5) as usize;
    if dice.happens(200) {
        say(world, &format!("the page purges message {nth} of {mailbox}"));
        world.page_purges(mailbox, nth);
    } else {
        let to = *dice.one_of(&[Folder::New, Folder::Saved, Folder::Trash]);
        say(world, &format!("the page moves message {nth} of {mailbox} to {to:?}"));
        world.page_moves(mailbox, nth, to);
    }
}

fn fate_acts(world: &mut World, dice: &mut Dice, phone: usize, deed: u64, has_bad_disk: bool) {
    match deed {
        88 => page_acts(world, dice),
        89 => {
            let after = dice.within(Duration::from_secs(20));
            say(world, &format!("the recorder will fail after {after:?}"));
            world.media.recorder_fails_after = Some(after);
        }
        90 | 91 => {
            tell(world, phone, "loses power");
            world.power_off(phone);
        }
        92 => {
            let is_cut = world.wires[phone].is_cut();
            tell(world, phone, if is_cut { "is joined again" } else { "is cut off" });
            world.wires[phone].cut(!is_cut);
        }
        93 => rewire(world, dice, phone),
        94 => {
            let everyone = dice.happens(300);
            tell(world, phone, "signs off and on");
            world.with_phone(phone, |ua, cx| {
                ua.sign_off(cx, everyone);
                ua.registration.is_off = false;
                ua.register(cx);
            });
        }
        95 => reconfigure(world, dice),
        96 if dice.happens(300) => {
            say(world, "the box restarts");
            world.restart();
        }
        97 => match world.flow_of(phone) {
            Some(flow) => world.flow_dies(flow),
            None => world.media.refusals = dice.below(3) as u32,
        },
        98 => {
            let call = CallId(world.store.next_call() - dice.below(3).min(world.store.next_call()));
            world.order(Order::HangUp(call));
        }
        99 if has_bad_disk => {
            world.store.mood = *dice.one_of(&[Mood::Fails, Mood::IsDead, Mood::WORKS, Mood::Writes(SLOW)]);
        }
        _ => {}
    }
}

const SLOW: Duration = Duration::from_secs(20);

fn reconfigure(world: &mut World, dice: &mut Dice) {
    say(world, "the configuration changes");
    match dice.below(7) {
        5 | 6 => chaos_rules::reconfigure(world, dice),
        4 => {
            let person = dice.below(world.raw.people.len() as u64) as usize;
            let person = &mut world.raw.people[person];
            person.private_lamp = Some(!person.private_lamp.unwrap_or(false));
            person.completion_offers = Some(!person.completion_offers.unwrap_or(true));
            person.pickup_group = if person.pickup_group.is_some() { None } else { Some("sales".to_owned()) };
        }
        3 => {
            let person = dice.below(world.raw.people.len() as u64) as usize;
            let person = &mut world.raw.people[person];
            person.voicemail = Some(!person.voicemail.unwrap_or(false));
        }
        0 => {
            let seconds = *dice.one_of(&[5, 10, 20, 30]);
            let person = dice.below(world.raw.people.len() as u64) as usize;
            world.raw.people[person].ring_s = Some(seconds);
        }
        1 => {
            if let Some(person) = world.raw.people.pop() {
                world.raw.people.insert(0, person);
            }
        }
        _ => {
            let (mut whole, _) = text::read(OFFICE, "Europe/Berlin");
            chaos_outside::furnish(&mut whole);
            chaos_rules::furnish(&mut whole);
            if world.raw.people.len() < whole.people.len() {
                world.raw = whole;
            } else {
                chaos_rules::forget(&mut world.raw);
                let person = dice.below(world.raw.people.len() as u64) as usize;
                let gone = world.raw.people.remove(person);
                world.raw.numbers.retain(|number| number.to != gone.extension);
                world
                    .raw
                    .people
                    .iter_mut()
                    .filter(|other| other.operator == gone.extension)
                    .for_each(|other| other.operator = None);
            }
        }
    }
    world.reload();
}

fn tell(world: &mut World, phone: usize, words: &str) {
    let user = world.phones[phone].user.clone();
    say(world, &format!("{user} {words}"));
}

fn say(world: &mut World, words: &str) {
    let now = world.now;
    world.ladder.push(now, Rung::Said(words.to_owned()));
}
