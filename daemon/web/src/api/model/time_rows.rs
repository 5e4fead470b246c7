//! Rows of times of other systems.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Rows as they are pasted.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TimeRowsWrite {
    /// One in a line: four columns, times, days of the week, days of the month and months, as in `09:00-17:00|mon-fri|*|*`, or eight,
    /// with from and to apart. Nothing and `*` stand for any.
    pub text: String,
}

/// What they mean.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct TimeRows {
    /// One for each line that is not empty, in their order.
    pub rows: Vec<TimeRow>,
    /// How many entries a time group may have.
    pub most: u32,
}

/// What one means, or what is wrong with it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct TimeRow {
    /// The line, from 1.
    pub line: u32,
    /// As it was pasted.
    pub text: String,
    /// The entry of a time group that says the same; absent where something is wrong.
    pub entry: Option<String>,
    /// The same in the reader's words.
    pub said: Option<String>,
    /// What is wrong, column by column.
    pub faults: Vec<TimeRowFault>,
}

/// What is wrong with a column.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct TimeRowFault {
    /// `times`, `weekdays`, `month_days`, `months`, `time_zone`; `columns` or `rows` where it is the row as a whole.
    pub field: String,
    /// Why, and what to write.
    pub text: String,
}
