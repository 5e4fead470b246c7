//! The phones themselves are in order: with a registrar that the whole world uses they call and hear each other.

use crate::harness::baresip::{Baresip, Spec};
use crate::harness::kamailio::Kamailio;

#[test]
fn two_phones_hear_each_other_through_a_foreign_registrar() {
    let kamailio = Kamailio::start();
    let phone = |user: &str| Spec::new(user, &Kamailio::secret(user), kamailio.port);
    let mut anna = Baresip::registered(phone("101"));
    let mut bert = Baresip::registered(phone("102").speaking(620.0));

    anna.dials("102");
    assert!(bert.rings().contains("101"));
    bert.answers();
    anna.talks();
    anna.hears(620.0);
    bert.hears(440.0);

    anna.presses('5');
    assert_eq!(bert.sees_key(), "5");
    bert.holds();
    anna.hears_silence();
    bert.resumes();
    anna.hears(620.0);
    anna.hangs_up();
    bert.call_ends();
    bert.becomes_idle();
}

#[test]
fn a_phone_with_a_wrong_secret_is_refused() {
    let kamailio = Kamailio::start();
    let phone = Baresip::start(Spec::new("101", "wrong", kamailio.port));
    phone.is_refused_registration();
}
