//! The office of a daemon that does not run: its store alone.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::DateTime;
use pbx::events::CallEvent;
use pbx::input::CallId;
use pbx::ladder::Ladder;
use pbx::mailbox::Message;
use pbx::status::Status;
use pbx::tested::Wanted;
use pbx::what_if::{Answer, Question};
use store::Store;
use web::desk::{CallLine, Checked, Desk, Imported, NewKey, Refusal, RevisionLine};

use crate::{site, stored};

/// A store that is ours for the moment.
#[derive(Debug)]
pub struct Offline(pub Store);

impl Desk for Offline {
    fn status(&self) -> Result<Status, Refusal> {
        Err(Refusal::NotRunning)
    }

    fn calls(&self, limit: usize) -> Result<Vec<CallLine>, Refusal> {
        stored::calls(&self.0, limit)
    }

    fn call(&self, id: CallId) -> Result<Vec<CallEvent>, Refusal> {
        stored::call(&self.0, id)
    }

    fn messages(&self, mailbox: Option<&str>, limit: usize) -> Result<Vec<Message>, Refusal> {
        stored::messages(&self.0, mailbox, limit)
    }

    fn import(&self, text: &str, author: &str) -> Result<Imported, Refusal> {
        Ok(stored::import(&self.0, text, author, Timestamp::now())?.0)
    }

    fn export(&self) -> Result<String, Refusal> {
        stored::export(&self.0)
    }

    fn export_as_of(&self, local: DateTime) -> Result<String, Refusal> {
        stored::export_as_of(&self.0, local)
    }

    fn history(&self, until: Option<DateTime>, limit: usize) -> Result<Vec<RevisionLine>, Refusal> {
        stored::history(&self.0, until, limit)
    }

    fn check(&self, text: &str) -> Result<Checked, Refusal> {
        stored::check(text)
    }

    fn what_if(&self, question: &Question) -> Result<Answer, Refusal> {
        stored::what_if(&self.0, question, Timestamp::now())
    }

    fn reset_admin(&self) -> Result<NewKey, Refusal> {
        site::key_for_later(&self.0)
    }

    fn ladder(&self, _id: CallId) -> Result<Arc<Ladder>, Refusal> {
        Err(Refusal::NotRunning)
    }

    fn test_trunk(&self, _wanted: Wanted) -> Result<CallId, Refusal> {
        Err(Refusal::NotRunning)
    }

    fn hang_up(&self, _id: CallId) -> Result<(), Refusal> {
        Err(Refusal::NotRunning)
    }
}
