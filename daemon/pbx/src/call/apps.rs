//! The features in which the box itself has the caller, and what begins each of them.

use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::events::Cause;
use crate::features::announce::Announce;
use crate::features::assist::Assisting;
use crate::features::authorize::Authorizing;
use crate::features::call_return::CallReturn;
use crate::features::charge::Charging;
use crate::features::consultation::{Holding, TransferTo};
use crate::features::deposit::Deposit;
use crate::features::echo_test::EchoTest;
use crate::features::foretell::Foretelling;
use crate::features::naming::Naming;
use crate::features::offer::Offering;
use crate::features::retrieve::Retrieve;
use crate::features::rule_change::Changing;
use crate::features::{App, Next};
use crate::leg::Leg;
use crate::route::{Act, Dialled};

/// One enum of all of them, and the one place where they are told apart.
macro_rules! apps {
    ($($app:ident),* $(,)?) => {
        /// Which of them has the caller.
        #[derive(Clone, Debug, Serialize, Deserialize)]
        pub(super) enum AnyApp {
            $($app(Box<$app>),)*
        }

        impl AnyApp {
            pub(super) fn app(&self) -> &dyn App {
                match self {
                    $(AnyApp::$app(app) => &**app,)*
                }
            }

            pub(super) fn app_mut(&mut self) -> &mut dyn App {
                match self {
                    $(AnyApp::$app(app) => &mut **app,)*
                }
            }
        }

        $(impl From<$app> for AnyApp {
            fn from(app: $app) -> AnyApp {
                AnyApp::$app(Box::new(app))
            }
        })*
    };
}

apps!(
    Announce,
    Assisting,
    Authorizing,
    CallReturn,
    Changing,
    Charging,
    Deposit,
    EchoTest,
    Foretelling,
    Holding,
    Naming,
    Offering,
    Retrieve,
    TransferTo,
);

impl AnyApp {
    /// Begins what a step does. The error: it is over at once, or it is none of the box's own.
    pub(super) fn start(act: Act, caller: &mut Leg, dialled: &Dialled, cx: &mut Cx) -> Result<AnyApp, Next> {
        Ok(match act {
            Act::Complete(wish) => {
                let said = cx.complete(caller.call, wish, &dialled.extension);
                Announce::start(said, caller, cx).into()
            }
            Act::Offer(offer) => Offering::start(&offer, caller, cx).into(),
            Act::Authorize(what) => Authorizing::start(&what, caller, cx)?.into(),
            Act::Charge(what) => Charging::start(&what, caller, cx)?.into(),
            Act::CallReturn => CallReturn::start(caller, cx).into(),
            Act::EchoTest => EchoTest::start(caller, cx).into(),
            Act::Announce(what) => Announce::start(what, caller, cx).into(),
            Act::AskName(wanted) => Naming::start(&wanted, caller, cx).into(),
            Act::Assist(assist) => Assisting::start(&assist, caller, cx)?.into(),
            Act::Deposit(deposit) => Deposit::start(&deposit, caller, cx).into(),
            Act::Retrieve(retrieve) => Retrieve::start(&retrieve, caller, cx).into(),
            Act::Foretell(to) => Foretelling::start(to, caller, cx).into(),
            Act::Change(change) => Changing::start(change, caller, cx).into(),
            Act::AskNumber(what) => Changing::ask(what, dialled, caller, cx).into(),
            // They are of the call, or ring phones.
            Act::Ring(_)
            | Act::Intercom(_)
            | Act::Outside(_)
            | Act::PickUp(_)
            | Act::Fetch(_)
            | Act::Park
            | Act::Reject(_) => {
                return Err(Next::End(Cause::Internal));
            }
        })
    }
}
