//! Phones that do not know their password, and whoever guesses one.

use std::net::IpAddr;

use super::Phone;
use super::ua::{Cx, Ua};
use crate::Office;
use crate::text::{PhoneLine, raw_phone};
use pbx::attempts::AttemptStatus;
use pbx::input::Order;
use pbx::output::Reply;

impl Ua {
    /// Tries so many passwords at once, each of them wrong.
    fn guess(&mut self, cx: &mut Cx, times: u32) {
        for number in 0..times {
            self.secret = format!("guess-{number}");
            self.register(cx);
        }
    }
}

impl Phone {
    /// Tries so many passwords at once, each of them wrong; and each that was refused again, as phones do.
    pub fn guesses(&self, times: u32) -> &Phone {
        self.does(&format!("guesses {times} passwords"), |ua, cx| ua.guess(cx, times));
        self
    }

    /// Its user enters the right password at last, and it registers.
    pub fn gets_the_right_password(&self) -> &Phone {
        let mut world = self.world.borrow_mut();
        let user = world.phones[self.index].user.clone();
        let line = world.lines.iter().find(|line| line.user == user).expect("a phone of the office").secret.clone();
        world.phones[self.index].secret = line;
        drop(world);
        self.registers()
    }

    /// The office gives it another password: the one that it tried last.
    pub fn is_given_its_password(&self) -> &Phone {
        let mut world = self.world.borrow_mut();
        let ua = &world.phones[self.index];
        let (user, secret) = (ua.user.clone(), ua.secret.clone());
        let line = PhoneLine { extension: String::new(), owner: String::new(), user: user.clone(), secret };
        let phones = world.raw.people.iter_mut().flat_map(|person| &mut person.phones);
        phones.filter(|phone| phone.user.as_ref() == Some(&user)).for_each(|phone| phone.ha1 = raw_phone(&line).ha1);
        world.reload();
        drop(world);
        self.registers()
    }

    /// It tries a user name that no phone has.
    pub fn with_user(self, user: &str) -> Phone {
        self.world.borrow_mut().phones[self.index].user = user.to_owned();
        self
    }

    /// Its messages come from the address of another phone, from a port of its own: both are behind one router.
    pub fn behind_the_address_of(self, other: &Phone) -> Phone {
        let mut world = self.world.borrow_mut();
        let ip = world.phones[other.index].address.ip();
        let port = 31_000 + self.index as u16;
        world.phones[self.index].address = (ip, port).into();
        drop(world);
        self
    }

    /// Where its messages come from.
    pub fn source(&self) -> IpAddr {
        self.world.borrow().phones[self.index].address.ip()
    }
}

impl Office {
    /// Who tried wrong passwords, as the box shows it.
    pub fn attempts(&self) -> Vec<AttemptStatus> {
        self.status().attempts.to_vec()
    }

    /// An administrator ends what this address has to wait for; false where it is not known.
    #[track_caller]
    pub fn unblocks(&self, source: IpAddr) -> bool {
        let order = self.shared().borrow_mut().order(Order::Unblock(source));
        self.until("the order to unblock is answered", |world| world.replies.contains_key(&order));
        self.shared().borrow().replies.get(&order) == Some(&Reply::Done)
    }
}
