//! Answers as people read them in a terminal.

use std::fmt::Write;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use pbx::attempts::AttemptStatus;
use pbx::events::{CallEvent, Happened};
use pbx::input::CallId;
use pbx::ladder::{FIRST_KEPT, Ladder, Party, TEXT_KEPT};
use pbx::mailbox::{Folder, Message};
use pbx::status::{Status, TrunkStatus};
use pbx::trunks::Health;
use pbx::words::{Language, Words};
use web::desk::{CallLine, Imported, RevisionLine};

/// The command line speaks English, as its help and its options do.
fn words() -> &'static dyn Words {
    Language::English.words()
}

/// Who changed the office, and when by its clock.
pub fn history(lines: &[RevisionLine]) -> String {
    if lines.is_empty() {
        return "Nothing was saved by then.\n".to_owned();
    }
    let row = |line: &RevisionLine| {
        vec![line.id.to_string(), line.local.strftime("%Y-%m-%d %H:%M:%S").to_string(), line.author.clone()]
    };
    table(&lines.iter().map(row).collect::<Vec<_>>())
}

/// The office right now.
pub fn status(status: &Status) -> String {
    let mut text = format!("Configuration revision {}\n\n", status.revision);
    let registered = status.phones.iter().filter(|phone| !phone.bindings.is_empty()).count();
    let _ = writeln!(text, "Phones: {} of {} registered", registered, status.phones.len());
    let mut rows = Vec::new();
    for phone in status.phones.iter() {
        if phone.bindings.is_empty() {
            rows.push(vec![phone.name.clone(), phone.extension.clone(), "not registered".to_owned()]);
        }
        for binding in &phone.bindings {
            let place = format!("{} over {}", binding.source, binding.transport);
            let until = format!("until {}", local(binding.expires_at).strftime("%H:%M:%S"));
            rows.push(vec![phone.name.clone(), phone.extension.clone(), place, until, binding.user_agent.clone()]);
        }
    }
    text.push_str(&table(&rows));
    if !status.trunks.is_empty() {
        let _ = writeln!(
            text,
            "\nTrunks: {} of {} up",
            status.trunks.iter().filter(|trunk| trunk.health == Health::Up).count(),
            status.trunks.len()
        );
        text.push_str(&table(&status.trunks.iter().map(trunk).collect::<Vec<_>>()));
    }
    let _ = writeln!(text, "\nCalls: {}", status.calls.len());
    let calls = status.calls.iter().map(|call| {
        let since = format!("since {}", local(call.since).strftime("%H:%M:%S"));
        vec![call.id.0.to_string(), format!("{} -> {}", call.from, call.to), call.state.clone(), since]
    });
    text.push_str(&table(&calls.collect::<Vec<_>>()));
    if !status.attempts.is_empty() {
        text.push_str("\nWrong passwords of phones, newest first:\n");
        text.push_str(&table(&status.attempts.iter().map(attempt).collect::<Vec<_>>()));
    }
    if !status.alerts.is_empty() {
        text.push_str("\nAlerts, newest first:\n");
        let alerts = status.alerts.iter().rev();
        text.push_str(&table(
            &alerts.map(|alert| vec![moment(alert.at), words().alarm(&alert.what)]).collect::<Vec<_>>(),
        ));
    }
    text
}

/// Who was tried from where, how often, what was wrong, and for how long more is not looked at.
fn attempt(attempt: &AttemptStatus) -> Vec<String> {
    let user = attempt.user.as_deref().unwrap_or("many other names");
    let whose = attempt.extension.as_ref().map(|number| format!(" ({number})")).unwrap_or_default();
    let blocked = attempt.blocked_until.filter(|until| *until > Timestamp::now());
    let blocked = blocked.map(|until| format!("; slowed until {}", local(until).strftime("%H:%M:%S")));
    vec![
        moment(attempt.last_at),
        attempt.source.to_string(),
        format!("{user}{whose}"),
        format!("{} times", attempt.count),
        format!("{}{}", words().why(attempt.why), blocked.unwrap_or_default()),
    ]
}

/// One trunk: its state with since when, what it carries, and what is wrong.
fn trunk(trunk: &TrunkStatus) -> Vec<String> {
    let health = match trunk.health {
        Health::Up => "up",
        Health::Degraded => "degraded",
        Health::Down => "down",
    };
    let since = trunk.since.map(|since| format!(" since {}", moment(since))).unwrap_or_default();
    let mut said = Vec::new();
    said.extend(trunk.trouble.as_ref().map(|trouble| words().trouble(trouble)));
    said.extend(trunk.registered_until.map(|until| format!("registered until {}", local(until).strftime("%H:%M:%S"))));
    said.extend(trunk.round_trip_ms.map(|ms| format!("round trip {ms} ms")));
    let calls = format!("{} of {} calls", trunk.calls, trunk.channels);
    vec![trunk.name.clone(), format!("{health}{since}"), calls, said.join("; ")]
}

/// A list of calls.
pub fn calls(calls: &[CallLine]) -> String {
    if calls.is_empty() {
        return "There were no calls yet.\n".to_owned();
    }
    let mut rows = vec![["CALL", "BEGAN", "FROM", "DIALLED", "TALKED", "STORY"].map(str::to_owned).to_vec()];
    rows.extend(calls.iter().map(|call| {
        let began = if call.synced { moment(call.at) } else { "time not set".to_owned() };
        let talked = call.talked_s.map_or_else(|| "-".to_owned(), minutes);
        vec![
            call.id.0.to_string(),
            began,
            call.from.clone(),
            call.to.clone(),
            talked,
            words().call(call.cause, call.because.as_ref()),
        ]
    }));
    table(&rows)
}

/// A list of messages.
pub fn messages(messages: &[Message]) -> String {
    if messages.is_empty() {
        return "There are no messages.\n".to_owned();
    }
    let mut rows = vec![["MESSAGE", "MAILBOX", "FOLDER", "CAME", "LENGTH", "FROM"].map(str::to_owned).to_vec()];
    rows.extend(messages.iter().map(|message| {
        let folder = match message.folder {
            Folder::New => "new",
            Folder::Saved => "saved",
            Folder::Trash => "trash",
        };
        let came = if message.is_synced { moment(message.at) } else { "time not set".to_owned() };
        let end = if message.is_cut_off { ", cut off" } else { "" };
        let length = format!("{}{end}", minutes(u64::from(message.length_ms) / 1000));
        let from = format!("{} {}", message.caller.number, message.caller.name);
        vec![message.id.0.to_string(), message.mailbox.clone(), folder.to_owned(), came, length, from]
    }));
    table(&rows)
}

/// One call's whole story: what was asked, what was decided and why, and what happened.
/// The messages of a call, oldest first.
pub fn ladder(ladder: &Ladder) -> String {
    let mut text = String::new();
    for (place, rung) in ladder.rungs.iter().enumerate() {
        if ladder.left_out > 0 && place == FIRST_KEPT {
            let _ = writeln!(text, "... {} messages are not kept\n", ladder.left_out);
        }
        let (Party::Phone(name) | Party::Trunk(name)) = &*rung.party;
        let way = if rung.came { "from" } else { "to" };
        let again = if rung.is_again { ", again" } else { "" };
        let (transport, remote) = (rung.hop.transport.as_str(), rung.hop.remote);
        let _ = writeln!(text, "{:>9.3} s  {way} {name} ({transport} {remote}){again}", rung.after.as_secs_f64());
        for line in rung.text.trim_end().lines() {
            let _ = writeln!(text, "    {line}");
        }
        if rung.bytes > TEXT_KEPT {
            let _ = writeln!(text, "    ... {} bytes in all", rung.bytes);
        }
        text.push('\n');
    }
    text
}

pub fn story(id: CallId, events: &[CallEvent]) -> String {
    let mut text = format!("Call {}", id.0);
    if let Some(first) = events.first() {
        let when = if first.synced { moment(first.at) } else { "at an unknown time, the clock was not set".to_owned() };
        let _ = write!(text, ", {when}");
    }
    text.push('\n');
    for event in events {
        let seconds = event.since_start_ms / 1000;
        let _ = write!(text, "{seconds:>5}.{:03} s  ", event.since_start_ms % 1000);
        match &event.what {
            Happened::Decided { steps } => {
                text.push_str("decided:\n");
                for (place, step) in steps.iter().enumerate() {
                    let (what, because) = words().decision(step);
                    let _ = writeln!(text, "{:13}{}. {what}", "", place + 1);
                    for reason in because {
                        let _ = writeln!(text, "{:16}because {reason}", "");
                    }
                }
            }
            what => {
                let _ = writeln!(text, "{}", words().happened(what));
            }
        }
    }
    text
}

/// What an import did. Secrets are in it: for the terminal only.
pub fn imported(imported: &Imported) -> String {
    let mut text = format!("The office is in force as revision {}.\n", imported.revision);
    if !imported.secrets.is_empty() {
        text.push_str("\nNew passwords, shown this once only:\n");
        let mut rows = vec![["PHONE", "USER", "PASSWORD"].map(str::to_owned).to_vec()];
        let secrets = imported.secrets.iter();
        rows.extend(secrets.map(|one| vec![one.phone.clone(), one.user.clone(), one.secret.clone()]));
        text.push_str(&table(&rows));
    }
    text
}

/// Columns as wide as their widest cell, two spaces apart, the last as it is. Control characters of peers are dropped,
/// so that none can write on the terminal what it likes.
fn table(rows: &[Vec<String>]) -> String {
    let clean = |cell: &String| cell.chars().filter(|c| !c.is_control()).collect::<String>();
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(clean).collect()).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            let _ = write!(line, "  {cell:width$}");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn minutes(seconds: u64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

fn moment(at: Timestamp) -> String {
    local(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// In the zone of whoever sits at the terminal, as far as the system says it; else in UTC.
fn local(at: Timestamp) -> Zoned {
    at.to_zoned(zone().unwrap_or(TimeZone::UTC))
}

/// `TZ`, or what `/etc/localtime` points to.
fn zone() -> Option<TimeZone> {
    let named = std::env::var("TZ").ok().filter(|name| !name.is_empty());
    let linked = || {
        let target = std::fs::read_link("/etc/localtime").ok()?;
        target.to_str()?.split_once("zoneinfo/").map(|(_, name)| name.to_owned())
    };
    TimeZone::get(named.or_else(linked)?.trim_start_matches(':')).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_control_characters_are_dropped() {
        let rows = [["1", "ab", "c"].map(str::to_owned).to_vec(), ["100", "d\x1b[2J", "e"].map(str::to_owned).to_vec()];
        assert_eq!(table(&rows), "  1    ab    c\n  100  d[2J  e\n");
    }

    #[test]
    fn durations_read_as_minutes() {
        for (seconds, expected) in [(0, "0:00"), (61, "1:01"), (3600, "60:00")] {
            assert_eq!(minutes(seconds), expected);
        }
    }
}
