//! The engine: SVOX Pico, and the only unsafe code of the crate.
//!
//! **A system of its own for each sentence.** Pico keeps state from one sentence to the next, and reads memory that it has
//! not written: in memory that is not zeroed the same text comes out in other lengths, and takes five times as long. So each
//! sentence gets zeroed memory and a fresh system, which costs some 3 ms and makes the same text the same samples, always.
//!
//! **Where the voices are.** Compiled into the program (3.4 MB for three languages), so that tests, `make run` and an
//! installed program all have them and none can lack them; `build.rs` finds them at build time. The engine only opens files,
//! and only such as end in `.bin`: a voice is written beside the cached sentences when it is first used, or when what is
//! there differs, so that no other file ever reaches the engine's parser.

#![allow(unsafe_code)]

use std::ffi::{CStr, CString};
use std::fs;
use std::io;
use std::os::unix::ffi::OsStringExt;
use std::path::Path;
use std::ptr;

use ttspico_sys as pico;

/// Samples a second of what comes out.
pub(crate) const RATE: u32 = 16_000;

/// The name and release of the engine, part of what a rendered sentence is known by.
pub(crate) const NAME: &str = "pico 0.1.5";

/// A language's two files.
pub(crate) struct Voice {
    pub(crate) name: &'static str,
    /// Their names and what is in them: text analysis and signal generation.
    files: [(&'static str, &'static [u8]); 2],
}

/// A voice that the engine can open.
pub(crate) struct Unpacked {
    paths: [CString; 2],
}

impl Voice {
    /// Writes the voice into a folder, where it is not there already.
    pub(crate) fn unpack(&self, folder: &Path) -> io::Result<Unpacked> {
        let unpacked = |(name, bytes): &(&str, &[u8])| -> io::Result<CString> {
            let path = folder.join(name);
            if fs::read(&path).is_ok_and(|there| there == *bytes) {
                return Ok(CString::new(path.into_os_string().into_vec())?);
            }
            let unfinished = path.with_extension("tmp");
            fs::write(&unfinished, bytes)?;
            fs::rename(&unfinished, &path)?;
            Ok(CString::new(path.into_os_string().into_vec())?)
        };
        let [analysis, generation] = &self.files;
        Ok(Unpacked { paths: [unpacked(analysis)?, unpacked(generation)?] })
    }
}

/// The voice of a language.
pub(crate) fn voice(language: &str) -> Option<&'static Voice> {
    VOICES.iter().find(|row| row.0 == language).map(|row| &row.1)
}

macro_rules! voice {
    ($name:literal, $analysis:literal, $generation:literal) => {
        Voice {
            name: $name,
            files: [
                ($analysis, include_bytes!(concat!(env!("PICO_VOICES"), "/", $analysis))),
                ($generation, include_bytes!(concat!(env!("PICO_VOICES"), "/", $generation))),
            ],
        }
    };
}

static VOICES: [(&str, Voice); 3] = [
    ("en", voice!("en-US_lh0", "en-US_ta.bin", "en-US_lh0_sg.bin")),
    ("de", voice!("de-DE_gl0", "de-DE_ta.bin", "de-DE_gl0_sg.bin")),
    ("es", voice!("es-ES_zl0", "es-ES_ta.bin", "es-ES_zl0_sg.bin")),
];

/// Why a sentence cannot be rendered.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PicoError {
    #[error("the engine failed with status {0}")]
    Engine(pico::pico_Status),
    #[error("the text holds a zero byte")]
    Text,
}

/// Renders a text as samples at [`RATE`], at most [`LONGEST`] of them. The text must be the catalogue's: `<` begins a command.
pub(crate) fn render(voice: &Unpacked, text: &str) -> Result<Vec<i16>, PicoError> {
    // At its own volume the engine clips.
    let text = CString::new(format!("<volume level='60'>{text}</volume>")).map_err(|_| PicoError::Text)?;
    let mut memory = vec![0_u64; MEMORY / 8];
    let system = System::new(&mut memory)?;
    let engine = Engine::new(&system, &voice.paths)?;
    engine.speak(text.as_bytes_with_nul())
}

/// The samples of a minute: no sentence is as long, and a text that runs away ends here.
pub(crate) const LONGEST: usize = 60 * RATE as usize;

/// What a system needs for the largest voice, with a third to spare.
const MEMORY: usize = 4 * 1024 * 1024;

fn check(status: pico::pico_Status) -> Result<(), PicoError> {
    if status == pico::PICO_OK { Ok(()) } else { Err(PicoError::Engine(status)) }
}

/// Owns Pico's memory for as long as Pico uses it.
struct System<'a> {
    handle: pico::pico_System,
    _memory: &'a mut [u64],
}

impl<'a> System<'a> {
    fn new(memory: &'a mut [u64]) -> Result<Self, PicoError> {
        let mut handle = ptr::null_mut();
        // SAFETY: the memory is ours alone, aligned and of the given size, and outlives the system by its lifetime.
        check(unsafe { pico::pico_initialize(memory.as_mut_ptr().cast(), MEMORY as u32, &mut handle) })?;
        Ok(System { handle, _memory: memory })
    }

    fn load(&self, path: &CStr) -> Result<[u8; 64], PicoError> {
        let mut resource = ptr::null_mut();
        // A resource's name has at most 32 bytes (PICO_MAX_RESOURCE_NAME_SIZE).
        let mut name = [0; 64];
        // SAFETY: the system lives, the path ends in a zero byte, the name's buffer is longer than any name.
        unsafe {
            check(pico::pico_loadResource(self.handle, path.as_ptr().cast(), &mut resource))?;
            check(pico::pico_getResourceName(self.handle, resource, name.as_mut_ptr().cast()))?;
        }
        Ok(name)
    }
}

impl Drop for System<'_> {
    fn drop(&mut self) {
        // SAFETY: the system lives, and its engine, which borrows it, is gone. Resources go with it.
        unsafe { pico::pico_terminate(&mut self.handle) };
    }
}

struct Engine<'a> {
    system: &'a System<'a>,
    handle: pico::pico_Engine,
}

impl<'a> Engine<'a> {
    fn new(system: &'a System<'a>, paths: &[CString; 2]) -> Result<Self, PicoError> {
        let voice = c"voice".as_ptr().cast();
        // SAFETY: the system lives, the voice's name ends in a zero byte.
        check(unsafe { pico::pico_createVoiceDefinition(system.handle, voice) })?;
        for path in paths {
            let name = system.load(path)?;
            // SAFETY: as above; Pico ended the resource's name with a zero byte in a buffer that was all zero.
            check(unsafe { pico::pico_addResourceToVoiceDefinition(system.handle, voice, name.as_ptr()) })?;
        }
        let mut handle = ptr::null_mut();
        // SAFETY: the voice has both its resources: they were added above, or we would not be here.
        check(unsafe { pico::pico_newEngine(system.handle, voice, &mut handle) })?;
        Ok(Engine { system, handle })
    }

    /// The zero byte at the text's end makes the engine finish its last sentence.
    fn speak(&self, text: &[u8]) -> Result<Vec<i16>, PicoError> {
        let mut samples = Vec::new();
        let mut rest = text;
        while !rest.is_empty() && samples.len() < LONGEST {
            let offered = i16::try_from(rest.len()).unwrap_or(i16::MAX);
            let mut taken = 0;
            // SAFETY: the engine lives, `rest` has at least the offered length.
            check(unsafe { pico::pico_putTextUtf8(self.handle, rest.as_ptr(), offered, &mut taken) })?;
            rest = rest.get(usize::try_from(taken).unwrap_or(0)..).unwrap_or_default();
            let is_busy = self.drain(&mut samples)?;
            if taken <= 0 && !is_busy {
                return Err(PicoError::Engine(pico::PICO_ERR_OTHER));
            }
        }
        samples.truncate(LONGEST);
        Ok(samples)
    }

    /// Takes what the engine has; whether it had anything to do.
    fn drain(&self, samples: &mut Vec<i16>) -> Result<bool, PicoError> {
        let mut buffer = [0_i16; 1_024];
        let mut was_busy = false;
        for _ in 0..STEPS {
            let (mut bytes, mut kind) = (0, 0);
            let size = size_of_val(&buffer) as i16;
            // SAFETY: the engine lives, the buffer has the size named.
            let status =
                unsafe { pico::pico_getData(self.handle, buffer.as_mut_ptr().cast(), size, &mut bytes, &mut kind) };
            samples.extend(buffer.iter().take(usize::try_from(bytes).unwrap_or(0) / 2));
            match status {
                pico::PICO_STEP_BUSY if samples.len() < LONGEST => was_busy = true,
                pico::PICO_STEP_BUSY | pico::PICO_STEP_IDLE => return Ok(was_busy),
                error => return Err(PicoError::Engine(error)),
            }
        }
        Err(PicoError::Engine(pico::PICO_ERR_OTHER))
    }
}

/// Steps of the engine for one helping of text, several times what a minute of speech takes: an engine that is busy for ever
/// gives up here.
const STEPS: usize = 1_000_000;

impl Drop for Engine<'_> {
    fn drop(&mut self) {
        // SAFETY: both live; the engine is not used again.
        unsafe { pico::pico_disposeEngine(self.system.handle, &mut self.handle) };
    }
}
