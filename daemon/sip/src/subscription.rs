//! What a subscription remembers (RFC 6665), of which we are the notifier. What is done with it is in `stack`.

use std::time::Duration;

use crate::dialog_info;
use crate::event::{Body, DialogId, SubscriptionId, TransactionId};
use crate::message::Text;
use crate::package::Package;
use crate::sides::Sides;

/// One subscription. One that was asked for by SUBSCRIBE is the only use of its dialog (§4.5.2); that of a REFER shares
/// the dialog of its call (RFC 3515 §2.4.4), and has it alone once the call is over (RFC 5057 §4.2).
#[derive(Clone, Debug)]
pub struct Subscription {
    /// The owner's handle.
    pub id: SubscriptionId,
    /// Who is on its dialog, and the way between them; `user` is who was proven by the SUBSCRIBE. While `within` is there,
    /// those of that dialog count.
    pub sides: Sides,
    /// The dialog of a call that it shares.
    pub within: Option<DialogId>,
    /// What about the resource is told.
    pub package: Package,
    /// The Event header of its NOTIFYs: the phone's own spelling, with its `id` (§8.2.1).
    pub event: Text,
    /// How many documents it was sent.
    pub sent: u32,
    /// Where it stands.
    pub state: State,
    /// The deadline under which the stack keeps it.
    pub wake: Option<Duration>,
}

/// ```text
///  SUBSCRIBE         accept: 200, NOTIFY              expired, Expires: 0, ended by the owner
///      |      +---------------------------> Active ----------------+----------------------------> over
///      v      |                              |  ^                  |  no NOTIFY under way: the last one   ^
///    Asked ---+                     SUBSCRIBE: 200, NOTIFY         |                                      |
///      |      accept with Expires: 0: 200, the last NOTIFY         +--> Ending --- its answer, Timer F ---+
///      +--- refused, nobody answers, connection lost -----> over        the last NOTIFY                   |
///                           Active: 481, 489, 405, 501, or too many failures -----------------------------+
/// ```
#[derive(Clone, Debug)]
pub enum State {
    /// The owner has not answered; deadline: that of the server transaction.
    Asked {
        /// The SUBSCRIBE.
        transaction: TransactionId,
        /// Seconds that will be granted; 0 for a REFER that wants to hear nothing (RFC 4488).
        expires_s: u32,
    },
    /// It runs; deadline: `until`, or earlier where `sending` says so.
    Active {
        /// When it expires.
        until: Duration,
        /// What was told last, or waits to be told.
        body: Body,
        /// NOTIFYs that failed since one went well.
        failures: u8,
        /// Whether it is being told.
        sending: Sending,
    },
    /// It is over, but a NOTIFY is under way, behind which the last one waits; deadline: that of its transaction.
    Ending {
        /// What the last NOTIFY says.
        body: Body,
        /// Why it ended (§4.1.3), with parameters.
        reason: &'static str,
    },
}

/// ```text
///          notify, refresh: send                 failed
///   Idle ------------------------> UnderWay ----------------> Failed
///     ^                             |   ^   ^                   |
///     +---- 2xx, nothing is new ----+   |   |  time, notify,    |
///          2xx, something is new: send--+   +--refresh: send ---+
/// ```
///
/// At most one NOTIFY of a subscription is under way, so that none overtakes another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sending {
    /// The phone knows the body.
    Idle,
    /// A NOTIFY waits for its answer; deadline: that of its transaction.
    UnderWay {
        /// Whether there was more to tell since it went out.
        has_news: bool,
    },
    /// The last one failed.
    Failed {
        /// When it is told again.
        again_at: Duration,
    },
}

impl Subscription {
    /// What the next NOTIFY carries of a body that the owner gave. Dialog-info counts the documents of a subscription (RFC 4235
    /// §4.1.1): the owner does not know which of them are sent, told again, and overtaken.
    pub(crate) fn next_document(&mut self, body: &Body) -> Body {
        let version = self.sent;
        self.sent = self.sent.saturating_add(1);
        match self.package {
            Package::Dialog => Body { bytes: dialog_info::numbered(&body.bytes, version), ..body.clone() },
            Package::MessageSummary | Package::Presence | Package::Refer | Package::FeatureEvent => body.clone(),
        }
    }

    /// Its own deadline, where its state has one.
    pub fn deadline(&self) -> Option<Duration> {
        match &self.state {
            State::Asked { .. } | State::Ending { .. } => None,
            State::Active { until, sending: Sending::Failed { again_at }, .. } => Some(*until.min(again_at)),
            State::Active { until, sending: Sending::Idle | Sending::UnderWay { .. }, .. } => Some(*until),
        }
    }
}
