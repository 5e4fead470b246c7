//! The figures of the box as Prometheus text.

use pbx::status::Status;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

/// A sum that only grows, of a part of the daemon other than the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its name without prefix and suffix, e.g. `datagrams_dropped`.
    pub name: &'static str,
    /// What it counts, one sentence without the full stop.
    pub help: &'static str,
    /// How it behaves.
    pub kind: Kind,
    /// How much it is.
    pub value: u64,
}

/// How a figure behaves over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It only grows, from the start of the daemon.
    Sum,
    /// It goes up and down.
    Level,
}

/// The page, in the format of Prometheus (OpenMetrics 1.0).
pub fn page(status: &Status, others: &[Figure]) -> String {
    let mut registry = Registry::with_prefix("bellbox");
    registry.register("build", "The software that runs", Info::new([("version", env!("CARGO_PKG_VERSION"))]));
    for figure in engine_figures(status).iter().chain(others) {
        match figure.kind {
            Kind::Sum => {
                let counter = Counter::<u64>::default();
                counter.inc_by(figure.value);
                registry.register(figure.name, figure.help, counter);
            }
            Kind::Level => {
                let gauge = Gauge::<i64>::default();
                gauge.set(i64::try_from(figure.value).unwrap_or(i64::MAX));
                registry.register(figure.name, figure.help, gauge);
            }
        }
    }
    let mut text = String::new();
    encode(&mut text, &registry).expect("writing into a string cannot fail");
    text
}

fn engine_figures(status: &Status) -> [Figure; 12] {
    let sum = |name, help, value| Figure { name, help, kind: Kind::Sum, value };
    let level = |name, help, count: usize| {
        let value = u64::try_from(count).unwrap_or(u64::MAX);
        Figure { name, help, kind: Kind::Level, value }
    };
    let registered = status.phones.iter().filter(|phone| !phone.bindings.is_empty()).count();
    let bindings = status.phones.iter().map(|phone| phone.bindings.len()).sum();
    let counters = &status.counters;
    [
        level("calls_up", "Calls that are up now", status.calls.len()),
        level("phones", "Phones of the configuration", status.phones.len()),
        level("phones_registered", "Phones that are registered now", registered),
        level("bindings", "Addresses at which phones are registered now", bindings),
        Figure {
            name: "revision",
            help: "The configuration revision in force",
            kind: Kind::Level,
            value: status.revision,
        },
        sum("calls", "Calls begun", counters.calls),
        sum("calls_answered", "Calls answered", counters.answered),
        sum("registrations", "Registrations accepted, refreshes included", counters.registrations),
        sum("requests_refused", "Requests refused for their credentials", counters.refused),
        sum("messages_malformed", "Datagrams that were no SIP message", counters.malformed),
        sum("panics", "Steps of a call that panicked", counters.panics),
        sum("over_limit", "Calls, ports and transactions refused because a limit was reached", counters.over_limit),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_every_figure_once_with_its_value() {
        let mut status = Status { revision: 7, ..Status::default() };
        status.counters.calls = 3;
        let dropped = Figure {
            name: "datagrams_dropped",
            help: "Datagrams lost because the queue was full",
            kind: Kind::Sum,
            value: 9,
        };
        let page = page(&status, &[dropped]);
        for line in [
            "bellbox_revision 7",
            "bellbox_calls_total 3",
            "bellbox_calls_up 0",
            "bellbox_datagrams_dropped_total 9",
            "# TYPE bellbox_datagrams_dropped counter",
            "# EOF",
        ] {
            assert_eq!(page.lines().filter(|l| *l == line).count(), 1, "{line} in\n{page}");
        }
        assert!(page.contains(concat!("version=\"", env!("CARGO_PKG_VERSION"), "\"")), "{page}");
    }
}
