-- A click or an opening says nothing about the state that it would be safe to write down, but that there is such a message.
INSERT INTO recipient (server, id, token, rcpt_to, message_id, tag, state, state_rank, learned_from,
                       created_at, changed_at, checks, check_at)
VALUES (:#${properties:tracker.server}, CAST(:#id AS BIGINT), CAST(:#token AS VARCHAR(64)), CAST(:#rcpt_to AS VARCHAR(255)),
        CAST(:#message_id AS VARCHAR(255)), CAST(:#tag AS VARCHAR(255)), 'accepted', 0, 'event',
        CAST(:#now AS TIMESTAMP(6) WITH TIME ZONE), CAST(:#now AS TIMESTAMP(6) WITH TIME ZONE), 0,
        CAST(:#check_at AS TIMESTAMP(6) WITH TIME ZONE))
ON CONFLICT DO NOTHING
