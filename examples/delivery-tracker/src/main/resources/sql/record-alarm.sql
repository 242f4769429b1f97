INSERT INTO alarm (uuid, server, kind, text, at)
VALUES (:#uuid, :#${properties:tracker.server}, :#kind, :#text, CAST(:#at AS TIMESTAMP(6) WITH TIME ZONE))
ON CONFLICT DO NOTHING
