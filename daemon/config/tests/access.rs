//! Who may what, and who answers for something (F1, F2).

use config::{Area, Config, Level, PersonId, Preset, RawConfig, RawPerson, Role, Secret, Source, Stand};

const HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo";

/// An office of people with these presets and roles, the first of them number 1.
fn office(people: &[(&str, &[&str])]) -> Config {
    let people = people.iter().enumerate().map(|(place, (preset, roles))| RawPerson {
        id: Some(place as u32 + 1),
        name: Some(format!("P{place}")),
        email: Some(format!("p{place}@example.com")),
        password_hash: Some(Secret::new(HASH)),
        role: Some((*preset).to_owned()),
        roles: Some(roles.iter().map(|role| (*role).to_owned()).collect()),
        ..RawPerson::default()
    });
    let mut problems = Vec::new();
    let config = Config::check(&RawConfig { people: people.collect(), ..RawConfig::default() }, &mut problems);
    assert_eq!(problems, []);
    config
}

#[test]
fn when_nobody_was_named_somebody_answers_all_the_same() {
    use Role::{Billing, DecisionMaker, Emergency, Phones, Technical};
    let admin = ("admin", &[][..]);
    type Rows<'r> = &'r [(&'r str, &'r [&'r str])];
    for (people, role, expected) in [
        (&[admin][..] as Rows<'_>, Emergency, Some((1, Stand::Administrator))),
        (&[admin, ("user", &["emergency"])], Emergency, Some((2, Stand::Role(Emergency)))),
        (&[("user", &["phone_manager"]), admin], Technical, Some((2, Stand::Administrator))),
        (&[("user", &["decision_maker"]), ("user", &["phone_manager"])], Technical, Some((2, Stand::Role(Phones)))),
        (&[("user", &["decision_maker"])], Technical, Some((1, Stand::Role(DecisionMaker)))),
        (&[admin, ("user", &["decision_maker"])], Phones, Some((2, Stand::Role(DecisionMaker)))),
        (&[admin, ("user", &["technical"])], Billing, Some((1, Stand::Administrator))),
        (&[("user", &[]), ("office", &[])], Billing, None),
    ] {
        let config = office(people);
        let found = config.responsible(role).map(|(person, stand)| (person.id.0, stand));
        assert_eq!(found, expected, "{role:?} among {people:?}");
    }
}

#[test]
fn a_right_says_where_it_comes_from() {
    let config = office(&[("office", &["billing", "technical"])]);
    let person = config.person(PersonId(1)).unwrap();
    assert_eq!(person.rights().of(Area::Times), Level::Change);
    let (preset, roles) = (Source::Preset(Preset::Office), [Role::Billing, Role::Technical].map(Source::Role));
    assert_eq!(person.right_from(Area::Times), [&preset, &roles[0], &roles[1]]);
    assert_eq!(person.right_from(Area::Basics), [&preset]);
    assert_eq!(person.right_from(Area::Live), [&roles[1]]);
    assert!(person.right_from(Area::Box).is_empty());
}

#[test]
fn an_owner_is_who_can_sign_in_and_has_every_right() {
    let owners = office(&[("admin", &[]), ("user", &["decision_maker"]), ("office", &["phone_manager"])]);
    let owners: Vec<bool> = owners.people().map(config::Person::is_owner).collect();
    assert_eq!(owners, [true, true, false]);
}
