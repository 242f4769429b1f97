SELECT id, recipients, subject, plain_body, html_body, tag, stream FROM outbox
 WHERE state = 'waiting'
   AND NOT EXISTS (SELECT 1 FROM sending_pause WHERE server = :#${properties:tracker.server} AND paused_until > :#${bean:clock?method=now})
 ORDER BY id
