-- One value a name: the realm, the next free ids.
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID, STRICT;

-- The office, whole, each time it was saved. The newest whose digest holds is in force.
CREATE TABLE revision (
    id     INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,             -- ns since 1970
    author TEXT NOT NULL,
    office TEXT NOT NULL,                -- JSON of the office file; HA1s and hashes, no secrets
    sha256 TEXT NOT NULL                 -- of office: a flipped bit must not become somebody's extension
) STRICT;

-- What happened to calls: the only thing written about them.
CREATE TABLE call_event (
    call           INTEGER NOT NULL,
    seq            INTEGER NOT NULL,
    at             INTEGER NOT NULL,     -- ns since 1970
    synced         INTEGER NOT NULL,     -- whether the clock was set
    since_start_ms INTEGER NOT NULL,
    what           TEXT NOT NULL,        -- JSON, tagged by kind
    -- Looked at before anything is read out of what: one flipped bit must not spoil a whole list.
    kind           TEXT NOT NULL GENERATED ALWAYS AS (
        CASE WHEN json_valid(what) THEN coalesce(json_extract(what, '$.kind'), 'unreadable') ELSE 'unreadable' END
    ) VIRTUAL,
    PRIMARY KEY (call, seq)
) WITHOUT ROWID, STRICT;

-- Lists of calls go along this one instead of along all events.
CREATE INDEX call_start ON call_event (call) WHERE seq = 0;

-- Calls without an end, so that a start after a power cut finds them without reading everything.
CREATE TABLE open_call (
    call INTEGER PRIMARY KEY
) STRICT;

-- The call record: nothing in it is stored.
CREATE VIEW call AS
SELECT
    asked.call                                  AS id,
    asked.at                                    AS started_at,
    asked.synced                                AS synced,
    coalesce(CAST(json_extract(asked.what, '$.from') AS TEXT), '') AS caller,
    coalesce(CAST(json_extract(asked.what, '$.phone') AS TEXT), '') AS phone,
    coalesce(CAST(json_extract(asked.what, '$.dialled') AS TEXT), '') AS dialled,
    coalesce(CAST(json_extract(asked.what, '$.source') AS TEXT), '') AS source,
    coalesce(CAST(json_extract(asked.what, '$.revision') AS INTEGER), 0) AS revision,
    (SELECT e.at FROM call_event e WHERE e.call = asked.call AND e.kind = 'answered' ORDER BY e.seq LIMIT 1)
                                                AS answered_at,
    (SELECT e.at FROM call_event e WHERE e.call = asked.call AND e.kind = 'ended' ORDER BY e.seq LIMIT 1)
                                                AS ended_at,
    (SELECT CAST(json_extract(e.what, '$.cause') AS TEXT) FROM call_event e
      WHERE e.call = asked.call AND e.kind = 'ended' ORDER BY e.seq LIMIT 1)
                                                AS cause,
    (SELECT CAST(json_extract(e.what, '$.because') AS TEXT) FROM call_event e
      WHERE e.call = asked.call AND e.kind = 'ended' ORDER BY e.seq LIMIT 1)
                                                AS because,
    -- By the clock that never jumps, not by the difference of two times of day.
    (SELECT max(e.since_start_ms) FILTER (WHERE e.kind = 'ended')
          - min(e.since_start_ms) FILTER (WHERE e.kind = 'answered')
       FROM call_event e WHERE e.call = asked.call)
                                                AS talk_ms,
    (SELECT json_group_array(json_extract(i.what, '$.phone') ORDER BY i.seq)
       FROM call_event i
      WHERE i.call = asked.call AND i.kind = 'invited'
        AND CASE WHEN i.kind = 'invited' THEN json_extract(i.what, '$.leg') END IN
            (SELECT CASE WHEN r.kind = 'rang' THEN json_extract(r.what, '$.leg') END
               FROM call_event r WHERE r.call = asked.call AND r.kind = 'rang'))
                                                AS rung
FROM call_event asked
WHERE asked.seq = 0 AND asked.kind = 'asked';

-- Where phones were registered last; written lazily, they register again anyway.
CREATE TABLE binding (
    user       TEXT NOT NULL,
    device     TEXT NOT NULL,
    expires_at INTEGER NOT NULL,         -- ns since 1970
    binding    TEXT NOT NULL,            -- JSON
    PRIMARY KEY (user, device)
) WITHOUT ROWID, STRICT;

-- What a human had to know.
CREATE TABLE alert (
    id   INTEGER PRIMARY KEY,
    at   INTEGER NOT NULL,               -- ns since 1970
    text TEXT NOT NULL
) STRICT;
