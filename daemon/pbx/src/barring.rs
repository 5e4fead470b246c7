//! Calls to the outside that an extension may not make: told in the call's story, counted, and told to people when they
//! are many.

use crate::alarm::Alarm;
use crate::cx::Cx;
use crate::events::Happened;
use crate::ids::CallId;
use crate::route::{Act, OutsideCall, Reason, Step};
use crate::toll::Barred;

impl Cx {
    /// Whether whoever pays for a call may begin it now; what may not is told in its story, and to people.
    pub(crate) fn may_begin(&mut self, call: CallId, to: &OutsideCall) -> bool {
        let judged = self.judge_toll(Some(call), to);
        if let Err(why) = judged {
            self.log(call, Happened::Barred { extension: to.extension.clone(), why });
            self.toll_refused(&to.extension, &to.number, why);
        }
        judged.is_ok()
    }

    /// Whether the toll guard lets a call of this number, or one that has none yet, begin now. A call for help it does.
    pub(crate) fn judge_toll(&mut self, call: Option<CallId>, to: &OutsideCall) -> Result<(), Barred> {
        if to.is_emergency {
            return Ok(());
        }
        let guard = self.config.toll_of(&to.extension);
        let again = call.map(|call| (call, to.number.as_str()));
        self.tolls.may_begin(&to.extension, &guard, again, self.now.since_boot)
    }

    /// A call of an extension to the outside was refused.
    pub(crate) fn toll_refused(&mut self, extension: &str, number: &str, why: Barred) {
        if let Some(refused) = self.tolls.refuse(extension, number, why, self.now) {
            let (extension, number) = (extension.to_owned(), number.to_owned());
            self.alert(Alarm::OutsideRefused { extension, number, why, refused });
        }
        self.is_dirty = true;
    }

    /// A step of a plan says no to a call to the outside, for the sake of who pays for it.
    pub(crate) fn note_barred(&mut self, step: &Step, number: &str) {
        let barred = step.because.iter().find_map(|reason| match reason {
            Reason::NotPermitted { extension, .. } => Some((extension.clone(), Barred::NotPermitted)),
            Reason::AtNight { extension, .. } => Some((extension.clone(), Barred::AtNight)),
            _ => None,
        });
        if let Some((extension, why)) = barred.filter(|_| matches!(step.act, Act::Reject(_))) {
            self.toll_refused(&extension, number, why);
        }
    }
}
