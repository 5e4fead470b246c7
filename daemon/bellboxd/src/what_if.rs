//! What would become of a call, as people read it in a terminal.

use std::fmt::Write;

use pbx::route::{Act, Step};
use pbx::what_if::{Answer, Question};
use pbx::words::Language;

/// The sentence, then every step with its reasons and where it leads; those aside of the way stand in brackets.
pub fn shown(question: &Question, answer: &Answer) -> String {
    let from = if answer.dialled.extension.is_empty() { &question.from } else { &answer.dialled.extension };
    let at = answer.local.strftime("%A, %-d %B %Y, %H:%M");
    let mut text = format!(
        "{from} calls {} on {at}:\n  {}\n",
        question.to,
        Language::English.words().foretold(&answer.told(None))
    );
    for (place, step) in answer.plan.steps.iter().enumerate() {
        let is_on_way = answer.way.iter().any(|passed| passed.step == place);
        let _ = write!(text, "\n{}{}", if is_on_way { "" } else { "(" }, place + 1);
        step_shown(&mut text, step, if is_on_way { "." } else { ")" });
    }
    text
}

fn step_shown(text: &mut String, step: &Step, dot: &str) {
    let words = Language::English.words();
    let _ = writeln!(text, "{dot} {}", words.act(&step.act));
    if let Act::Ring(ring) | Act::Intercom(ring) = &step.act
        && !ring.users.is_empty()
    {
        let _ = writeln!(text, "     phones: {}", ring.users.join(", "));
    }
    for reason in &step.because {
        let _ = writeln!(text, "     because {}", words.reason(reason));
    }
    for (outcome, next) in &step.on {
        let _ = writeln!(text, "     {}: step {}", words.outcome(*outcome), next + 1);
    }
}

#[cfg(test)]
mod tests {
    use config::{Config, RawConfig, RawPerson};

    use super::*;

    #[test]
    fn the_moment_is_told_by_the_clock_of_the_office() {
        let person = RawPerson { name: Some("Desk".into()), extension: Some("101".into()), ..RawPerson::default() };
        let mut raw = RawConfig { people: vec![person], ..RawConfig::default() };
        raw.office.time_zone = Some("Asia/Tokyo".into());
        let config = Config::check(&raw, &mut Vec::new());
        let at = Some(jiff::civil::date(2026, 12, 25).at(10, 0, 0, 0));
        let question = Question { from: "101".into(), to: "*60".into(), at, ..Question::default() };
        let answer = pbx::what_if::ask(&config, jiff::Timestamp::UNIX_EPOCH, &question).expect("it means something");
        let expected = "101 calls *60 on Friday, 25 December 2026, 10:00:\n  say the time\n\n1. say the time\n     \
                        because *60 is the code for the time of day\n";
        assert_eq!(shown(&question, &answer), expected);
    }
}
