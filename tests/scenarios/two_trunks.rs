//! An office with two trunks, the second where the first cannot.

use office::{Carrier, Office};
use pbx::trunks::Health;

/// Where the first trunk's carrier is.
pub const ONE: &str = "203.0.113.5:5060";
/// Where the second's is.
pub const TWO: &str = "203.0.113.6:5060";

/// Its rows.
pub const ROWS: &str = r#"
[office]
area = "30"
[[trunk]]
name = "one"
way = "address"
server = "203.0.113.5"
caller_number = "+4930123450"
trusted = true
identity = "asserted"
[[trunk]]
name = "two"
way = "address"
server = "203.0.113.6"
numbers = "national"
[[number]]
number = "+4930123451"
to = "101"
[[number]]
number = "+4930123459"
to = "*43"
[[route]]
name = "out"
trunks = ["one", "two"]
"#;

/// Such an office in Germany with these lines, and its carriers; both trunks are up.
pub fn office(text: &str) -> (Office, Carrier, Carrier) {
    let office = Office::with(&format!("{text}\ncountry DE"));
    let (one, two) = (office.carrier(ONE), office.carrier(TWO));
    let office = office.with_rows(ROWS);
    office.trunk_is("one", Health::Up, "").trunk_is("two", Health::Up, "");
    (office, one, two)
}
