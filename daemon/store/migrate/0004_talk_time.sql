DROP VIEW call;

-- The call record: nothing in it is stored. It is talked from when somebody answers; where nobody else does, from when the box does,
-- which asks callers for codes, accounts and names before that. The index may know a kind of an event that one flipped bit has made unreadable
-- since: it is looked at before anything is read out of it, so that it does not spoil a whole list.
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
    (SELECT e.at FROM call_event e INDEXED BY call_kind WHERE e.call = asked.call AND e.kind = 'answered' ORDER BY e.seq LIMIT 1)
                                                AS answered_at,
    (SELECT e.at FROM call_event e INDEXED BY call_kind WHERE e.call = asked.call AND e.kind = 'ended' ORDER BY e.seq LIMIT 1)
                                                AS ended_at,
    (SELECT CASE WHEN json_valid(e.what) THEN CAST(json_extract(e.what, '$.cause') AS TEXT) END FROM call_event e INDEXED BY call_kind
      WHERE e.call = asked.call AND e.kind = 'ended' ORDER BY e.seq LIMIT 1)
                                                AS cause,
    (SELECT CASE WHEN json_valid(e.what) THEN CAST(json_extract(e.what, '$.because') AS TEXT) END FROM call_event e INDEXED BY call_kind
      WHERE e.call = asked.call AND e.kind = 'ended' ORDER BY e.seq LIMIT 1)
                                                AS because,
    -- By the clock that never jumps, not by the difference of two times of day.
    (SELECT max(e.since_start_ms) FROM call_event e INDEXED BY call_kind WHERE e.call = asked.call AND e.kind = 'ended')
        - coalesce(
            (SELECT min(e.since_start_ms) FROM call_event e INDEXED BY call_kind WHERE e.call = asked.call AND e.kind = 'answered'
                AND CASE WHEN json_valid(e.what) THEN coalesce(json_extract(e.what, '$.is_caller'), 0) END = 0),
            (SELECT min(e.since_start_ms) FROM call_event e INDEXED BY call_kind WHERE e.call = asked.call AND e.kind = 'answered'))
                                                AS talk_ms,
    (SELECT json_group_array(CASE WHEN json_valid(i.what) THEN json_extract(i.what, '$.phone') END ORDER BY i.seq)
       FROM call_event i INDEXED BY call_kind
      WHERE i.call = asked.call AND i.kind = 'invited'
        AND CASE WHEN json_valid(i.what) THEN json_extract(i.what, '$.leg') END IN
            (SELECT CASE WHEN json_valid(r.what) THEN json_extract(r.what, '$.leg') END
               FROM call_event r INDEXED BY call_kind WHERE r.call = asked.call AND r.kind = 'rang'))
                                                AS rung
FROM call_event asked
WHERE asked.seq = 0 AND asked.kind = 'asked';
