INSERT INTO activity (uuid, server, id, kind, at, url)
VALUES (:#uuid, :#${properties:tracker.server}, CAST(:#id AS BIGINT), :#kind, CAST(:#at AS TIMESTAMP(6) WITH TIME ZONE), CAST(:#url AS VARCHAR(2000)))
ON CONFLICT DO NOTHING
