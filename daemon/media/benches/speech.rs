//! How long a listener waits for a prompt: rendered for the first time, read from the disk, and from memory; and what a
//! second of speech costs to render.
//!
//! Latency is from the order to the samples, through the speech thread's queue. The three take turns within one run.

use std::fs;
use std::io::Write;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use media::speech::Speech;
use pbx::prompt::{Arg, Prompt, PromptId};

/// Sentences, each another.
const SENTENCES: u32 = 40;

fn main() -> std::io::Result<()> {
    let folder = std::env::temp_dir().join(format!("bellbox-speech-bench-{}", std::process::id()));
    let (mut cold, mut disk, mut memory) = (Vec::new(), Vec::new(), Vec::new());
    let mut spoken = Duration::ZERO;
    let first = Speech::start(&folder)?;
    for count in 0..SENTENCES {
        let (waited, length) = latency(&first, count);
        cold.push(waited);
        spoken += length;
    }
    let second = Speech::start(&folder)?;
    for count in 0..SENTENCES {
        disk.push(latency(&second, count).0);
        memory.push(latency(&second, count).0);
    }
    fs::remove_dir_all(&folder)?;
    let [cold, disk, memory] = [cold, disk, memory].map(median);
    say(&format!("cold        {:>9.3} ms a prompt of {:.1} s", ms(cold), spoken.as_secs_f64() / f64::from(SENTENCES)))?;
    say(&format!("from disk   {:>9.3} ms", ms(disk)))?;
    say(&format!("from memory {:>9.3} ms", ms(memory)))?;
    say(&format!("rendering   {:>9.3} ms a second of speech", ms(cold) * f64::from(SENTENCES) / spoken.as_secs_f64()))
}

/// How long the samples were waited for, and how long they are.
fn latency(speech: &Speech, count: u32) -> (Duration, Duration) {
    let args = vec![("new".to_owned(), Arg::Count(count)), ("saved".to_owned(), Arg::Count(7))];
    let (reply, replies) = channel();
    let start = Instant::now();
    let prompt = Prompt { id: PromptId::YouHaveMessages, args, language: "en".into() };
    speech.render(prompt, move |samples| drop(reply.send((Instant::now(), samples))));
    let (at, samples) = replies.recv().expect("each prompt is answered");
    assert!(!samples.is_empty(), "the prompt was spoken");
    (at - start, Duration::from_secs_f64(samples.len() as f64 / 8_000.0))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn say(line: &str) -> std::io::Result<()> {
    writeln!(std::io::stdout(), "{line}")
}
