//! The offices of these tests as files that the daemon imports.

use super::baresip::Spec;

/// The office's country for those that say nothing of it: its busy and refusal tones are known to these tests.
const COUNTRY: &str = "US";

/// How long an extension of these offices rings, in seconds: long enough for a test to see it, short enough to wait for.
pub const RING_S: u32 = 5;

/// Nobody here is asked whether to be called back, but where a test is about that: it takes the place of this line.
pub const NO_OFFERS: &str = "completion_offers = false\n";

/// The PIN of every mailbox of these offices.
pub const PIN: &str = "739116";

/// One phone with its extension.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The extension.
    pub extension: String,
    /// The phone's SIP user.
    pub user: String,
    /// The phone's secret.
    pub secret: String,
}

impl Desk {
    /// The desk with this extension; its phone's SIP user is the extension and an `a`.
    pub fn new(extension: u32) -> Self {
        // The daemon takes no secret that is easy to guess or contains the extension.
        let secret = format!("kVx7-{:08x}-Tm", extension.wrapping_mul(2_654_435_761));
        Self { extension: extension.to_string(), user: format!("{extension}a"), secret }
    }

    /// A real phone for it.
    pub fn phone(&self, registrar: u16) -> Spec {
        Spec { extension: self.extension.clone(), ..Spec::new(&self.user, &self.secret, registrar) }
    }
}

/// The office file of an office with these desks and nothing else: no trunk, delivered feature codes.
pub fn office_file(desks: &[Desk]) -> String {
    office_with(desks, "")
}

/// The same, and every desk has a mailbox with [`PIN`].
pub fn office_with_mailboxes(desks: &[Desk]) -> String {
    office_with(desks, &format!("voicemail = true\npin = \"{PIN}\"\n"))
}

fn office_with(desks: &[Desk], each: &str) -> String {
    let mut file = format!("[office]\nname = \"Test office\"\ncountry = \"{COUNTRY}\"\ntime_zone = \"UTC\"\n");
    for Desk { extension, user, secret } in desks {
        file += &format!(
            "\n[[person]]\nname = \"Desk {extension}\"\nextension = \"{extension}\"\nring_s = {RING_S}\n{NO_OFFERS}{each}\
             phones = [{{ user = \"{user}\", secret = \"{secret}\" }}]\n"
        );
    }
    file
}
