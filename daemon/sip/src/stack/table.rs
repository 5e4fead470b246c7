//! Transactions with what the stack knows about them, and how they are driven.

use std::net::IpAddr;
use std::time::Duration;

use bytes::Bytes;

use super::deadlines::Wake;
use super::{BYES_PER_DIALOG, MAX_CALLS_PER_USER, MAX_PER_DIALOG, MAX_PER_SUBSCRIPTION, MAX_PER_USER, Stack};
use crate::event::{DialogId, InquiryId, NotifyId, SubscriptionId, TransactionId};
use crate::message::{Method, Request, Text};
use crate::transaction::key::{ClientKey, MergeKey, ServerKey};
use crate::transaction::{
    Client, ClientEvent, InviteClient, InviteClientEvent, InviteServer, InviteServerEvent, Reaction, Report, Server,
    ServerEvent,
};
use crate::transport::{Hop, Transmit};

/// A request that came in.
#[derive(Clone)]
pub(super) struct ServerEntry {
    pub key: ServerKey,
    /// Set outside dialogs.
    pub merge: Option<MergeKey>,
    /// Where responses go.
    pub hop: Hop,
    /// Where it came from: its retransmissions, ACK and CANCEL must come from there.
    pub source: IpAddr,
    /// What responses copy of it, with received and rport filled in; without URI and body.
    pub request: Request,
    /// Whose share of the table it takes.
    pub share: Option<Share>,
    /// The To tag of our responses, where the request has none.
    pub tag: String,
    pub machine: ServerMachine,
    pub purpose: ServerPurpose,
    pub wake: Option<Duration>,
}

/// What a server transaction is counted under, so that nobody fills the table. A CANCEL is not counted: each INVITE has
/// one at most.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Share {
    /// Requests within it.
    Dialog(DialogId),
    /// Requests within its dialog.
    Subscription(SubscriptionId),
    /// INVITEs outside dialogs, by the user that was proven.
    Calls(String),
    /// All else outside dialogs, by the user that was proven.
    Others(String),
}

impl Share {
    /// How many transactions it has at once.
    fn size(&self, method: &Method) -> usize {
        match self {
            Share::Dialog(_) if *method == Method::Bye => MAX_PER_DIALOG + BYES_PER_DIALOG,
            Share::Dialog(_) => MAX_PER_DIALOG,
            Share::Subscription(_) => MAX_PER_SUBSCRIPTION,
            Share::Calls(_) => MAX_CALLS_PER_USER,
            Share::Others(_) => MAX_PER_USER,
        }
    }
}

/// Who answers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ServerPurpose {
    /// The stack has.
    Done,
    /// The owner, with `respond`.
    Owner,
    /// The owner, with `answer` or `refuse`.
    Call(DialogId),
    /// The owner, with `accept_reoffer` or `refuse_reoffer`.
    Offer(DialogId),
    /// The owner, with `accept_subscription` or `respond`.
    Subscription(SubscriptionId),
}

#[derive(Clone)]
pub(super) enum ServerMachine {
    Invite(InviteServer),
    Other(Server),
}

impl ServerMachine {
    pub fn retransmitted(&mut self, now: Duration) -> Reaction {
        match self {
            ServerMachine::Invite(machine) => machine.on(now, InviteServerEvent::Request),
            ServerMachine::Other(machine) => machine.on(now, ServerEvent::Request),
        }
    }

    pub fn acknowledged(&mut self, now: Duration) -> Reaction {
        match self {
            ServerMachine::Invite(machine) => machine.on(now, InviteServerEvent::Ack),
            ServerMachine::Other(_) => Reaction::NONE,
        }
    }

    pub fn respond(&mut self, now: Duration, status: u16, bytes: Bytes) -> Reaction {
        match (self, status) {
            (ServerMachine::Invite(machine), ..200) => machine.on(now, InviteServerEvent::Provisional(bytes)),
            (ServerMachine::Invite(machine), 200..300) => machine.on(now, InviteServerEvent::Success(bytes)),
            (ServerMachine::Invite(machine), _) => machine.on(now, InviteServerEvent::Failure(bytes)),
            (ServerMachine::Other(machine), _) => machine.on(now, ServerEvent::Final(bytes)),
        }
    }

    pub fn clock(&mut self, now: Duration) -> Reaction {
        match self {
            ServerMachine::Invite(machine) => machine.on(now, InviteServerEvent::Clock),
            ServerMachine::Other(machine) => machine.on(now, ServerEvent::Clock),
        }
    }

    pub fn transport_lost(&mut self, now: Duration) -> Reaction {
        match self {
            ServerMachine::Invite(machine) => machine.on(now, InviteServerEvent::TransportLost),
            ServerMachine::Other(machine) => machine.on(now, ServerEvent::TransportLost),
        }
    }

    /// Whether the final response is still owed.
    pub fn is_open(&self) -> bool {
        match self {
            ServerMachine::Invite(machine) => machine.is_proceeding(),
            ServerMachine::Other(machine) => machine.is_trying(),
        }
    }

    fn deadline(&self) -> Option<Duration> {
        match self {
            ServerMachine::Invite(machine) => machine.deadline(),
            ServerMachine::Other(machine) => machine.deadline(),
        }
    }
}

/// A request of ours.
#[derive(Clone)]
pub(super) struct ClientEntry {
    pub key: ClientKey,
    pub hop: Hop,
    pub request: Request,
    pub machine: ClientMachine,
    pub purpose: Purpose,
    /// The To tags of the 2xx of an INVITE with the ACK that each gets again, once there is one.
    pub answered: Vec<(Text, Option<Bytes>)>,
    /// The peer whose challenges are answered, where it is none of a phone.
    pub peer: Option<String>,
    /// How often it went out before, with less in it: challenges, and sessions that were too brief.
    pub sent_before: u8,
    /// It goes over TCP for its size alone.
    pub is_large: bool,
    pub wake: Option<Duration>,
}

/// What a request of ours is for, and what it belongs to; that may be over already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Call(DialogId),
    Offer(DialogId),
    /// An UPDATE that says whom the peer talks to.
    Identity(DialogId),
    /// An UPDATE that refreshes the session.
    Refresh(DialogId),
    /// A PRACK: should it be lost, its response comes again.
    Prack(DialogId),
    Info(DialogId),
    Probe(DialogId),
    /// BYE and CANCEL: whatever the answer, nobody waits for it.
    Farewell(DialogId),
    Notify(SubscriptionId),
    Unsolicited(NotifyId),
    Inquiry(InquiryId),
}

impl Purpose {
    /// The call's dialog that it belongs to.
    pub fn dialog(self) -> Option<DialogId> {
        match self {
            Purpose::Call(id) | Purpose::Offer(id) | Purpose::Identity(id) | Purpose::Refresh(id) => Some(id),
            Purpose::Prack(id) | Purpose::Info(id) | Purpose::Probe(id) | Purpose::Farewell(id) => Some(id),
            Purpose::Notify(_) | Purpose::Unsolicited(_) | Purpose::Inquiry(_) => None,
        }
    }
}

#[derive(Clone)]
pub(super) enum ClientMachine {
    Invite(InviteClient),
    Other(Client),
}

impl ClientMachine {
    /// `ack` is used with a failure of an INVITE only.
    pub fn responded(&mut self, now: Duration, status: u16, ack: impl FnOnce() -> Bytes) -> Reaction {
        match (self, status) {
            (ClientMachine::Invite(machine), ..200) => machine.on(now, InviteClientEvent::Provisional),
            (ClientMachine::Invite(machine), 200..300) => machine.on(now, InviteClientEvent::Success),
            (ClientMachine::Invite(machine), _) => machine.on(now, InviteClientEvent::Failure(ack())),
            (ClientMachine::Other(machine), ..200) => machine.on(now, ClientEvent::Provisional),
            (ClientMachine::Other(machine), _) => machine.on(now, ClientEvent::Final),
        }
    }

    pub fn cancelled(&mut self, now: Duration) -> Reaction {
        match self {
            ClientMachine::Invite(machine) => machine.on(now, InviteClientEvent::Cancelled),
            ClientMachine::Other(_) => Reaction::NONE,
        }
    }

    pub fn clock(&mut self, now: Duration) -> Reaction {
        match self {
            ClientMachine::Invite(machine) => machine.on(now, InviteClientEvent::Clock),
            ClientMachine::Other(machine) => machine.on(now, ClientEvent::Clock),
        }
    }

    pub fn transport_lost(&mut self, now: Duration) -> Reaction {
        match self {
            ClientMachine::Invite(machine) => machine.on(now, InviteClientEvent::TransportLost),
            ClientMachine::Other(machine) => machine.on(now, ClientEvent::TransportLost),
        }
    }

    /// Whether there was no response at all yet.
    pub fn is_calling(&self) -> bool {
        matches!(self, ClientMachine::Invite(machine) if machine.is_calling())
    }

    fn deadline(&self) -> Option<Duration> {
        match self {
            ClientMachine::Invite(machine) => machine.deadline(),
            ClientMachine::Other(machine) => machine.deadline(),
        }
    }
}

impl Stack {
    /// Keeps a server transaction from here to its end.
    pub(super) fn insert_server(&mut self, entry: ServerEntry) -> TransactionId {
        let id = TransactionId(self.next_id());
        self.server_keys.insert(entry.key.clone(), id);
        if let Some(merge) = &entry.merge {
            self.merge_keys.insert(merge.clone(), id);
        }
        if let Some(share) = &entry.share {
            *self.shares.entry(share.clone()).or_default() += 1;
        }
        self.servers.insert(id, entry);
        id
    }

    /// One step of a server transaction: sends, keeps its deadline, forgets it when it is over.
    pub(super) fn drive_server(
        &mut self,
        id: TransactionId,
        step: impl FnOnce(&mut ServerMachine) -> Reaction,
        out: &mut Vec<Transmit>,
    ) -> Option<Report> {
        let entry = self.servers.get_mut(&id)?;
        let reaction = step(&mut entry.machine);
        if let Some(bytes) = reaction.send {
            out.push(Transmit { hop: entry.hop, bytes });
        }
        let deadline = entry.machine.deadline();
        let before = std::mem::replace(&mut entry.wake, deadline);
        self.reschedule(Wake::Server(id), before, deadline);
        if deadline.is_none()
            && let Some(entry) = self.servers.remove(&id)
        {
            self.server_keys.remove(&entry.key);
            if let Some(merge) = &entry.merge {
                self.merge_keys.remove(merge);
            }
            entry.share.iter().for_each(|share| self.give_back(share));
        }
        reaction.report
    }

    fn give_back(&mut self, share: &Share) {
        if let Some(taken) = self.shares.get_mut(share) {
            *taken -= 1;
            if *taken == 0 {
                self.shares.remove(share);
            }
        }
    }

    /// Whether one more transaction of this method fits into a share.
    pub(super) fn has_room(&self, share: &Share, method: &Method) -> bool {
        self.shares.get(share).is_none_or(|taken| *taken < share.size(method))
    }

    /// Keeps a client transaction from here to its end.
    pub(super) fn insert_client(&mut self, entry: ClientEntry) -> TransactionId {
        let id = TransactionId(self.next_id());
        self.client_keys.insert(entry.key.clone(), id);
        self.clients.insert(id, entry);
        id
    }

    /// One step of a client transaction: sends, keeps its deadline, forgets it when it is over.
    pub(super) fn drive_client(
        &mut self,
        id: TransactionId,
        step: impl FnOnce(&mut ClientMachine) -> Reaction,
        out: &mut Vec<Transmit>,
    ) -> Option<Report> {
        let entry = self.clients.get_mut(&id)?;
        let reaction = step(&mut entry.machine);
        if let Some(bytes) = reaction.send {
            out.push(Transmit { hop: entry.hop, bytes });
        }
        let deadline = entry.machine.deadline();
        let before = std::mem::replace(&mut entry.wake, deadline);
        self.reschedule(Wake::Client(id), before, deadline);
        if deadline.is_none()
            && let Some(entry) = self.clients.remove(&id)
        {
            self.client_keys.remove(&entry.key);
        }
        reaction.report
    }

    /// Transactions of both kinds.
    pub(super) fn transactions(&self) -> usize {
        self.servers.len() + self.clients.len()
    }
}
