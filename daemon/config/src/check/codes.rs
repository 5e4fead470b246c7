//! The table of codes: what a row may be, and that no dialled string means two things.

use std::collections::BTreeMap;

use crate::emergency::test_number;
use crate::feature_code::{CodeProfile, Codes, Feature, FeatureCode, is_code};
use crate::problem::{Claimant, Effect, Fault, OutsideFault, Table};
use crate::raw::RawFeatureCode;

use super::{At, Check, shown};

/// A row of the file that is good in itself, with its place there.
struct Given {
    at: At,
    row: FeatureCode,
}

impl Check {
    pub(super) fn feature_codes(&mut self, rows: &[RawFeatureCode]) {
        let mut given: BTreeMap<Feature, Given> = BTreeMap::new();
        let mut order = Vec::new();
        for (index, raw) in rows.iter().enumerate() {
            let at = At::row(Table::FeatureCode, index, raw.feature.as_deref());
            if index == 2 * Feature::ALL.len() {
                let most = Feature::ALL.len();
                self.problem(&at, "", Fault::TooMany { most }, Effect::RowOff);
                break;
            }
            if let Some(row) = self.feature_code(&at, raw, &given) {
                order.push(row.feature);
                given.insert(row.feature, Given { at, row });
            }
        }
        self.config.feature_codes = Codes::new(self.unambiguous(given, &order));
    }

    fn feature_code(&mut self, at: &At, raw: &RawFeatureCode, given: &BTreeMap<Feature, Given>) -> Option<FeatureCode> {
        if !self.oddities(at, &raw.oddities) {
            return None;
        }
        let Some(name) = &raw.feature else {
            self.off(at, "feature", Fault::Missing)?;
            return None;
        };
        let Some(feature) = Feature::from_name(name) else {
            let known = Feature::ALL.map(Feature::as_str).join(", ");
            let fault = Fault::UnknownFeature { name: shown(name), known };
            self.off(at, "feature", fault)?;
            return None;
        };
        if given.contains_key(&feature) {
            self.off(at, "feature", Fault::FeatureTwice { feature })?;
        }
        let delivered = self.profile().code_of(feature);
        let code = raw.code.clone().unwrap_or(delivered.code);
        if !is_code(&code) {
            self.off(at, "code", Fault::BadCode)?;
        }
        let row =
            FeatureCode { code, feature, enabled: raw.enabled.unwrap_or(delivered.enabled || raw.code.is_some()) };
        if let Some(number) = self.emergency_of(&row) {
            self.off(at, "code", Fault::IsEmergency { number })?;
        }
        Some(row)
    }

    pub(super) fn code_profile(&mut self, at: &At, word: Option<&str>) -> CodeProfile {
        let Some(word) = word else { return CodeProfile::default() };
        let found = CodeProfile::named(word);
        if found.is_none() {
            let known = CodeProfile::ALL.map(CodeProfile::as_str).join(", ");
            self.problem(at, "codes", OutsideFault::UnknownWord { word: shown(word), known }, Effect::Ignored);
        }
        found.unwrap_or_default()
    }

    fn profile(&self) -> CodeProfile {
        self.config.office.codes
    }

    /// A number for help that this code would take for itself, were such numbers not looked at first.
    fn emergency_of(&self, row: &FeatureCode) -> Option<String> {
        let office = &self.config.office;
        let numbers = office.emergency.iter().map(String::as_str).chain(test_number(&office.country));
        numbers.into_iter().find(|number| row.claims(number)).map(str::to_owned)
    }

    /// The whole table: the file's rows, and the delivered ones of the other features. Where two enabled rows claim the
    /// same, the file's goes, the later one of two; its feature has the delivered code again, which may stand in the way
    /// of another row. A delivered row never goes, so it ends after as many rounds as there are rows in the file.
    fn unambiguous(&mut self, mut given: BTreeMap<Feature, Given>, order: &[Feature]) -> Vec<FeatureCode> {
        loop {
            let in_force = |feature: &Feature| match given.get(feature) {
                Some(given) => given.row.clone(),
                None => self.profile().code_of(*feature),
            };
            let table: Vec<FeatureCode> = Feature::ALL.iter().map(in_force).collect();
            let mut latest_first = order.iter().rev().filter_map(|feature| given.get(feature));
            let found = latest_first.find_map(|row| Some((row.row.feature, clash(&row.row, &table)?)));
            let Some((feature, fault)) = found else { return table };
            if let Some(row) = given.remove(&feature) {
                self.problem(&row.at, "code", fault, Effect::RowOff);
            }
        }
    }
}

/// Why this row cannot stand in this table.
fn clash(row: &FeatureCode, table: &[FeatureCode]) -> Option<Fault> {
    let others = table.iter().filter(|other| other.feature != row.feature);
    let mut clashing = others.filter(|other| row.enabled && other.enabled && row.clashes_with(other));
    clashing.next().map(|other| match other.claims(&row.code) {
        _ if row.code == other.code => Fault::IsFeatureCode { number: row.code.clone(), feature: other.feature },
        _ if row.feature.is_in_call() => {
            let (code, other_code) = (row.code.clone(), other.code.clone());
            Fault::BeginsAlike { code, other: other.feature, other_code }
        }
        true => fault_of(&row.code, Claimant::Feature(row.feature), other),
        false => fault_of(&other.code, Claimant::Feature(other.feature), row),
    })
}

/// What is wrong where `this` would have the number `dialled` that a code claims.
pub(super) fn fault_of(dialled: &str, this: Claimant, claimed_by: &FeatureCode) -> Fault {
    let (dialled, code) = (dialled.to_owned(), claimed_by.code.clone());
    let feature = claimed_by.feature;
    if dialled == code {
        return Fault::IsFeatureCode { number: dialled, feature };
    }
    Fault::TwoMeanings { dialled, this, other: feature, code }
}
