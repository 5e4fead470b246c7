//! The table of feature codes.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What can be dialled besides numbers.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct FeatureCodes {
    /// The codes that an office has which changes none: `office`, `freepbx` or `nanpa`.
    pub profile: String,
    /// Every feature, in the order of the table; those whose code is off only for administrators.
    pub codes: Vec<FeatureCodeRow>,
    /// The revision of the office.
    pub revision: u64,
    /// What a change sends in If-Match.
    pub etag: String,
}

/// One code.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct FeatureCodeRow {
    /// What it does, as the office file calls it.
    pub feature: String,
    /// The same in words, as a noun.
    pub does: String,
    /// What is dialled.
    pub code: String,
    /// What may be dialled after it: `none`, `extension`, `number`, `id` of a time group, `optional_extension`, `optional_number`.
    pub argument: &'static str,
    /// A code that is off is dialled as if it did not exist.
    pub enabled: bool,
    /// The profile's code.
    pub delivered_code: String,
    /// Whether the profile has it on.
    pub delivered_enabled: bool,
}

/// The table as it is to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FeatureCodesWrite {
    /// `office`, `freepbx` or `nanpa`.
    pub profile: String,
    /// Codes that are to differ from the profile's; all others are as it has them.
    pub codes: Vec<FeatureCodeWrite>,
}

/// One code as it is to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FeatureCodeWrite {
    /// What it does, as the office file calls it.
    pub feature: String,
    /// 2 to 6 of `0`-`9`, `*`, `#`; absent: the profile's.
    pub code: Option<String>,
    /// Absent: on where a code is given, else as the profile has it.
    pub enabled: Option<bool>,
}
