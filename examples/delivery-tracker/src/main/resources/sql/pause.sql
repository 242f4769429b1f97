MERGE INTO sending_pause t
USING (VALUES (CAST(:#${properties:tracker.server} AS VARCHAR(64)), CAST(:#cause AS VARCHAR(16)),
               CAST(:#paused_until AS TIMESTAMP(6) WITH TIME ZONE)))
   AS n (server, cause, paused_until)
ON t.server = n.server AND t.cause = n.cause
WHEN MATCHED AND t.paused_until < n.paused_until THEN
  UPDATE SET paused_until = n.paused_until
WHEN NOT MATCHED THEN
  INSERT (server, cause, paused_until) VALUES (n.server, n.cause, n.paused_until)
