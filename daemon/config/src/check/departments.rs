//! Departments: those that have a row, and those that people are in.

use crate::person::{MAX_DEPARTMENT, MAX_DEPARTMENTS};
use crate::problem::{Effect, Fault, PersonFault, Table};
use crate::raw_department::RawDepartment;

use super::settings::is_label;
use super::{At, Check, shown};

impl Check {
    /// The rows; before people, who add those that they name.
    pub(super) fn departments(&mut self, rows: &[RawDepartment]) {
        for (index, raw) in rows.iter().enumerate() {
            let at = At::row(Table::Department, index, raw.name.as_deref());
            if index == MAX_DEPARTMENTS {
                self.problem(&at, "", Fault::TooMany { most: MAX_DEPARTMENTS }, Effect::RowOff);
                break;
            }
            if let Some(name) = self.department_row(&at, raw) {
                self.config.departments.insert(name);
            }
        }
    }

    fn department_row(&mut self, at: &At, raw: &RawDepartment) -> Option<String> {
        if !self.oddities(at, &raw.oddities) {
            return None;
        }
        let name = raw.name.clone().unwrap_or_default();
        if !is_label(&name, MAX_DEPARTMENT) {
            self.off(at, "name", PersonFault::BadDepartment)?;
        }
        if self.config.departments.contains(&name) {
            self.off(at, "name", PersonFault::DepartmentTaken { name: shown(&name) })?;
        }
        Some(name)
    }

    /// The department that a person's row names. There is one as soon as it does: offices of before have no rows of them, and a
    /// table of people brings its own.
    pub(super) fn department(&mut self, at: &At, written: Option<&str>) -> Option<String> {
        let name = written?;
        if !is_label(name, MAX_DEPARTMENT) {
            self.problem(at, "department", PersonFault::BadDepartment, Effect::Ignored);
            return None;
        }
        self.config.departments.insert(name.to_owned());
        Some(name.to_owned())
    }
}
