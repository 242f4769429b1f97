SELECT address, reason FROM suppression
 WHERE expires_at > :#${bean:clock?method=now} AND address IN (:#in:${body.addresses})
