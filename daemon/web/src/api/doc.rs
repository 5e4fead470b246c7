//! The interface as an OpenAPI document.

use serde_json::{Value, json};
use utoipa::OpenApi;

use super::routes::{ROUTES, Route};
use super::{
    access, accounts, answering, attempts, authorizations, backup, caller_ids, callers, calls, certificate, console,
    contacts_file, departments, directory, export, extensions, feature_codes, findings, greeting, groups, ladder, live,
    model, night_modes, overview, own, people, people_file, phones, place, plain_words, profiles, revisions,
    secretaries, signing, sites, stream, system, time_groups, time_of_day, time_rows, toll, trunks, voicemail, what_if,
    wishes,
};

#[derive(OpenApi)]
#[openapi(
    info(title = "Bellbox", description = "What the page of the box asks it. Every change carries `X-Bellbox: 1`."),
    paths(
        signing::hello,
        certificate::authority,
        signing::setup,
        signing::reset,
        signing::login,
        signing::logout,
        signing::logout_everywhere,
        own::me,
        own::sign_ins,
        own::change_me,
        own::change_password,
        own::change_pin,
        access::of_mine,
        access::roles,
        access::export,
        profiles::list,
        profiles::add,
        profiles::change,
        profiles::remove,
        groups::list,
        groups::add,
        groups::change,
        groups::remove,
        calls::list,
        calls::accounts,
        calls::story,
        ladder::of_call,
        place::phones,
        place::begin,
        place::shown,
        place::end,
        console::shown,
        console::act,
        export::calls,
        export::messages,
        voicemail::list,
        voicemail::audio,
        voicemail::move_to,
        greeting::heard,
        greeting::audio,
        greeting::spoken,
        greeting::take,
        greeting::put_in_use,
        callers::shown,
        callers::replace,
        answering::shown,
        answering::replace,
        answering::add,
        answering::remove,
        answering::reorder,
        secretaries::answer,
        secretaries::pass,
        plain_words::read,
        wishes::list,
        wishes::end,
        time_groups::list,
        time_groups::add,
        time_groups::change,
        time_groups::remove,
        time_groups::force,
        time_of_day::list,
        time_rows::read,
        night_modes::list,
        night_modes::add,
        night_modes::change,
        night_modes::remove,
        night_modes::switch,
        directory::shown_to,
        contacts_file::export,
        contacts_file::read,
        contacts_file::import,
        directory::replace,
        directory::add,
        directory::change,
        directory::remove,
        what_if::ask,
        findings::list,
        stream::events,
        overview::overview,
        live::live,
        live::hang_up,
        attempts::list,
        attempts::unblock,
        phones::list,
        extensions::list,
        extensions::export,
        extensions::switch_off,
        extensions::divert,
        people::list,
        people::add,
        people::one,
        people::change,
        people::remove,
        people::set_pin,
        people::set_password,
        people::add_phone,
        people::remove_phone,
        people::new_secret,
        people_file::export,
        people_file::read,
        people_file::import,
        caller_ids::list,
        caller_ids::change,
        departments::list,
        departments::add,
        departments::change,
        departments::remove,
        sites::list,
        sites::add,
        sites::change,
        sites::remove,
        trunks::list,
        trunks::add,
        trunks::change,
        trunks::remove,
        trunks::try_now,
        trunks::test_call,
        trunks::set_numbers,
        trunks::set_routes,
        accounts::list,
        accounts::add,
        accounts::change,
        accounts::remove,
        authorizations::list,
        authorizations::add,
        authorizations::change,
        authorizations::remove,
        feature_codes::shown,
        feature_codes::replace,
        toll::shown,
        toll::replace,
        revisions::list,
        revisions::one,
        revisions::restore,
        revisions::undo,
        backup::upload_at_setup,
        backup::restore_at_setup,
        backup::download,
        backup::upload,
        backup::discard,
        backup::state,
        backup::restore,
        backup::undo,
        backup::discard_before,
        system::health,
        certificate::in_use,
        certificate::upload,
        certificate::use_own,
        certificate::undo,
    ),
    components(schemas(model::Event, model::PresetName, model::WhichOwn))
)]
struct Document;

/// The document as JSON, with the access of every route as `x-access`, and what every route may answer besides.
pub fn openapi() -> Value {
    let mut document = serde_json::to_value(Document::openapi()).expect("a document is always JSON");
    document["info"]["version"] = json!(env!("CARGO_PKG_VERSION"));
    document["info"]["license"] = json!({ "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" });
    document["components"]["schemas"]["Problem"] = json!({
        "type": "object",
        "description": "Why a request was not met (RFC 9457).",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string" },
            "status": { "type": "integer", "format": "int32" },
            "detail": { "type": "string", "description": "One sentence for whoever sits before the page." },
            "errors": {
                "type": "object",
                "description": "What is wrong with single fields of what was sent.",
                "additionalProperties": { "type": "string" }
            }
        }
    });
    for route in ROUTES {
        let operations = document["paths"].get_mut(route.path);
        let Some(operation) = operations.and_then(|path| path.get_mut(method_of(route))) else { continue };
        // The names of handlers are unique in their modules only.
        let words = route.path.split(|c: char| !c.is_alphanumeric()).filter(|word| !matches!(*word, "" | "api"));
        let name: Vec<String> = std::iter::once(method_of(route)).chain(words.map(str::to_owned)).collect();
        operation["operationId"] = json!(name.join("_"));
        operation["x-access"] = json!(route.access.named());
        operation["responses"]["default"] = json!({
            "description": "Why it was not done.",
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } }
        });
    }
    document
}

fn method_of(route: &Route) -> String {
    route.method.as_str().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn the_document_and_the_table_name_the_same_routes() {
        let document = openapi();
        let mut documented = BTreeSet::new();
        for (path, operations) in document["paths"].as_object().unwrap() {
            for method in operations.as_object().unwrap().keys() {
                documented.insert(format!("{} {path}", method.to_uppercase()));
            }
        }
        let table: BTreeSet<String> =
            ROUTES.iter().map(|route| format!("{} {}", route.method.as_str(), route.path)).collect();
        assert_eq!(documented, table);
        assert_eq!(table.len(), ROUTES.len(), "a route is in the table twice");
    }

    /// `UPDATE_OPENAPI=1` writes it anew.
    #[test]
    fn the_written_document_is_that_of_this_daemon() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../webui/openapi.json");
        let mut text = serde_json::to_string_pretty(&openapi()).unwrap();
        text.push('\n');
        if std::env::var_os("UPDATE_OPENAPI").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(written == text, "write webui/openapi.json anew: UPDATE_OPENAPI=1 cargo test -p web --lib written");
    }
}
