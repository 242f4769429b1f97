SELECT id, token, rcpt_to, message_id, tag, state, checks FROM recipient
 WHERE server = :#${properties:tracker.server} AND check_at <= :#${bean:clock?method=now}
 ORDER BY check_at, id
 FETCH FIRST 100 ROWS ONLY
