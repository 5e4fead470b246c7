//! What a party hears who is kept waiting.

use super::Leg;
use crate::cx::Cx;
use crate::output::{MediaOrder, Sound};
use crate::trunks::trunk_of;

impl Leg {
    /// Whether whom the party holds is to hear music: as its site has it. A party outside sends what its own office plays, and one
    /// that has never listened is a device that only speaks.
    pub fn holds_with_music(&self, cx: &Cx) -> bool {
        self.is_held && self.has_listened && self.has_music_for_others(cx)
    }

    /// Whether whom the party lets wait hears music while it does.
    pub fn has_music_for_others(&self, cx: &Cx) -> bool {
        trunk_of(&self.user).is_none() && cx.config.has_hold_music(&self.extension)
    }

    /// The party waits, or does not any more: music begins, or ends. Who holds the other hears nothing meanwhile.
    pub fn waits(&mut self, with_music: bool, cx: &mut Cx) {
        let with_music = with_music && !self.is_held;
        match (with_music, self.music) {
            (true, None) => {
                self.playing = None;
                self.music = Some(cx.play(self.id, Sound::Music));
            }
            (false, Some(_)) => {
                self.music = None;
                cx.media(MediaOrder::Stop { leg: self.id });
            }
            _ => {}
        }
    }
}
