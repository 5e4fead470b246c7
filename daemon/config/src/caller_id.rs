//! What others see of who calls: a name within the office, a number outside (F26).

/// The longest label of an extension, in characters: what a phone's display has room for beside a key.
pub const MAX_LABEL: usize = 20;

/// What an extension is seen as, where that is not what its person and the office's numbers say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallerId {
    /// What its phones are called, 1 to [`MAX_LABEL`] characters: `Front desk`.
    pub label: Option<String>,
    /// The name that colleagues see when it calls, 1 to [`crate::MAX_NAME`] characters; `None`: its person's.
    pub name: Option<String>,
    /// The number under which its calls to the outside are seen, in full, one of the office's own; `None`: ask
    /// [`crate::Config::shown_as`].
    pub number: Option<String>,
}

/// Whence the number comes under which an extension calls outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberFrom {
    /// It was chosen for the extension.
    Chosen,
    /// It is the first of the office's numbers that leads to the extension.
    LeadsHere,
    /// It is that of the site.
    Site,
}
