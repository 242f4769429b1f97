-- One atomic statement for each news of a message: the newest time of Postal's wins, and the rank where two are the same.
MERGE INTO recipient t
USING (VALUES (CAST(:#${properties:tracker.server} AS VARCHAR(64)), CAST(:#id AS BIGINT), CAST(:#token AS VARCHAR(64)),
               CAST(:#rcpt_to AS VARCHAR(255)), CAST(:#message_id AS VARCHAR(255)), CAST(:#tag AS VARCHAR(255)),
               CAST(:#state AS VARCHAR(16)), CAST(:#state_rank AS SMALLINT),
               CAST(:#state_at AS TIMESTAMP(6) WITH TIME ZONE), CAST(:#learned_from AS VARCHAR(16)),
               CAST(:#reason AS VARCHAR(20)), CAST(:#side AS VARCHAR(10)),
               CAST(:#now AS TIMESTAMP(6) WITH TIME ZONE), CAST(:#check_at AS TIMESTAMP(6) WITH TIME ZONE)))
   AS n (server, id, token, rcpt_to, message_id, tag, state, state_rank, state_at, learned_from, reason, side, seen_at, check_at)
ON t.server = n.server AND t.id = n.id
WHEN MATCHED AND (t.state_at IS NULL OR t.state_at < n.state_at
                  OR (t.state_at = n.state_at AND t.state_rank < n.state_rank)) THEN
  UPDATE SET state = n.state, state_rank = n.state_rank, state_at = n.state_at, learned_from = n.learned_from,
             reason = n.reason, side = n.side, changed_at = n.seen_at, checks = 0, check_at = n.check_at
WHEN NOT MATCHED THEN
  INSERT (server, id, token, rcpt_to, message_id, tag, state, state_rank, state_at, learned_from, reason, side,
          created_at, changed_at, checks, check_at)
  VALUES (n.server, n.id, n.token, n.rcpt_to, n.message_id, n.tag, n.state, n.state_rank, n.state_at, n.learned_from, n.reason, n.side,
          n.seen_at, n.seen_at, 0, n.check_at)
