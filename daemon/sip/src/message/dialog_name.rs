//! A dialog as another message names it: Replaces (RFC 3891 §6.1), also where it is escaped into a Refer-To, and
//! Target-Dialog (RFC 4538 §7).

use super::{Flaw, Text, WithParams};

/// Call-ID and tags, from the view of whoever is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DialogName {
    /// The Call-ID.
    pub call_id: Text,
    /// The tag of the side that reads this.
    pub ours: Text,
    /// The tag of its peer; `0` also stands for none, as with phones older than RFC 3261.
    pub theirs: Text,
    /// Whether a dialog that was answered is not meant any more (Replaces alone has this).
    pub is_early_only: bool,
}

impl DialogName {
    /// A Replaces value: `to-tag` is that of the side that reads it (§3). Each tag stands there once, or it is malformed.
    pub fn of_replaces(value: &WithParams) -> Result<DialogName, Flaw> {
        let name = DialogName::read(value, "to-tag", "from-tag")?;
        Ok(DialogName { is_early_only: value.params.has("early-only"), ..name })
    }

    /// A Target-Dialog value: `local-tag` is the sender's own.
    pub fn of_target_dialog(value: &WithParams) -> Result<DialogName, Flaw> {
        DialogName::read(value, "remote-tag", "local-tag")
    }

    fn read(value: &WithParams, ours: &str, theirs: &str) -> Result<DialogName, Flaw> {
        let one = |name: &str| {
            let mut found = value.params.iter().filter(|param| param.name.eq_ignore_case(name));
            let tag = found.next().and_then(|_| value.params.get(name)).ok_or(Flaw::Param)?;
            if found.next().is_some() { Err(Flaw::TooMany) } else { Ok(tag.detached()) }
        };
        Ok(DialogName { call_id: value.value.detached(), ours: one(ours)?, theirs: one(theirs)?, is_early_only: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_each_tag_once() {
        let read = |text: &str| DialogName::of_replaces(&WithParams::parse(&Text::from(text)).unwrap());
        let name = read("7@a;From-Tag=f;to-tag=t;early-only;x=1").unwrap();
        assert_eq!(name.call_id, "7@a");
        assert!(name.ours == "t" && name.theirs == "f" && name.is_early_only);
        for wrong in
            ["7@a", "7@a;to-tag=t", "7@a;from-tag=f", "7@a;to-tag;from-tag=f", "7@a;to-tag=t;from-tag=f;to-tag=t"]
        {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        let target = WithParams::parse(&Text::from("7@a;local-tag=l;remote-tag=r")).unwrap();
        let name = DialogName::of_target_dialog(&target).unwrap();
        assert!(name.ours == "r" && name.theirs == "l" && !name.is_early_only);
    }
}
