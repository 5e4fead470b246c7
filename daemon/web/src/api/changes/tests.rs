//! That the history tells each kind of change, and has words for it.

use config::{
    AccountEntry, Class, DiversionKind, Hears, Permission, RawAccount, RawAuthorization, RawCaller, RawContact,
    RawDepartment, RawDiversion, RawFeatureCode, RawGroup, RawHa1, RawNightMode, RawNumber, RawOffice, RawPerson,
    RawPhone, RawProfile, RawRoute, RawRule, RawSite, RawTimeGroup, RawTrunk, Secret,
};

use super::*;

fn told(before: Option<&str>, after: &str) -> Vec<String> {
    let all = changes(before, after, Language::English).into_iter();
    all.map(|c| {
        let of = c.of.map(|of| format!(" of {of}")).unwrap_or_default();
        format!("{} {}{of}/{}: {:?} {:?}", c.table, c.row, c.field, c.before, c.after)
    })
    .collect()
}

#[test]
fn changes_are_told_by_field_and_secrets_are_not() {
    const BEFORE: &str = r#"{"office":{"name":"A"},"person":[{"id":1,"name":"Desk","ring_s":20,"pin_hash":"x",
        "phones":[{"id":4,"name":"101a","ha1":{"md5":"1","sha256":"2"}}]},{"id":2,"name":"Hall"}]}"#;
    const AFTER: &str = r#"{"office":{"name":"B"},"person":[{"id":1,"name":"Desk","ring_s":30,"pin_hash":"y",
        "phones":[{"id":4,"name":"101a","ha1":{"md5":"3","sha256":"4"}}]}]}"#;
    assert_eq!(
        told(Some(BEFORE), AFTER),
        [
            r#"office /name: Some("A") Some("B")"#,
            r#"person Desk/pin_hash: Some("") Some("")"#,
            r#"person Desk/ring_s: Some("20") Some("30")"#,
            r#"person Hall/: Some("Hall") None"#,
            r#"phone 101a of Desk/ha1: Some("") Some("")"#,
        ]
    );
}

#[test]
fn a_long_list_is_told_by_whole_rows() {
    let holds: Vec<String> = (1..=9).map(|n| format!("Group {n}: closed until 2026-07-01T16:00:00Z")).collect();
    let office = |holds: &str| format!(r#"{{"office":{{}},"night_mode":[{{"name":"Night"{holds}}}]}}"#);
    let after = office(&format!(",\"holds\":{}", serde_json::json!(holds)));
    let told = told(Some(&office("")), &after);
    assert_eq!(told, [format!("night_mode Night/holds: None Some(\"{}, …\")", holds[..4].join(", "))]);
}

#[test]
fn who_came_into_a_group_is_told_by_name() {
    let office = |members: &str| {
        let people = r#"[{"id":1,"name":"Desk"},{"id":2,"name":"Hall"}]"#;
        format!(r#"{{"office":{{}},"person":{people},"group":[{{"name":"Sales","members":[{members}]}}]}}"#)
    };
    let told = told(Some(&office(r#""person 1","person 7""#)), &office(r#""person 2","extension 102","group Top""#));
    assert_eq!(
        told,
        [r#"group Sales/members: Some("person Desk, person 7") Some("person Hall, extension 102, group Top")"#]
    );
}

#[test]
fn rules_diversions_callers_and_time_groups_are_told_as_rows_of_their_own() {
    let office = |rows: &str| format!(r#"{{"office":{{}},"person":[{{"id":1,"name":"Desk",{rows}}}]}}"#);
    let before = office(
        r#""rules":[{"when":"Open","ring_s":20},{"when":"Open","dnd":true}],
        "diversions":[{"kind":"busy","to":"person 102"}],"callers":[{"number":"+4930*"}]"#,
    );
    let after = office(
        r#""rules":[{"when":"Open","ring_s":30},{"when":"Open","dnd":true},{"busy":"voicemail 101"}],
        "callers":[{"number":"+4930*","note":"too often"}],"time_groups":[{"name":"Open","times":["Mon"]}]"#,
    );
    assert_eq!(
        told(Some(&before), &after),
        [
            r#"caller +4930* of Desk/note: None Some("too often")"#,
            r#"diversion busy of Desk/: Some("busy") None"#,
            r#"rule  of Desk/: None Some("")"#,
            r#"rule Open of Desk/ring_s: Some("20") Some("30")"#,
            r#"time_group Open of Desk/: None Some("Open")"#,
            r#"rule  of Desk/busy: None Some("voicemail 101")"#,
            r#"time_group Open of Desk/times: None Some("Mon")"#,
        ]
    );
}

#[test]
fn callers_whom_the_office_blocks_are_told_as_rows_of_nobody() {
    let office = |rows: &str| format!(r#"{{"office":{{{rows}}}}}"#);
    let (before, after) = (office(""), office(r#""callers":[{"number":"+4930*"}],"blocked_hear":"busy""#));
    assert_eq!(
        told(Some(&before), &after),
        [r#"caller +4930*/: None Some("+4930*")"#, r#"office /blocked_hear: None Some("busy")"#]
    );
}

#[test]
fn whose_calls_go_to_secretaries_is_told() {
    let office = |callers: &str| {
        let row = format!(r#"{{"kind":"secretary","callers":"{callers}"}}"#);
        format!(r#"{{"office":{{}},"person":[{{"id":1,"name":"Desk","diversions":[{row}]}}]}}"#)
    };
    let told = told(Some(&office("all")), &office("external"));
    assert_eq!(told, [r#"diversion secretary of Desk/callers: Some("all") Some("external")"#]);
}

#[test]
fn what_new_rows_say_gives_way_to_that_they_came() {
    let person = |id: usize| format!(r#"{{"id":{id},"name":"P{id}","ring_s":20}}"#);
    let office = |count: usize| {
        let people: Vec<String> = (1..=count).map(person).collect();
        format!(r#"{{"office":{{}},"person":[{}]}}"#, people.join(","))
    };
    assert_eq!(told(None, &office(2)).len(), 1 + 2 * 2);
    let many = told(None, &office(CHANGES_TOLD));
    assert_eq!(many.len(), CHANGES_TOLD);
    assert!(many.iter().all(|one| !one.contains("ring_s")), "{many:?}");
}

#[test]
fn a_code_is_named_by_what_it_is_for_in_the_readers_language() {
    let office =
        |code: &str| format!(r#"{{"office":{{}},"feature_code":[{{"feature":"echo_test","code":"{code}"}}]}}"#);
    let told = |language| changes(Some(&office("*43")), &office("*44"), language);
    let [english, german] = Language::ALL.map(|language| told(language)[0].row.clone());
    assert_eq!((english.as_str(), german.as_str()), ("the echo test", "den Echotest"));
}

#[test]
fn another_order_of_routes_and_of_rules_is_told() {
    let office = |routes: &str, rules: &str| {
        format!(r#"{{"office":{{}},"route":[{routes}],"person":[{{"id":1,"name":"Desk","rules":[{rules}]}}]}}"#)
    };
    let (one, two) = (r#"{"name":"abroad"}"#, r#"{"name":"rest"}"#);
    let (day, night) = (r#"{"when":"Day"}"#, r#"{"when":"Night"}"#);
    let before = office(&format!("{one},{two}"), &format!("{day},{night}"));
    let routes = told(Some(&before), &office(&format!("{two},{one}"), &format!("{day},{night}")));
    assert_eq!(routes, [r#"routes /order: Some("abroad, rest") Some("rest, abroad")"#]);
    let rules = told(Some(&before), &office(&format!("{one},{two}"), &format!("{night},{day}")));
    assert_eq!(rules, [r#"rules  of Desk/order: Some("Day, Night") Some("Night, Day")"#]);
    assert!(told(Some(&before), &before).is_empty());
}

fn text() -> Option<String> {
    Some("x".to_owned())
}

fn texts() -> Option<Vec<String>> {
    Some(vec!["x".to_owned()])
}

/// Every field of every row that there is: whoever adds one has to add it here.
fn whole() -> RawConfig {
    RawConfig {
        office: RawOffice {
            name: text(),
            time_zone: text(),
            country: text(),
            language: text(),
            emergency: texts(),
            message_limit_s: Some(1),
            operator: text(),
            area: text(),
            public_address: text(),
            outside_at_once: Some(1),
            outside_per_hour: Some(1),
            outside_night: text(),
            callers: vec![caller()],
            blocked_hear: text(),
            anonymous_hear: text(),
            codes: text(),
            realm: text(),
            oddities: Vec::new(),
        },
        people: vec![somebody()],
        feature_codes: vec![RawFeatureCode {
            feature: text(),
            code: text(),
            enabled: Some(true),
            oddities: Vec::new(),
        }],
        trunks: vec![trunk()],
        numbers: vec![RawNumber { number: text(), to: text(), oddities: Vec::new() }],
        routes: vec![RawRoute {
            name: text(),
            patterns: texts(),
            trunks: texts(),
            class: text(),
            account: text(),
            oddities: Vec::new(),
        }],
        authorizations: vec![RawAuthorization {
            name: text(),
            pin: Some(Secret::new("x")),
            pin_hash: Some(Secret::new("x")),
            permission: text(),
            extensions: texts(),
            enabled: Some(true),
            oddities: Vec::new(),
        }],
        accounts: vec![RawAccount { number: text(), name: text(), oddities: Vec::new() }],
        time_groups: vec![group()],
        night_modes: vec![RawNightMode {
            name: text(),
            number: Some(1),
            groups: texts(),
            extensions: texts(),
            holds: texts(),
            since: text(),
            by: text(),
            oddities: Vec::new(),
        }],
        contacts: vec![contact()],
        sites: vec![site()],
        departments: vec![RawDepartment { name: text(), oddities: Vec::new() }],
        groups: vec![team()],
        profiles: vec![RawProfile { name: text(), rights: texts(), oddities: Vec::new() }],
        oddities: Vec::new(),
    }
}

fn team() -> RawGroup {
    RawGroup { name: text(), profile: text(), members: texts(), managers: texts(), oddities: Vec::new() }
}

fn site() -> RawSite {
    RawSite {
        name: text(),
        time_zone: text(),
        language: text(),
        number: text(),
        hold_music: Some(true),
        managers: texts(),
        time_groups: vec![group()],
        oddities: Vec::new(),
    }
}

fn trunk() -> RawTrunk {
    RawTrunk {
        name: text(),
        enabled: Some(true),
        way: text(),
        server: text(),
        proxy: text(),
        transport: text(),
        authority: text(),
        user: text(),
        auth_user: text(),
        secret: Some(Secret::new("x")),
        codecs: texts(),
        channels: Some(1),
        numbers: text(),
        caller_number: text(),
        trusted: Some(true),
        identity: text(),
        strip: Some(1),
        prepend: text(),
        sources: texts(),
        options_s: Some(1),
        oddities: Vec::new(),
    }
}

fn caller() -> RawCaller {
    RawCaller { number: text(), allow: Some(true), until: text(), note: text(), oddities: Vec::new() }
}

fn somebody() -> RawPerson {
    RawPerson {
        id: Some(1),
        name: text(),
        extension: text(),
        email: text(),
        role: text(),
        roles: texts(),
        profile: text(),
        language: text(),
        time_zone: text(),
        department: text(),
        site: text(),
        listed: Some(true),
        password_hash: Some(Secret::new("x")),
        ring_s: Some(1),
        voicemail: Some(true),
        voicemail_minutes: Some(1),
        pin_on_own_phone: Some(true),
        say_time: Some(true),
        say_caller: Some(true),
        newest_first: Some(true),
        operator: text(),
        max_contacts: Some(1),
        pickup_group: text(),
        private_lamp: Some(true),
        label: text(),
        caller_name: text(),
        caller_number: text(),
        hides_number: Some(true),
        intercom: Some(true),
        intercom_beep: Some(true),
        shows_callers: Some(true),
        call_waiting: Some(true),
        max_calls: Some(1),
        completion_offers: Some(true),
        permission: text(),
        outside_at_once: Some(1),
        outside_per_hour: Some(1),
        outside_at_night: Some(true),
        account: text(),
        pin: Some(Secret::new("x")),
        pin_hash: Some(Secret::new("x")),
        phones: vec![phone()],
        rules: vec![rule()],
        diversions: vec![RawDiversion {
            kind: text(),
            enabled: Some(true),
            when: text(),
            forced: text(),
            to: text(),
            initial_s: Some(1),
            ring_s: Some(1),
            in_turn: Some(true),
            list: texts(),
            secretaries: texts(),
            strategy: text(),
            callers: text(),
            pass: texts(),
            keys: texts(),
            oddities: Vec::new(),
        }],
        callers: vec![caller()],
        blocked_hear: text(),
        anonymous_hear: text(),
        time_groups: vec![group()],
        contacts: vec![contact()],
        oddities: Vec::new(),
    }
}

fn phone() -> RawPhone {
    RawPhone {
        id: Some(1),
        name: text(),
        user: text(),
        secret: Some(Secret::new("x")),
        ha1: Some(RawHa1::default()),
        oddities: Vec::new(),
    }
}

fn rule() -> RawRule {
    RawRule {
        when: text(),
        enabled: Some(true),
        ring_s: Some(1),
        dnd: Some(true),
        away: Some(true),
        also: texts(),
        screen: Some(true),
        always: text(),
        on_active: text(),
        busy: text(),
        unanswered: text(),
        offline: text(),
        oddities: Vec::new(),
    }
}

fn contact() -> RawContact {
    RawContact {
        name: text(),
        company: text(),
        work: text(),
        mobile: text(),
        home: text(),
        tags: texts(),
        oddities: Vec::new(),
    }
}

fn group() -> RawTimeGroup {
    RawTimeGroup {
        name: text(),
        time_zone: text(),
        times: texts(),
        number: Some(1),
        forced: text(),
        oddities: Vec::new(),
    }
}

/// The words of the page in one language, of all files.
fn words_of_the_page(language: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../webui/src/locales/");
    let read = |part: &str| std::fs::read_to_string(format!("{folder}{language}/{part}.json")).unwrap();
    ["history", "pages"].map(read).concat()
}

/// Whether this is text, a number, or a list of such: anything else would be shown as the file has it.
fn is_plain(value: &Value) -> bool {
    match value {
        Value::Object(_) => false,
        Value::Array(list) => list.iter().all(|one| !one.is_object() && !one.is_array()),
        _ => true,
    }
}

#[test]
fn every_kind_of_row_and_every_field_has_its_words_on_the_page() {
    let rows = rows(&serde_json::to_string(&whole()).unwrap());
    let mut keys = BTreeSet::new();
    for row in rows.values() {
        let of = if row.owner.is_some() { ".of" } else { "" };
        keys.insert(format!("change.row.{}{of}", row.table));
        for (field, value) in row.fields.iter().filter(|(field, _)| *field != "id") {
            assert!(HIDDEN.contains(&field.as_str()) || is_plain(value), "{} {field}: {value}", row.table);
            keys.insert(format!("change.{}.{field}", row.table));
        }
    }
    keys.extend(
        ["change.row.routes", "change.routes.order", "change.row.rules.of", "change.rules.order"].map(str::to_owned),
    );
    keys.extend(DiversionKind::ALL.map(|kind| format!("change.diversion.is.{}", kind.as_str())));
    keys.extend(Hears::ALL.map(|hears| format!("change.hears.{}", hears.as_str())));
    keys.extend(Permission::ALL.map(|permission| format!("permission.{}", permission.as_str())));
    keys.extend(AccountEntry::ALL.map(|entry| format!("account.entry.{}", entry.as_str())));
    keys.extend(Class::ALL.map(|class| format!("class.{}", class.as_str())));
    keys.extend(["person", "phone", "voicemail", "number"].map(|kind| format!("change.to.{kind}")));
    for language in ["en", "de"] {
        let words = words_of_the_page(language);
        let missing: Vec<&String> = keys.iter().filter(|key| !words.contains(&format!("\"{key}\":"))).collect();
        assert!(missing.is_empty(), "{language}/history.json lacks {missing:?}");
    }
}
