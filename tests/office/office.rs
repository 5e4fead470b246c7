//! The office as a scenario holds it: who is in it, what time it is, what is written down.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use config::RawConfig;
use expect_test::Expect;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use pbx::console::{ActOrder, CallAct};
use pbx::events::{CallEvent, Decision, Happened};
use pbx::input::{CallId, Order};
use pbx::ladder::Rung;
use pbx::output::Reply;
use pbx::placed::PlaceOrder;
use pbx::route::Step;
use pbx::tested::Wanted;
use pbx::what_if::{self, Answer, Question};
use pbx::words::Language;

use crate::audit::BECOMES_QUIET_WITHIN;
use crate::ladder;
use crate::logs;
use crate::phone::Phone;
use crate::phone::model::Model;
use crate::store::Mood;
use crate::text::{self, PhoneLine};
use crate::wire::Conditions;
use crate::world::{World, checked};

/// How long an expectation waits before it fails, in virtual time.
pub const PATIENCE: Duration = Duration::from_secs(5);
const DEFAULT_TIME: &str = "Mon 2026-03-02 10:00 Europe/Berlin";
const DEFAULT_SEED: u64 = 1;

/// A world that is shared by the office and its phones.
pub type Shared = Rc<RefCell<World>>;

/// A simulated office. When it goes, everybody hangs up and the audit decides.
#[derive(Debug)]
pub struct Office {
    pub(crate) world: Shared,
    text: String,
    at: String,
    seed: u64,
}

impl Office {
    /// An office as the text says, at ten on a Monday morning in Berlin.
    #[track_caller]
    pub fn with(text: &str) -> Office {
        logs::start();
        let world = Rc::new(RefCell::new(build(text, DEFAULT_TIME, DEFAULT_SEED)));
        Office { world, text: text.to_owned(), at: DEFAULT_TIME.to_owned(), seed: DEFAULT_SEED }
    }

    /// At another time, e.g. `Fri 2026-03-27 17:59 Europe/Berlin`. Before the first phone.
    #[track_caller]
    pub fn at(mut self, at: &str) -> Office {
        self.at = at.to_owned();
        self.rebuilt()
    }

    /// With other chances. Before the first phone.
    #[track_caller]
    pub fn seed(mut self, seed: u64) -> Office {
        self.seed = seed;
        self.rebuilt()
    }

    #[track_caller]
    fn rebuilt(self) -> Office {
        assert!(self.world.borrow().phones.is_empty(), "time and chance are chosen before the first phone");
        *self.world.borrow_mut() = build(&self.text, &self.at, self.seed);
        self
    }

    /// The extension's first phone, plugged in if it was not: it registers as soon as time runs. Phones that no
    /// scenario asks for are not plugged in, so their extensions are offline.
    #[track_caller]
    pub fn phone(&self, extension: u32) -> Phone {
        self.phones(extension).swap_remove(0)
    }

    /// All phones of an extension, plugged in.
    #[track_caller]
    pub fn phones(&self, extension: u32) -> Vec<Phone> {
        let lines: Vec<PhoneLine> = self.lines_of(extension);
        assert!(!lines.is_empty(), "the office has no phone for {extension}");
        lines.into_iter().map(|line| self.plugged(line)).collect()
    }

    /// One more device with the credentials of an extension's first phone.
    #[track_caller]
    pub fn another_device(&self, extension: u32) -> Phone {
        let line = self.lines_of(extension).swap_remove(0);
        let index = self.world.borrow_mut().plug_in(line, Model::default());
        Phone::new(self.world.clone(), index)
    }

    fn lines_of(&self, extension: u32) -> Vec<PhoneLine> {
        let world = self.world.borrow();
        world.lines.iter().filter(|line| line.extension == extension.to_string()).cloned().collect()
    }

    fn plugged(&self, line: PhoneLine) -> Phone {
        let known = self.world.borrow().phones.iter().position(|ua| ua.user == line.user);
        let index = known.unwrap_or_else(|| self.world.borrow_mut().plug_in(line, Model::default()));
        Phone::new(self.world.clone(), index)
    }

    /// Lets time pass.
    pub fn wait(&self, span: Duration) {
        self.world.borrow_mut().run(span);
    }

    /// The line of an extension's first phone gets these conditions.
    #[track_caller]
    pub fn wire(&self, extension: u32, conditions: Conditions) {
        let phone = self.phone(extension);
        self.world.borrow_mut().wires[phone.index()].becomes(conditions);
    }

    /// The office file changes and comes into force.
    pub fn reloads(&self, change: impl FnOnce(&mut RawConfig)) {
        let mut world = self.world.borrow_mut();
        change(&mut world.raw);
        self.note(&mut world, "the configuration changes");
        world.reload();
    }

    /// The office file changes into one with faults, of which the box makes the best.
    pub fn reloads_with_faults(&self, change: impl FnOnce(&mut RawConfig)) {
        let mut world = self.world.borrow_mut();
        change(&mut world.raw);
        self.note(&mut world, "the configuration changes, not for the better");
        world.reload_with_faults();
    }

    /// The daemon is killed and started again; calls are gone, bindings are on disk.
    pub fn restarts(&self) {
        let mut world = self.world.borrow_mut();
        self.note(&mut world, "the box restarts");
        world.restart();
    }

    /// The disk fares like this from now on.
    pub fn disk(&self, mood: Mood) {
        let mut world = self.world.borrow_mut();
        self.note(&mut world, &format!("the disk: {mood:?}"));
        world.store.mood = mood;
    }

    /// So many of the next RTP ports cannot be opened.
    pub fn refuses_ports(&self, count: u32) {
        self.world.borrow_mut().media.refusals = count;
    }

    /// The n-th step of a call from now panics.
    pub fn injects_panic(&self, at: u64) {
        self.world.borrow_mut().engine.inject_panic(at);
    }

    /// Takes the errors that the box has logged, which the audit else would not forgive.
    pub fn errors(&self) -> Vec<String> {
        logs::take_errors()
    }

    /// The administrator ends a call.
    #[track_caller]
    pub fn administrator_ends(&self, call: u64) {
        let order = self.world.borrow_mut().order(Order::HangUp(CallId(call)));
        self.until(&format!("the order to end call {call} is answered"), |world| world.replies.contains_key(&order));
    }

    /// The SIP messages of a call, as the administrator sees them; none where they are not kept.
    #[track_caller]
    pub fn ladder(&self, call: u64) -> Vec<Rung> {
        let order = self.world.borrow_mut().order(Order::Ladder(CallId(call)));
        self.until(&format!("the ladder of call {call} is told"), |world| world.replies.contains_key(&order));
        let reply = self.world.borrow_mut().replies.remove(&order);
        if let Some(Reply::Ladder(ladder)) = reply { ladder.rungs.clone() } else { Vec::new() }
    }

    /// The administrator wants to see how a trunk is. Whether there is one.
    #[track_caller]
    pub fn administrator_tries(&self, trunk: &str) -> bool {
        let order = self.world.borrow_mut().order(Order::TryTrunk(trunk.to_owned()));
        self.until(&format!("the order to try {trunk} is answered"), |world| world.replies.contains_key(&order));
        self.world.borrow().replies.get(&order) == Some(&Reply::Done)
    }

    /// The administrator of this extension wants a trunk tested by a call.
    #[track_caller]
    pub fn administrator_tests(&self, trunk: &str, number: Option<&str>, extension: Option<&str>) -> Reply {
        let (number, extension) = (number.map(str::to_owned), extension.map(str::to_owned));
        let wanted = Wanted { trunk: trunk.to_owned(), number, extension, by: "Front Desk".to_owned() };
        let order = self.world.borrow_mut().order(Order::TestTrunk(wanted));
        self.until(&format!("the order to test {trunk} is answered"), |world| world.replies.contains_key(&order));
        self.world.borrow().replies.get(&order).cloned().expect("it was answered")
    }

    /// Somebody wants the box to place a call for them; what it says to that.
    #[track_caller]
    pub fn places(&self, extension: &str, phone: Option<&str>, number: &str) -> Reply {
        let (extension, number) = (extension.to_owned(), number.to_owned());
        let order = Order::Place(PlaceOrder { extension, phone: phone.map(str::to_owned), number });
        let order = self.world.borrow_mut().order(order);
        self.until("the order to place a call is answered", |world| world.replies.contains_key(&order));
        self.world.borrow().replies.get(&order).cloned().expect("it was answered")
    }

    /// Somebody does something with a call of theirs at the page; what the box says to that.
    #[track_caller]
    pub fn acts(&self, extension: &str, call: u64, act: CallAct) -> Reply {
        let order = Order::Act(ActOrder { call: CallId(call), extension: extension.to_owned(), act });
        let order = self.world.borrow_mut().order(order);
        self.until("the order for a call is answered", |world| world.replies.contains_key(&order));
        self.world.borrow().replies.get(&order).cloned().expect("it was answered")
    }

    /// Somebody ends a wish at the page; whether there was one.
    #[track_caller]
    pub fn ends_wish(&self, caller: &str, target: &str) -> bool {
        let order = Order::EndWish { caller: caller.to_owned(), target: target.to_owned() };
        let order = self.world.borrow_mut().order(order);
        self.until("the order to end a wish is answered", |world| world.replies.contains_key(&order));
        self.world.borrow().replies.get(&order) == Some(&Reply::Done)
    }

    /// The box is asked to shut down; waits until it says that it is done.
    #[track_caller]
    pub fn shuts_down(&self) {
        let order = self.world.borrow_mut().order(Order::ShutDown);
        self.until("the box has shut down", |world| world.replies.contains_key(&order));
    }

    /// The sentences of the alerts so far.
    pub fn alerts(&self) -> Vec<String> {
        let words = Language::English.words();
        self.world.borrow().store.alerts.iter().map(|alert| words.alarm(&alert.what)).collect()
    }

    /// The call log as one line a call.
    #[track_caller]
    pub fn calls_are(&self, expected: Expect) {
        self.wait(Duration::from_secs(1));
        let world = self.world.borrow();
        expected.assert_eq(&world.store.lines(&world.zone).join("\n"));
    }

    /// Every event of a call, one a line, its end also in words.
    pub fn story(&self, call: u64) -> String {
        let world = self.world.borrow();
        let events = world.store.calls.get(&CallId(call)).cloned().unwrap_or_default();
        let line = |event: &CallEvent| match &event.what {
            what @ Happened::Ended { .. } => {
                format!("{:>8} {what:?}: {}", event.since_start_ms, Language::English.words().happened(what))
            }
            what => format!("{:>8} {what:?}", event.since_start_ms),
        };
        events.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// A call as the page tells it in English, one event a line, and one for each reason of what was decided.
    pub fn tells(&self, call: u64) -> String {
        let world = self.world.borrow();
        let events = world.store.calls.get(&CallId(call)).cloned().unwrap_or_default();
        let words = Language::English.words();
        let lines = events.iter().flat_map(|event| match &event.what {
            Happened::Decided { steps } => steps.iter().flat_map(|step| words.decision(step).1).collect(),
            what => vec![words.happened(what)],
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Everything that is kept of a call.
    pub fn events(&self, call: u64) -> Vec<CallEvent> {
        self.world.borrow().store.calls.get(&CallId(call)).cloned().unwrap_or_default()
    }

    /// What the box foretells of a call that nobody makes.
    #[track_caller]
    pub fn what_if(&self, question: &Question) -> Answer {
        let world = self.world.borrow();
        what_if::ask(&checked(&world.raw, world.revision), world.wall(), question)
            .unwrap_or_else(|why| panic!("{why}: {question:?}"))
    }

    /// What was decided on for a call when it began.
    pub fn decided(&self, call: u64) -> Vec<Step> {
        let world = self.world.borrow();
        let events = world.store.calls.get(&CallId(call)).cloned().unwrap_or_default();
        let steps = events.into_iter().find_map(|event| match event.what {
            Happened::Decided { steps } => Some(steps),
            _ => None,
        });
        let step = |decision| match decision {
            Decision::Step(step) => Some(step),
            Decision::Told { .. } => None,
        };
        steps.into_iter().flatten().filter_map(step).collect()
    }

    /// The story of the last call says this.
    #[track_caller]
    pub fn last_story_says(&self, words: &str) {
        self.wait(Duration::from_secs(1));
        let last = self.world.borrow().store.calls.last_key_value().map_or(0, |(call, _)| call.0);
        let story = self.tells(last);
        assert!(story.contains(words), "{words:?} is not in\n{story}");
    }

    /// What the box publishes now, in JSON, for what no person sees.
    pub fn status(&self) -> std::sync::Arc<pbx::status::Status> {
        self.world.borrow().status.clone()
    }

    /// How many bindings the disk has.
    pub fn bindings_kept(&self) -> usize {
        self.world.borrow().store.bindings.len()
    }

    /// Waits until something is so; at most five seconds.
    #[track_caller]
    pub fn until(&self, what: &str, is_so: impl Fn(&World) -> bool) {
        until(&self.world, what, PATIENCE, is_so);
    }

    /// Everybody hangs up; nothing may be left.
    #[track_caller]
    pub fn is_quiet(&self) {
        let mut world = self.world.borrow_mut();
        world.everybody_hangs_up();
        world.becomes_quiet(BECOMES_QUIET_WITHIN);
        let faults = world.audit();
        assert!(faults.is_empty(), "the office is not quiet:\n{}\n{}", faults.join("\n"), world.ladder.text());
    }

    /// The world, for verbs that live elsewhere.
    pub(crate) fn shared(&self) -> Shared {
        self.world.clone()
    }

    /// A line in the ladder.
    pub(crate) fn says(&self, words: &str) {
        let mut world = self.world.borrow_mut();
        self.note(&mut world, words);
    }

    fn note(&self, world: &mut World, words: &str) {
        let now = world.now;
        world.ladder.push(now, ladder::Rung::Said(words.to_owned()));
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.is_quiet();
        }
    }
}

/// Runs the clock until something is so, at most for this long; then panics with the ladder.
#[track_caller]
pub fn until(world: &Shared, what: &str, within: Duration, is_so: impl Fn(&World) -> bool) {
    let limit = world.borrow().now + within;
    loop {
        if is_so(&world.borrow()) {
            return;
        }
        let happened = world.borrow_mut().step(limit);
        if !happened && !is_so(&world.borrow()) {
            let world = world.borrow();
            panic!("expected: {what}\n{}", world.ladder.text());
        }
    }
}

#[track_caller]
fn build(text: &str, at: &str, seed: u64) -> World {
    let words: Vec<&str> = at.split_whitespace().collect();
    let [weekday, date, time, zone] = words.as_slice() else { panic!("no moment: {at:?}") };
    let moment: DateTime = format!("{date}T{time}").parse().expect("a date and time");
    assert!(format!("{:?}", moment.weekday()).starts_with(weekday), "{date} is a {:?}", moment.weekday());
    let (raw, lines) = text::read(text, zone);
    let zone = TimeZone::get(zone).expect("a time zone");
    let start = zone.to_timestamp(moment).expect("a moment of that zone");
    World::new(raw, lines, start, zone, seed)
}
