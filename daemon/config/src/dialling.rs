//! Which feature codes are of use at an extension (F99).

use crate::config::Config;
use crate::feature_code::Feature;
use crate::night_mode::ALL_NIGHT_MODES;

impl Config {
    /// Whether a code that is on does anything for who dials it at this extension: those that force times do so where there is
    /// something that its person may force, the others always.
    pub fn may_dial(&self, extension: &str, feature: Feature) -> bool {
        match feature {
            Feature::ForceTimeGroup => self.forceables(extension).next().is_some(),
            Feature::NightMode => self.switchable(extension, ALL_NIGHT_MODES).next().is_some(),
            _ => true,
        }
    }
}
