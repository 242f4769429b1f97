INSERT INTO refused_recipient (outbox_id, address, reason, refused_at)
VALUES (:#${exchangeProperty.outboxId}, :#${body[address]}, :#${body[reason]}, :#${bean:clock?method=now})
ON CONFLICT DO NOTHING
