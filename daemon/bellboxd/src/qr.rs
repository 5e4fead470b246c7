//! Addresses as pictures for the cameras of phones (ISO/IEC 18004).

use std::io::IsTerminal;

use qrcode::render::unicode::Dense1x2;
use qrcode::{EcLevel, QrCode};

/// Black on white in every terminal, whatever its own colours are: cameras expect it so.
const COLOURS: &str = "\x1b[38;5;16;48;5;231m";
const PLAIN: &str = "\x1b[0m";

/// The picture of this text for a terminal, a line of characters for two rows of it; `None` for a text that is too long.
/// With the least correction: a screen has no scratches, and the picture must fit.
pub fn code(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let drawn = code.render::<Dense1x2>().quiet_zone(true).build();
    Some(drawn.lines().map(|line| format!("  {COLOURS}{line}{PLAIN}\n")).collect())
}

/// What stands below a link on a console: the same for the camera of a phone, where somebody sits before a screen and a phone can
/// reach it.
pub fn below(link: &str) -> String {
    let host = link.split_once("://").map_or("", |(_, rest)| rest);
    let is_near = ["127.", "[::1]", "localhost"].iter().any(|own| host.starts_with(own));
    if is_near || !std::io::stdout().is_terminal() {
        return String::new();
    }
    let drawn = code(link).map(|code| format!("\nOr with the camera of a phone in this network:\n\n{code}\n"));
    drawn.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads the characters back into dark and light modules.
    fn modules(drawn: &str) -> Vec<Vec<bool>> {
        let rows = drawn.lines().flat_map(|line| {
            let line = line.trim_start().strip_prefix(COLOURS).unwrap().strip_suffix(PLAIN).unwrap();
            let half = |dark: &'static [char]| line.chars().map(move |c| dark.contains(&c)).collect::<Vec<bool>>();
            [half(&['▀', '█']), half(&['▄', '█'])]
        });
        rows.collect()
    }

    #[test]
    fn an_address_is_drawn_square_with_its_light_border_and_fits_a_terminal() {
        let address = "http://192.168.100.100:8080/#/setup?token=abcdefghijklmnopqrstuvwxyz";
        let drawn = code(address).unwrap();
        let modules = modules(&drawn);
        let side = modules[0].len();
        assert!(modules.iter().all(|row| row.len() == side));
        assert!(modules.len() == side || modules.len() == side + 1, "an odd number of rows ends in half a line");
        assert!(side <= 78 && drawn.lines().count() <= 24, "{side} modules");
        let expected = QrCode::with_error_correction_level(address, EcLevel::L).unwrap();
        let border = (side - expected.width()) / 2;
        assert_eq!(border, 4);
        for (at, colour) in expected.to_colors().into_iter().enumerate() {
            let (x, y) = (at % expected.width() + border, at / expected.width() + border);
            assert_eq!(modules[y][x], colour == qrcode::Color::Dark, "{x} {y}");
        }
        assert!(modules[..border].iter().flatten().all(|dark| !dark));
        assert_eq!(code(&"x".repeat(4000)), None);
    }

    #[test]
    fn a_camera_reads_the_link_off_the_printed_characters() {
        // As large as a camera sees them, in pixels a module.
        const PIXELS: usize = 4;
        let address = "http://192.168.100.100:8080/#/reset?token=abcdefghijklmnopqrstuvwxyz";
        let modules = modules(&code(address).unwrap());
        let (width, height) = (modules[0].len() * PIXELS, modules.len() * PIXELS);
        let mut seen = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
            if modules[y / PIXELS][x / PIXELS] { 0 } else { 255 }
        });
        let codes = seen.detect_grids();
        assert_eq!(codes.len(), 1, "one code");
        assert_eq!(codes[0].decode().unwrap().1, address);
    }
}
