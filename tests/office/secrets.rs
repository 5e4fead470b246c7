//! PINs and codes, as the shell compares and sets them; the office keeps what stands for a hash.

use pbx::input::Answer;
use pbx::output::Ask;

use crate::text::pin_hash;
use crate::world::World;

impl World {
    /// What the box wants of a PIN or a code.
    pub fn obey_secret(&mut self, ask: Ask) -> Answer {
        match ask {
            Ask::CheckPin { extension, pin } => {
                let is_right = self.is_pin(&extension, pin.expose());
                self.pins_right += u64::from(is_right);
                Answer::PinIs(is_right)
            }
            Ask::CheckCode { extension, code } => Answer::CodeIs(self.code_of(&extension, code.expose())),
            Ask::SetPin { extension, pin } => self.set_pin(&extension, pin.expose()),
            _ => Answer::Failed,
        }
    }

    /// The code that was keyed, of those that this extension may key, on or off.
    fn code_of(&self, extension: &str, code: &str) -> Option<String> {
        let hash = pin_hash(code);
        let is_for = |row: &&config::RawAuthorization| {
            row.extensions.as_ref().is_none_or(|own| own.iter().any(|number| number == extension))
        };
        let mut rows = self.raw.authorizations.iter().filter(is_for);
        rows.find(|row| row.pin_hash.as_ref().is_some_and(|known| known.expose() == hash.expose()))?.name.clone()
    }

    fn is_pin(&self, extension: &str, pin: &str) -> bool {
        let owner = self.raw.people.iter().find(|person| person.extension.as_deref() == Some(extension));
        let hash = owner.and_then(|owner| owner.pin_hash.as_ref());
        hash.is_some_and(|hash| hash.expose() == pin_hash(pin).expose())
    }

    fn set_pin(&mut self, extension: &str, pin: &str) -> Answer {
        let mut people = self.raw.people.iter_mut();
        let Some(owner) = people.find(|person| person.extension.as_deref() == Some(extension)) else {
            return Answer::Failed;
        };
        owner.pin_hash = Some(pin_hash(pin));
        self.reload();
        Answer::Committed
    }
}
