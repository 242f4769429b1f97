SELECT (SELECT COUNT(*) FROM suppression WHERE expires_at > :#now)         AS suppressed,
       (SELECT COUNT(*) FROM refused_recipient WHERE refused_at >= :#since) AS refused,
       (SELECT COUNT(*) FROM outbox WHERE state = 'waiting')               AS waiting,
       (SELECT COUNT(*) FROM outbox WHERE state = 'failed')                AS failed,
       (SELECT COUNT(*) FROM outbox WHERE state = 'review' OR state = 'sending' AND changed_at < :#stale) AS review
  FROM (VALUES (1)) AS one_row (n)
