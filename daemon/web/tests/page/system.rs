//! How the box does.

use crate::house::{ADMIN, PASSWORD, Page};

#[test]
fn an_administrator_sees_how_the_box_does_and_asking_often_costs_once() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let system = admin.get("/api/system").json();
    let number = |at: &str| system.pointer(at).and_then(serde_json::Value::as_f64).unwrap_or_else(|| panic!("{at}"));
    assert_eq!((number("/up_s"), &system["is_clock_set"]), (1000.0, &true.into()));
    assert!(number("/memory_bytes") > 1e6, "this program is larger");
    assert!(number("/machine/memory_total_bytes") > number("/machine/memory_used_bytes"));
    assert!(number("/machine/cores") >= 1.0 && number("/machine/up_s") > 0.0);
    assert!((0.0..=100.0).contains(&number("/machine/cpu_percent")), "{system}");
    assert!(number("/disk/total_bytes") >= number("/disk/free_bytes"));
    assert_eq!(admin.get("/api/system").json(), system, "the same measurement");
    page.wait(std::time::Duration::from_secs(3));
    assert_ne!(admin.get("/api/system").json()["at"], system["at"]);
}
