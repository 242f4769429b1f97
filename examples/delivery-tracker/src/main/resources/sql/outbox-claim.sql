-- Who changes the row may send the mail: one thread of one process, and none while sending is paused.
UPDATE outbox SET state = 'sending', changed_at = :#${bean:clock?method=now}
 WHERE id = :#${body[id]} AND state = 'waiting'
   AND NOT EXISTS (SELECT 1 FROM sending_pause WHERE server = :#${properties:tracker.server} AND paused_until > :#${bean:clock?method=now})
