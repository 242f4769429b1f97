MERGE INTO suppression t
USING (VALUES (CAST(:#address AS VARCHAR(255)), CAST(:#state AS VARCHAR(16)), CAST(:#server AS VARCHAR(64)),
               CAST(:#id AS BIGINT), CAST(:#state_at AS TIMESTAMP(6) WITH TIME ZONE),
               CAST(:#suppressed_until AS TIMESTAMP(6) WITH TIME ZONE)))
   AS n (address, reason, server, id, since, expires_at)
ON t.address = n.address
WHEN MATCHED AND t.since < n.since THEN
  UPDATE SET reason = n.reason, server = n.server, id = n.id, since = n.since, expires_at = n.expires_at
WHEN NOT MATCHED THEN
  INSERT (address, reason, server, id, since, expires_at)
  VALUES (n.address, n.reason, n.server, n.id, n.since, n.expires_at)
