-- Recordings: messages, greetings and names. The audio is in recordings/, one file each; a copy of the database has none of it.
CREATE TABLE recording (
    id         INTEGER PRIMARY KEY,      -- given by the engine, names the file
    mailbox    TEXT NOT NULL,            -- the extension
    purpose    TEXT NOT NULL,            -- message, greeting, name
    state      TEXT NOT NULL,            -- open: begun; new, saved, trash: a message; in_use: a greeting or a name
    caller     TEXT NOT NULL,            -- a message's caller: number
    name       TEXT NOT NULL,            -- and name
    call       INTEGER NOT NULL,         -- the call that it was made in
    at         INTEGER NOT NULL,         -- ns since 1970
    synced     INTEGER NOT NULL,         -- whether the clock was set
    length_ms  INTEGER NOT NULL,
    cut_off    INTEGER NOT NULL,         -- whether its end is missing
    trashed_at INTEGER                   -- the night's look that saw it in the trash first, counted from 1
) STRICT;

-- Lists go along this one, and a mailbox in figures is counted in it without a look at the table: some microseconds for
-- the messages that the mailbox has, whatever is in others. Figures kept beside the rows would save those, and could
-- disagree with the rows.
CREATE INDEX recording_in ON recording (mailbox, state, id, length_ms);

CREATE INDEX recording_in_use ON recording (mailbox, purpose) WHERE state = 'in_use';

CREATE INDEX recording_open ON recording (id) WHERE state = 'open';

CREATE INDEX recording_trash ON recording (trashed_at) WHERE state = 'trash';

-- Recordings whose row is gone and whose files may still be there: without this, a file that could not be removed would
-- look like one whose row was lost, and a deleted message would come back.
CREATE TABLE removal (
    id INTEGER PRIMARY KEY
) STRICT;
