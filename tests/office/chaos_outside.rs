//! What is outside in chaos: a carrier that is called and calls, flaps, moves and is far away, and whoever guesses passwords.

use config::{RawConfig, RawRule};

use crate::carrier::{Peer, Temper, away};
use crate::dice::Dice;
use crate::ladder::Rung;
use crate::wire::{far_away, losing, wifi_lossy};
use crate::world::World;

const CARRIER: &str = "203.0.113.5:5060";

const ROWS: &str = r#"
[office]
area = "30"
[[trunk]]
name = "carrier"
server = "a203-0-113-5.example"
user = "line7"
secret = "open-sesame"
channels = 3
[[number]]
number = "+4930123451"
to = "101"
[[number]]
number = "+4930123452"
to = "102"
[[route]]
name = "out"
trunks = ["carrier"]
"#;

/// The numbers under which the office is called; the last is none of its.
const OURS: [&str; 3] = ["+4930123451", "+4930123452", "+4930999999"];

/// Puts the way to the outside into the office file.
pub fn furnish(raw: &mut RawConfig) {
    let rows: RawConfig = toml::from_str(ROWS).expect("the rows are TOML");
    raw.office.area = rows.office.area;
    // So many calls that the guard would else end the test of the trunk.
    (raw.office.outside_at_once, raw.office.outside_per_hour) = (Some(10), Some(100));
    (raw.trunks, raw.numbers, raw.routes) = (rows.trunks, rows.numbers, rows.routes);
    let rings = |text: &[&str]| Some(text.iter().map(|text| (*text).to_owned()).collect());
    let also = rings(&["number 0170 5550100 after 3 s", "number 0170 5550101 at once"]);
    let rule = RawRule { also, screen: Some(true), ..RawRule::default() };
    raw.people.iter_mut().take(1).for_each(|person| person.rules.push(rule.clone()));
}

/// Plugs the carrier in.
pub fn plug_in(world: &mut World, dice: &mut Dice) {
    let mut peer = Peer::new(CARRIER.parse().expect("an address"));
    peer.account = Some(("line7".to_owned(), "open-sesame".to_owned()));
    peer.challenges_calls = dice.happens(500);
    peer.takes_tcp = dice.happens(500);
    peer.has_early_media = dice.happens(200);
    peer.is_speaking = dice.happens(500);
    // A way that makes calls too large for a datagram.
    peer.service_route = dice.happens(200).then(|| format!("<sip:203.0.113.5;lr;{}>", "x".repeat(600)));
    world.carriers.push(peer);
}

/// Somebody outside does something.
pub fn acts(world: &mut World, dice: &mut Dice) {
    if dice.happens(200) {
        say(world, "whoever is asked outside presses a key");
        let key = *dice.one_of(&['1', '2', '5']);
        if let Some((leg, _)) = world.heard_outside(world.carriers[0].address) {
            world.digit(leg, key);
        }
        return;
    }
    let said = match dice.below(10) {
        0..4 => {
            say(world, "whoever rings outside answers");
            world.carriers[0].answers()
        }
        4..6 => {
            say(world, "whoever talks outside hangs up");
            world.carriers[0].hangs_up()
        }
        _ => {
            let to = *dice.one_of(&OURS);
            say(world, &format!("somebody outside calls {to}"));
            world.carriers[0].calls_in("<sip:+49891234567@carrier.example>", to, "")
        }
    };
    said.into_iter().for_each(|text| world.send_from_carrier(0, text));
}

/// What becomes of the way there.
pub fn flaps(world: &mut World, dice: &mut Dice) {
    match dice.below(9) {
        8 => {
            let addresses: &[&str] = match dice.below(4) {
                0 => &["10.0.0.77"],
                1 => &["10.0.0.1", "10.0.0.77"],
                2 => &[],
                _ => &["10.0.0.1"],
            };
            world.moves_to(addresses);
        }
        0 => becomes(world, Temper::IsSilent),
        1 => becomes(world, Temper::Refuses(*dice.one_of(&[403, 500, 503]))),
        2 => {
            say(world, "the trunk is switched on or off");
            let enabled = world.raw.trunks[0].enabled.unwrap_or(true);
            world.raw.trunks[0].enabled = Some(!enabled);
            world.reload();
        }
        3 => {
            say(world, "the trunk is set up otherwise");
            world.raw.trunks[0].options_s = Some(*dice.one_of(&[10, 30, 60]));
            world.reload();
        }
        4 => {
            say(world, "the line to the carrier is another");
            let conditions = match dice.below(4) {
                0 => away(),
                1 => wifi_lossy(),
                2 => losing(20),
                _ => far_away(),
            };
            world.carriers[0].wire.becomes(conditions);
        }
        _ => becomes(world, Temper::Works),
    }
}

/// Somebody on the internet tries the passwords of a phone.
pub fn guesses(world: &mut World, dice: &mut Dice, phone: usize) {
    let user = world.phones[phone].user.clone();
    say(world, &format!("passwords of {user} are guessed"));
    world.guess(&user, 1 + dice.below(12) as u32);
}

/// Everybody outside hangs up, and the way there is as it should be.
pub fn falls_silent(world: &mut World) {
    world.moves_to(&["10.0.0.1"]);
    becomes(world, Temper::Works);
    world.carriers[0].wire.becomes(away());
    loop {
        let said = world.carriers[0].hangs_up();
        if said.is_empty() {
            break;
        }
        said.into_iter().for_each(|text| world.send_from_carrier(0, text));
    }
}

/// It is gone, without a word.
pub fn vanishes(world: &mut World) {
    becomes(world, Temper::IsSilent);
}

/// What is wrong outside when all is over: nobody got in who guessed.
pub fn faults(world: &World) -> Vec<String> {
    let stranger = world.guesser.address.to_string();
    let phones = world.status.phones.iter().filter(|phone| phone.bindings.iter().any(|one| one.source == stranger));
    phones.map(|phone| format!("{} is registered by whoever guessed", phone.name)).collect()
}

fn becomes(world: &mut World, temper: Temper) {
    say(world, &format!("the carrier becomes {temper:?}"));
    world.carriers[0].temper = temper;
}

fn say(world: &mut World, words: &str) {
    let now = world.now;
    world.ladder.push(now, Rung::Said(words.to_owned()));
}
