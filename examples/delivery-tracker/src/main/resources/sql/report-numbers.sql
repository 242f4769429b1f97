SELECT (SELECT COUNT(*) FROM outbox WHERE state = 'refused' AND changed_at >= :#since) AS refused,
       (SELECT COUNT(*) FROM outbox WHERE suppressed <> '' AND changed_at >= :#since) AS shortened,
       (SELECT COUNT(*) FROM outbox WHERE state = 'waiting')               AS waiting,
       (SELECT COUNT(*) FROM outbox WHERE state = 'failed')                AS failed,
       (SELECT COUNT(*) FROM outbox WHERE state = 'review' OR state = 'sending' AND changed_at < :#stale) AS review
  FROM (VALUES (1)) AS one_row (n)
