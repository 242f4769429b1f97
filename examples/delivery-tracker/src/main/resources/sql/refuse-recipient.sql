INSERT INTO refused_recipient (outbox_id, address, reason, refused_at)
VALUES (:#${exchangeProperty.mail.id}, :#${body[address]}, :#${body[reason]}, :#${bean:clock?method=now})
ON CONFLICT DO NOTHING
