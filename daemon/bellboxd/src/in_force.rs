//! The configuration in force, for the threads that may not ask the engine.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use config::Config;
use pbx::input::Input;

use crate::inbox::Inbox;

/// What the engine has been given last.
pub struct InForce {
    config: Mutex<Arc<Config>>,
    inbox: Arc<Inbox>,
}

impl InForce {
    /// With what the engine starts with.
    pub fn new(config: Arc<Config>, inbox: Arc<Inbox>) -> InForce {
        InForce { config: Mutex::new(config), inbox }
    }

    /// Gives it to the engine; what is put into the inbox after this is handled under it. An import and a phone's new
    /// PIN may be saved at once, by two threads: the older of two revisions is dropped.
    pub fn put(&self, config: Config) {
        let mut in_force = self.locked();
        if config.revision() < in_force.revision() {
            log::debug!("revision {} is in force already, {} is not", in_force.revision(), config.revision());
            return;
        }
        *in_force = Arc::new(config);
        // Still locked: the engine must get them in the same order.
        self.inbox.push(Input::Config(Arc::clone(&in_force)));
    }

    pub fn now(&self) -> Arc<Config> {
        Arc::clone(&self.locked())
    }

    fn locked(&self) -> MutexGuard<'_, Arc<Config>> {
        self.config.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_older_of_two_revisions_never_replaces_the_newer() {
        let inbox = Arc::new(Inbox::default());
        let in_force = InForce::new(Arc::new(Config::default().with_revision(4)), Arc::clone(&inbox));
        for revision in [6, 5, 6] {
            in_force.put(Config::default().with_revision(revision));
        }
        assert_eq!(in_force.now().revision(), 6);
        inbox.close();
        let mut batch = Vec::new();
        inbox.take(None, &mut batch);
        let given = batch.iter().map(|input| match input {
            Input::Config(config) => config.revision(),
            other => panic!("{other:?}"),
        });
        assert_eq!(given.collect::<Vec<_>>(), [6, 6]);
    }
}
