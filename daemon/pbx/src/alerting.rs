//! How a phone is asked to ring, or to answer by itself: no two makers read the same, and no RFC says how (RFC 5373 is known by
//! nobody). Each is told in its own way, and everybody in the two ways that most know.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};
use sip::message::{HeaderName, Uri};

/// How a phone is to make itself heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Alert {
    /// A colleague calls.
    Internal,
    /// Somebody outside calls.
    External,
    /// The call was for somebody else first.
    Diverted,
    /// It answers by itself, aloud.
    Answer,
}

/// Makers that want to be told to answer in a way of their own, by what their User-Agent begins with: what stands in Alert-Info
/// instead of the common form.
const ANSWERS: [(&str, &str); 4] = [
    // What their delivered configuration looks for.
    ("yealink", "Auto Answer"),
    ("polycom", "Auto Answer"),
    ("poly", "Auto Answer"),
    // It reads the parameter without its name alone.
    ("gigaset", "<http://{}>;alert-autoanswer"),
];

impl Alert {
    /// The headers that say so to a phone of this User-Agent; `local` is our end, which stands where a URI is due that nobody fetches.
    pub fn headers(self, user_agent: &str, local: SocketAddr) -> Vec<(HeaderName, String)> {
        let source = match self {
            Alert::Internal => "source:internal>;info=alert-internal",
            Alert::External => "source:external>;info=alert-external",
            Alert::Diverted => "service:forward>;info=alert-diverted",
            Alert::Answer => return answer(user_agent, local),
        };
        // The URN of RFC 7462, and the parameter that phones matched before it.
        vec![(HeaderName::AlertInfo, format!("<urn:alert:{source}"))]
    }

    /// What it does to the Request-URI: Yealink's delivered configuration looks there first.
    pub fn mark(self, user_agent: &str, target: &mut Uri) {
        if self == Alert::Answer && is_of(user_agent, "yealink") {
            target.set_param("intercom", "true");
        }
    }
}

fn answer(user_agent: &str, local: SocketAddr) -> Vec<(HeaderName, String)> {
    let own = ANSWERS.iter().find(|(maker, _)| is_of(user_agent, maker)).map(|(_, form)| *form);
    let alert = own.unwrap_or("<http://{}>;info=alert-autoanswer;delay=0").replace("{}", &local.to_string());
    let call = format!("<{}>;answer-after=0", Uri::sip_at(None, local));
    vec![(HeaderName::CallInfo, call), (HeaderName::AlertInfo, alert)]
}

fn is_of(user_agent: &str, maker: &str) -> bool {
    user_agent.get(..maker.len()).is_some_and(|start| start.eq_ignore_ascii_case(maker))
}
