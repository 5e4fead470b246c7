//! Sites.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The sites of the office.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Sites {
    /// In the order in which they were added.
    pub sites: Vec<SiteRow>,
    /// The office's numbers, of which a site may have one.
    pub numbers: Vec<String>,
    /// For `If-Match`; also in the header `ETag`.
    pub etag: String,
}

/// A site: what is absent is as in the office.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct SiteRow {
    /// Its name.
    pub name: String,
    /// Its time zone by its IANA name.
    pub time_zone: Option<String>,
    /// What the box speaks to its people.
    pub language: Option<String>,
    /// Under which of the office's numbers its people call.
    pub number: Option<String>,
    /// Whether whom its people hold or park hears music.
    pub hold_music: bool,
    /// The extensions of those who may change its time groups, besides those who may change the office's.
    pub managers: Vec<String>,
    /// How many people work there.
    pub people: u32,
    /// How many time groups it has.
    pub time_groups: u32,
}

/// A site as it is to be. What is left out is as in the office.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SiteWrite {
    /// The name, at most 40 characters.
    pub name: String,
    /// A time zone by its IANA name.
    pub time_zone: Option<String>,
    /// One of the box's languages.
    pub language: Option<String>,
    /// One of the office's numbers.
    pub number: Option<String>,
    /// Whether whom its people hold or park hears music; left out: yes.
    pub hold_music: Option<bool>,
    /// The extensions of those who may change its time groups; at most 20.
    #[serde(default)]
    pub managers: Vec<String>,
}
