//! The one table of routes: what there is, who may use it, who serves it.

use axum::routing::{MethodRouter, delete, get, post, put};
use config::Area;
use media::upload::MAX_BYTES;

use super::people_file::FILE_MAX;
use super::wire::{BODY_MAX, TABLE_MAX};
use super::{
    App, access, accounts, answering, attempts, authorizations, backup, caller_ids, callers, calls, certificate,
    console, contacts_file, departments, directory, export, extensions, feature_codes, findings, greeting, groups,
    ladder, live, night_modes, overview, own, people, people_file, phones, place, plain_words, profiles, revisions,
    secretaries, signing, sites, stream, system, time_groups, time_of_day, time_rows, toll, trunks, voicemail, what_if,
    wishes,
};

/// A method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// Reads.
    Get,
    /// Does something.
    Post,
    /// Changes a row.
    Put,
    /// Removes a row.
    Delete,
}

impl Method {
    /// As it is written in a request.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Delete => "DELETE",
        }
    }

    /// Whether it may change something: then it must come from a page of this box.
    pub fn is_write(self) -> bool {
        self != Method::Get
    }
}

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody in the network.
    Anyone,
    /// Whoever has signed in, also by PIN.
    Home,
    /// Whoever has signed in by password.
    User,
    /// Whose rights reach to see this area; signed in by password.
    See(Area),
    /// Whose rights reach to change it.
    Change(Area),
    /// Apart from those: the holder of the setup's token, while the box belongs to nobody.
    Setup,
}

impl Access {
    /// As the document says it.
    pub fn named(self) -> String {
        match self {
            Access::Anyone => "anyone".to_owned(),
            Access::Home => "home".to_owned(),
            Access::User => "user".to_owned(),
            Access::See(area) => format!("see {}", area.as_str()),
            Access::Change(area) => format!("change {}", area.as_str()),
            Access::Setup => "setup".to_owned(),
        }
    }
}

/// How much a request may send, and for how long its answer may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bounds {
    /// As [`crate::lan::Limits`] say: a row, at once.
    Row,
    /// An answer that is made for as long as it takes.
    Download,
    /// A body as large as the disk has room for, as long as it goes on to come; the handler sees to both.
    Upload,
}

/// One row.
pub struct Route {
    /// How.
    pub method: Method,
    /// Where; a name in braces stands for any value.
    pub path: &'static str,
    /// Who.
    pub access: Access,
    /// The longest body, in bytes.
    pub body_max: usize,
    /// How much.
    pub bounds: Bounds,
    pub(super) serve: fn() -> MethodRouter<App>,
}

impl std::fmt::Debug for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} ({})", self.method.as_str(), self.path, self.access.named())
    }
}

const fn row(method: Method, path: &'static str, access: Access, serve: fn() -> MethodRouter<App>) -> Route {
    Route { method, path, access, body_max: BODY_MAX, bounds: Bounds::Row, serve }
}

/// One that takes more than a row.
const fn large(body_max: usize, route: Route) -> Route {
    Route { body_max, ..route }
}

/// The longest body that any route takes at this address: more is refused before it is known who asks.
pub(crate) fn longest_body(method: &str, path: &str) -> usize {
    let is_at = |route: &&Route| {
        let (mut named, mut asked) = (route.path.split('/'), path.split('/'));
        route.method.as_str() == method
            && loop {
                match (named.next(), asked.next()) {
                    (None, None) => break true,
                    (Some(named), Some(asked)) if named.starts_with('{') || named == asked => {}
                    _ => break false,
                }
            }
    };
    ROUTES.iter().filter(is_at).map(|route| route.body_max).max().unwrap_or(BODY_MAX)
}

impl Route {
    const fn bounded(self, bounds: Bounds) -> Route {
        Route { bounds, ..self }
    }

    /// What holds for a request; none of the paths that are not a row's has a name in braces.
    pub(crate) fn bounds_of(method: &str, path: &str) -> Bounds {
        let found = ROUTES.iter().find(|route| route.path == path && route.method.as_str() == method);
        found.map_or(Bounds::Row, |route| route.bounds)
    }
}

use Access::{Anyone, Change, Home, See, Setup, User};
use Area::{
    Basics, Box, CallFlow, CallerId, Calls, Codes, Groups, History, Live, Numbers, Overview, People, Roles, Security,
    Times,
};
use Method::{Delete, Get, Post, Put};

/// All of them.
pub const ROUTES: &[Route] = &[
    row(Get, "/api/hello", Anyone, || get(signing::hello)),
    row(Get, "/api/authority", Anyone, || get(certificate::authority)),
    row(Post, "/api/setup", Anyone, || post(signing::setup)),
    row(Put, "/api/setup/backup", Setup, || put(backup::upload_at_setup)).bounded(Bounds::Upload),
    row(Post, "/api/setup/backup/restore", Setup, || post(backup::restore_at_setup)),
    row(Post, "/api/reset", Anyone, || post(signing::reset)),
    row(Post, "/api/login", Anyone, || post(signing::login)),
    row(Post, "/api/logout", Home, || post(signing::logout)),
    row(Post, "/api/logout-everywhere", Home, || post(signing::logout_everywhere)),
    row(Get, "/api/me", Home, || get(own::me)),
    row(Put, "/api/me", User, || put(own::change_me)),
    row(Post, "/api/me/password", User, || post(own::change_password)),
    row(Post, "/api/me/pin", User, || post(own::change_pin)),
    row(Get, "/api/me/sign-ins", User, || get(own::sign_ins)),
    row(Get, "/api/me/rights", User, || get(access::of_mine)),
    row(Get, "/api/roles", See(Roles), || get(access::roles)),
    row(Get, "/api/roles/export", See(Roles), || get(access::export)),
    row(Get, "/api/profiles", See(Roles), || get(profiles::list)),
    row(Post, "/api/profiles", Change(Roles), || post(profiles::add)),
    row(Put, "/api/profiles/{name}", Change(Roles), || put(profiles::change)),
    row(Delete, "/api/profiles/{name}", Change(Roles), || delete(profiles::remove)),
    row(Get, "/api/groups", See(Groups), || get(groups::list)),
    row(Post, "/api/groups", Change(Groups), || post(groups::add)),
    row(Put, "/api/groups/{name}", Change(Groups), || put(groups::change)),
    row(Delete, "/api/groups/{name}", Change(Groups), || delete(groups::remove)),
    row(Get, "/api/calls", Home, || get(calls::list)),
    row(Get, "/api/calls/export", Home, || get(export::calls)),
    row(Get, "/api/calls/accounts", See(Calls), || get(calls::accounts)),
    row(Get, "/api/calls/{id}", Home, || get(calls::story)),
    row(Get, "/api/calls/{id}/ladder", See(Live), || get(ladder::of_call)),
    row(Get, "/api/place", Home, || get(place::phones)),
    row(Post, "/api/place", Home, || post(place::begin)),
    row(Get, "/api/place/{call}", Home, || get(place::shown)),
    row(Delete, "/api/place/{call}", Home, || delete(place::end)),
    row(Get, "/api/console", Home, || get(console::shown)),
    row(Post, "/api/console/{call}", Home, || post(console::act)),
    row(Get, "/api/voicemail", Home, || get(voicemail::list)),
    row(Get, "/api/voicemail/export", Home, || get(export::messages)),
    row(Get, "/api/voicemail/{id}/audio", Home, || get(voicemail::audio)),
    row(Post, "/api/voicemail/{id}/move", Home, || post(voicemail::move_to)),
    row(Get, "/api/greeting", Home, || get(greeting::heard)),
    row(Get, "/api/greeting/spoken/audio", Home, || get(greeting::spoken)),
    row(Get, "/api/greeting/{which}/audio", Home, || get(greeting::audio)),
    large(MAX_BYTES, row(Put, "/api/greeting/{which}", User, || put(greeting::take))),
    row(Post, "/api/greeting/{which}/use", User, || post(greeting::put_in_use)),
    row(Get, "/api/answering/{who}", User, || get(answering::shown)),
    row(Put, "/api/answering/{who}", User, || put(answering::replace)),
    row(Post, "/api/answering/{who}/rules", User, || post(answering::add)),
    row(Delete, "/api/answering/{who}/rules/{place}", User, || delete(answering::remove)),
    row(Put, "/api/answering/{who}/order", User, || put(answering::reorder)),
    row(Post, "/api/answering/{who}/words", User, || post(plain_words::read)),
    row(Put, "/api/answering/{who}/bosses/{boss}", User, || put(secretaries::answer)),
    row(Post, "/api/answering/{who}/bosses/{boss}/pass", User, || post(secretaries::pass)),
    row(Get, "/api/wishes/{who}", User, || get(wishes::list)),
    row(Delete, "/api/wishes/{who}/{target}", User, || delete(wishes::end)),
    row(Get, "/api/time-groups/{who}", User, || get(time_groups::list)),
    row(Post, "/api/time-groups/{who}", User, || post(time_groups::add)),
    row(Put, "/api/time-groups/{who}/{name}", User, || put(time_groups::change)),
    row(Delete, "/api/time-groups/{who}/{name}", User, || delete(time_groups::remove)),
    row(Get, "/api/time-of-day/{extension}", User, || get(time_of_day::list)),
    row(Post, "/api/time-group-rows/{who}", User, || post(time_rows::read)),
    row(Post, "/api/time-groups/{who}/{name}/force", User, || post(time_groups::force)),
    row(Get, "/api/night-modes", User, || get(night_modes::list)),
    row(Post, "/api/night-modes", Change(Times), || post(night_modes::add)),
    row(Put, "/api/night-modes/{name}", Change(Times), || put(night_modes::change)),
    row(Delete, "/api/night-modes/{name}", Change(Times), || delete(night_modes::remove)),
    row(Post, "/api/night-modes/{name}/switch", User, || post(night_modes::switch)),
    row(Get, "/api/directory", Home, || get(directory::shown_to)),
    row(Post, "/api/contacts/{book}", User, || post(directory::add)),
    large(TABLE_MAX, row(Put, "/api/contacts/{book}", User, || put(directory::replace))),
    row(Put, "/api/contacts/{book}/{name}", User, || put(directory::change)),
    row(Delete, "/api/contacts/{book}/{name}", User, || delete(directory::remove)),
    row(Get, "/api/contact-files/{book}", User, || get(contacts_file::export)),
    large(contacts_file::FILE_MAX, row(Put, "/api/contact-files/{book}", User, || put(contacts_file::read))),
    large(TABLE_MAX, row(Post, "/api/contact-files/{book}", User, || post(contacts_file::import))),
    row(Get, "/api/findings", See(CallFlow), || get(findings::list)),
    row(Post, "/api/what-if", User, || post(what_if::ask)),
    row(Get, "/api/events", Home, || get(stream::events)),
    row(Get, "/api/overview", See(Overview), || get(overview::overview)),
    row(Get, "/api/live", See(Live), || get(live::live)),
    row(Post, "/api/live/{call}/hangup", Change(Live), || post(live::hang_up)),
    row(Get, "/api/attempts", See(Security), || get(attempts::list)),
    row(Post, "/api/attempts/{source}/unblock", Change(Security), || post(attempts::unblock)),
    row(Get, "/api/phones", See(People), || get(phones::list)),
    row(Get, "/api/extensions", See(People), || get(extensions::list)),
    row(Get, "/api/extensions/export", See(People), || get(extensions::export)),
    row(Post, "/api/extensions/off", Change(Basics), || post(extensions::switch_off)),
    row(Put, "/api/extensions/{extension}/diversions/{kind}", Change(Basics), || put(extensions::divert)),
    row(Get, "/api/people", See(People), || get(people::list)),
    row(Post, "/api/people", Change(People), || post(people::add)),
    row(Get, "/api/people/export", See(People), || get(people_file::export)),
    large(FILE_MAX, row(Put, "/api/people/table", Change(People), || put(people_file::read))),
    large(TABLE_MAX, row(Post, "/api/people/table", Change(People), || post(people_file::import))),
    row(Get, "/api/people/{id}", See(People), || get(people::one)),
    row(Put, "/api/people/{id}", Change(Basics), || put(people::change)),
    row(Delete, "/api/people/{id}", Change(People), || delete(people::remove)),
    row(Post, "/api/people/{id}/pin", Change(People), || post(people::set_pin)),
    row(Post, "/api/people/{id}/password", Change(People), || post(people::set_password)),
    row(Post, "/api/people/{id}/phones", Change(People), || post(people::add_phone)),
    row(Delete, "/api/people/{id}/phones/{phone}", Change(People), || delete(people::remove_phone)),
    row(Post, "/api/people/{id}/phones/{phone}/secret", Change(People), || post(people::new_secret)),
    row(Get, "/api/departments", See(People), || get(departments::list)),
    row(Post, "/api/departments", Change(People), || post(departments::add)),
    row(Put, "/api/departments/{name}", Change(People), || put(departments::change)),
    row(Delete, "/api/departments/{name}", Change(People), || delete(departments::remove)),
    row(Get, "/api/sites", See(People), || get(sites::list)),
    row(Post, "/api/sites", Change(Numbers), || post(sites::add)),
    row(Put, "/api/sites/{name}", Change(Numbers), || put(sites::change)),
    row(Delete, "/api/sites/{name}", Change(Numbers), || delete(sites::remove)),
    row(Get, "/api/caller-ids", See(CallerId), || get(caller_ids::list)),
    row(Put, "/api/caller-ids/{extension}", Change(CallerId), || put(caller_ids::change)),
    row(Get, "/api/trunks", See(Numbers), || get(trunks::list)),
    row(Post, "/api/trunks", Change(Numbers), || post(trunks::add)),
    row(Put, "/api/trunks/{id}", Change(Numbers), || put(trunks::change)),
    row(Delete, "/api/trunks/{id}", Change(Numbers), || delete(trunks::remove)),
    row(Post, "/api/trunks/{id}/try", Change(Numbers), || post(trunks::try_now)),
    row(Post, "/api/trunks/{id}/test-call", Change(Numbers), || post(trunks::test_call)),
    row(Put, "/api/numbers", Change(Numbers), || put(trunks::set_numbers)),
    row(Put, "/api/routes", Change(Numbers), || put(trunks::set_routes)),
    row(Get, "/api/accounts", See(Numbers), || get(accounts::list)),
    row(Post, "/api/accounts", Change(Numbers), || post(accounts::add)),
    row(Put, "/api/accounts/{number}", Change(Numbers), || put(accounts::change)),
    row(Delete, "/api/accounts/{number}", Change(Numbers), || delete(accounts::remove)),
    row(Get, "/api/authorizations", See(Numbers), || get(authorizations::list)),
    row(Post, "/api/authorizations", Change(Numbers), || post(authorizations::add)),
    row(Put, "/api/authorizations/{name}", Change(Numbers), || put(authorizations::change)),
    row(Delete, "/api/authorizations/{name}", Change(Numbers), || delete(authorizations::remove)),
    row(Get, "/api/feature-codes", Home, || get(feature_codes::shown)),
    row(Put, "/api/feature-codes", Change(Codes), || put(feature_codes::replace)),
    row(Get, "/api/callers", See(Security), || get(callers::shown)),
    row(Put, "/api/callers", Change(Security), || put(callers::replace)),
    row(Get, "/api/toll-guard", See(Security), || get(toll::shown)),
    row(Put, "/api/toll-guard", Change(Security), || put(toll::replace)),
    row(Get, "/api/revisions", See(History), || get(revisions::list)),
    row(Get, "/api/revisions/{id}", See(History), || get(revisions::one)),
    row(Post, "/api/revisions/{id}/undo", Change(History), || post(revisions::undo)),
    row(Post, "/api/revisions/{id}/restore", Change(History), || post(revisions::restore)),
    row(Get, "/api/backup", Change(Box), || get(backup::download)).bounded(Bounds::Download),
    row(Put, "/api/backup", Change(Box), || put(backup::upload)).bounded(Bounds::Upload),
    row(Delete, "/api/backup", Change(Box), || delete(backup::discard)),
    row(Get, "/api/backup/state", See(Box), || get(backup::state)),
    row(Post, "/api/backup/restore", Change(Box), || post(backup::restore)),
    row(Post, "/api/backup/undo", Change(Box), || post(backup::undo)),
    row(Delete, "/api/backup/before", Change(Box), || delete(backup::discard_before)),
    row(Get, "/api/system", See(Overview), || get(system::health)),
    row(Get, "/api/certificate", See(Box), || get(certificate::in_use)),
    row(Put, "/api/certificate", Change(Box), || put(certificate::upload)),
    row(Delete, "/api/certificate", Change(Box), || delete(certificate::use_own)),
    row(Post, "/api/certificate/undo", Change(Box), || post(certificate::undo)),
];
