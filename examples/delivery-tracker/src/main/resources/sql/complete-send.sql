-- What the send's response knows. An event may have been faster: then its state stays.
MERGE INTO recipient t
USING (VALUES (CAST(:#${properties:tracker.server} AS VARCHAR(64)), CAST(:#id AS BIGINT), CAST(:#token AS VARCHAR(64)),
               CAST(:#rcpt_to AS VARCHAR(255)), CAST(:#message_id AS VARCHAR(255)), CAST(:#tag AS VARCHAR(255)),
               CAST(:#outbox_id AS BIGINT), CAST(:#now AS TIMESTAMP(6) WITH TIME ZONE),
               CAST(:#check_at AS TIMESTAMP(6) WITH TIME ZONE)))
   AS n (server, id, token, rcpt_to, message_id, tag, outbox_id, seen_at, check_at)
ON t.server = n.server AND t.id = n.id
WHEN MATCHED THEN
  UPDATE SET token = n.token, rcpt_to = n.rcpt_to, message_id = n.message_id, tag = COALESCE(n.tag, t.tag),
             outbox_id = n.outbox_id
WHEN NOT MATCHED THEN
  INSERT (server, id, token, rcpt_to, message_id, tag, outbox_id, state, state_rank, learned_from,
          created_at, changed_at, checks, check_at)
  VALUES (n.server, n.id, n.token, n.rcpt_to, n.message_id, n.tag, n.outbox_id, 'accepted', 0, 'send',
          n.seen_at, n.seen_at, 0, n.check_at)
