//! A phone as a scenario holds it: verbs are what its user does, expectations what the user sees and hears.

pub mod appearance;
pub mod busy_key;
pub mod description;
pub mod digest;
mod guessing;
mod incoming;
pub mod lamp;
pub mod message;
pub mod model;
mod outgoing;
pub mod passing;
pub mod registration;
pub mod reliable;
pub mod senses;
pub mod session;
pub mod transaction;
pub mod ua;

use std::time::Duration;

use self::appearance::{Appearance, State};
use self::model::Model;
use self::ua::{Cx, Ua};
use crate::ladder::Rung;
use crate::office::{PATIENCE, Shared, until};
use crate::world::World;

/// A handle to a phone; cheap to clone.
#[derive(Clone, Debug)]
pub struct Phone {
    world: Shared,
    index: usize,
}

impl Phone {
    /// The phone of this number in the world.
    pub fn new(world: Shared, index: usize) -> Phone {
        Phone { world, index }
    }

    /// Its number in the world.
    pub fn index(&self) -> usize {
        self.index
    }

    /// Makes it a phone of this model. Before time runs, so that its first word is already the model's.
    #[track_caller]
    pub fn as_model(self, name: &str) -> Phone {
        self.changed(Model::named(name))
    }

    /// Makes it a phone with these habits.
    pub fn changed(self, model: Model) -> Phone {
        let mut world = self.world.borrow_mut();
        let ua = &mut world.phones[self.index];
        if model.has_private_address {
            ua.own.set_ip(std::net::Ipv4Addr::new(192, 168, 1, self.index as u8 + 10).into());
            ua.address.set_port(31_000);
        }
        ua.model = model;
        if ua.life > 0 {
            world.power_off(self.index);
            world.power_on(self.index);
        }
        drop(world);
        self
    }

    /// Gives it another secret than the office's file has. Before time runs.
    pub fn with_wrong_password(self) -> Phone {
        self.world.borrow_mut().phones[self.index].secret = "nobody-knows-it".to_owned();
        self
    }

    /// Waits until it is registered.
    #[track_caller]
    pub fn is_registered(&self) -> &Phone {
        let index = self.index;
        self.expects("is registered", move |world| world.phones[index].is_registered(world.now))
    }

    /// Its user dials.
    #[track_caller]
    pub fn dials(&self, number: &str) -> &Phone {
        self.settle();
        self.does(&format!("dials {number}"), |ua, cx| ua.dial(cx, number, None));
        self
    }

    /// Its user dials, and the phone says to be another extension's.
    #[track_caller]
    pub fn dials_as(&self, pretended: &str, number: &str) -> &Phone {
        self.settle();
        self.does(&format!("dials {number} as {pretended}"), |ua, cx| ua.dial(cx, number, Some(pretended)));
        self
    }

    /// It dials for a call elsewhere that it names by a Replaces value.
    #[track_caller]
    pub fn dials_for(&self, number: &str, replaces: &str) -> &Phone {
        let named = Some(replaces.to_owned());
        self.does(&format!("dials {number} for {replaces}"), |ua, cx| ua.dial_for(cx, number, None, named));
        self
    }

    /// Its user lifts the receiver, once it rings.
    #[track_caller]
    pub fn answers(&self) -> &Phone {
        self.rings();
        let call = self.call_that(|call| call.state == State::Rings);
        self.does("answers", |ua, cx| ua.answer(cx, call));
        self
    }

    /// Its user presses "decline", once it rings.
    #[track_caller]
    pub fn declines(&self) -> &Phone {
        self.rings();
        let call = self.call_that(|call| call.state == State::Rings);
        self.does("declines", |ua, cx| ua.decline(cx, call));
        self
    }

    /// Its user ends the call in hand: the one that is not on hold, else any.
    #[track_caller]
    pub fn hangs_up(&self) -> &Phone {
        let call = self.call_in_hand();
        self.does("hangs up", |ua, cx| ua.hang_up(cx, call));
        self
    }

    /// Answers where it rings; else nothing happens.
    pub fn answers_if_it_rings(&self) -> &Phone {
        let ringing = self.find_call(|call| call.state == State::Rings);
        if let Some(call) = ringing {
            self.does("answers", |ua, cx| ua.answer(cx, call));
        }
        self
    }

    /// Hangs up where there is a call; else nothing happens.
    pub fn hangs_up_if_in_a_call(&self) -> &Phone {
        if let Some(call) = self.find_call(|_| true) {
            self.does("hangs up", |ua, cx| ua.hang_up(cx, call));
        }
        self
    }

    /// Its user says nothing from now on; the phone goes on sending silence.
    pub fn falls_silent(&self) -> &Phone {
        self.note("falls silent");
        self.world.borrow_mut().phones[self.index].is_speaking = false;
        self
    }

    /// Its user speaks, as everybody does from the beginning.
    pub fn speaks(&self) -> &Phone {
        self.note("speaks");
        self.world.borrow_mut().phones[self.index].is_speaking = true;
        self
    }

    /// Its user puts the call in hand on hold.
    #[track_caller]
    pub fn holds(&self) -> &Phone {
        let call = self.call_that(|call| call.state == State::Talking && !call.is_held_by_me);
        self.does("holds", |ua, cx| ua.hold(cx, call, true));
        self.waits_for_change()
    }

    /// Presses hold without waiting for what comes of it.
    #[track_caller]
    pub fn presses_hold(&self) -> &Phone {
        let call = self.call_that(|call| call.state == State::Talking);
        self.does("presses hold", |ua, cx| ua.hold(cx, call, true));
        self
    }

    /// Its user takes the call back.
    #[track_caller]
    pub fn resumes(&self) -> &Phone {
        let call = self.call_that(|call| call.state == State::Talking && call.is_held_by_me);
        self.does("resumes", |ua, cx| ua.hold(cx, call, false));
        self.waits_for_change()
    }

    #[track_caller]
    fn waits_for_change(&self) -> &Phone {
        let index = self.index;
        self.expects("its hold or resume is answered", move |world| {
            world.phones[index].calls.values().all(|call| !call.is_changing)
        })
    }

    /// Its user presses keys during the call in hand.
    #[track_caller]
    pub fn presses(&self, keys: &str) -> &Phone {
        let call = self.call_in_hand();
        for key in keys.chars() {
            self.note(&format!("presses {key}"));
            let mut world = self.world.borrow_mut();
            // A phone that knows both ways says it twice; events reach nobody where it has none.
            if world.phones[self.index].model.keys_by_info {
                world.with_phone(self.index, |ua, cx| ua.key_by_info(cx, call, key));
            }
            world.press(self.index, call, key);
            world.run(Duration::from_millis(300));
        }
        self
    }

    /// The power goes, without a word.
    pub fn loses_power(&self) -> &Phone {
        self.note("loses power");
        self.world.borrow_mut().power_off(self.index);
        self
    }

    /// The power is back; the phone has forgotten everything.
    pub fn comes_back(&self) -> &Phone {
        self.note("comes back");
        self.world.borrow_mut().power_on(self.index);
        self
    }

    /// The power is back, and the phone sends from another port than before.
    pub fn comes_back_on_another_port(&self) -> &Phone {
        let mut world = self.world.borrow_mut();
        let ua = &mut world.phones[self.index];
        ua.own.set_port(ua.own.port() + 11);
        ua.address.set_port(ua.address.port() + 11);
        drop(world);
        self.comes_back()
    }

    /// Its cable is pulled: it goes on, and nobody hears it.
    pub fn is_cut(&self) -> &Phone {
        self.note("is cut off");
        self.world.borrow_mut().wires[self.index].cut(true);
        self
    }

    /// Its cable is back.
    pub fn is_joined(&self) -> &Phone {
        self.note("is joined again");
        self.world.borrow_mut().wires[self.index].cut(false);
        self
    }

    /// Its TCP connection breaks; it notices when it next has something to say.
    #[track_caller]
    pub fn loses_connection(&self) -> &Phone {
        self.settle();
        self.note("loses its connection");
        let mut world = self.world.borrow_mut();
        let flow = world.flow_of(self.index).expect("a phone with a connection");
        world.flow_dies(flow);
        drop(world);
        self
    }

    /// Registers at once, out of turn.
    #[track_caller]
    pub fn registers(&self) -> &Phone {
        self.does("registers", |ua, cx| {
            ua.registration.is_off = false;
            ua.register(cx);
        });
        self
    }

    /// Its user unplugs it politely: it tells the box that it goes.
    #[track_caller]
    pub fn signs_off(&self) -> &Phone {
        self.settle();
        self.does("signs off", |ua, cx| ua.sign_off(cx, false));
        self.until_off()
    }

    /// It removes every binding of its extension, `Contact: *`.
    #[track_caller]
    pub fn signs_everyone_off(&self) -> &Phone {
        self.settle();
        self.does("signs everyone off", |ua, cx| ua.sign_off(cx, true));
        self.until_off()
    }

    #[track_caller]
    fn until_off(&self) -> &Phone {
        let index = self.index;
        self.expects("is registered no longer", move |world| world.phones[index].registration.until.is_none())
    }

    /// Runs the clock until no phone is still about to register for the first time; five seconds at most.
    fn settle(&self) {
        let limit = self.world.borrow().now + PATIENCE;
        let is_busy = |world: &World| {
            world.phones.iter().any(|ua| ua.is_on && ua.registration.status == 0 && !ua.registration.is_off)
        };
        while is_busy(&self.world.borrow()) && self.world.borrow_mut().step(limit) {}
    }

    fn does<R>(&self, words: &str, act: impl FnOnce(&mut Ua, &mut Cx) -> R) -> R {
        self.note(words);
        self.world.borrow_mut().with_phone(self.index, act)
    }

    fn note(&self, words: &str) {
        let mut world = self.world.borrow_mut();
        let (now, user) = (world.now, world.phones[self.index].user.clone());
        world.ladder.push(now, Rung::Said(format!("{user} {words}")));
    }

    fn find_call(&self, is_it: impl Fn(&Appearance) -> bool) -> Option<u32> {
        let world = self.world.borrow();
        world.phones[self.index].calls.values().rev().find(|call| is_it(call)).map(|call| call.id)
    }

    #[track_caller]
    fn call_that(&self, is_it: impl Fn(&Appearance) -> bool) -> u32 {
        let world = self.world.borrow();
        let ua = &world.phones[self.index];
        let call = ua.calls.values().rev().find(|call| is_it(call)).map(|call| call.id);
        call.unwrap_or_else(|| panic!("{} has no such call; it {}\n{}", ua.user, ua.says(), world.ladder.text()))
    }

    #[track_caller]
    fn call_in_hand(&self) -> u32 {
        let is_in_hand = |call: &Appearance| call.state != State::Rings && !call.is_held_by_me;
        let world = self.world.borrow();
        let in_hand = world.phones[self.index].calls.values().rev().find(|call| is_in_hand(call)).map(|call| call.id);
        drop(world);
        in_hand.unwrap_or_else(|| self.call_that(|_| true))
    }

    /// Waits for something the user sees or hears; five seconds at most.
    #[track_caller]
    pub fn expects(&self, what: &str, is_so: impl Fn(&World) -> bool) -> &Phone {
        let what = {
            let world = self.world.borrow();
            let ua = &world.phones[self.index];
            format!("{} {what}; before, it {}", ua.user, ua.says())
        };
        until(&self.world, &what, PATIENCE, is_so);
        self
    }
}
