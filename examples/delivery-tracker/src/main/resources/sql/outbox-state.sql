UPDATE outbox SET state = :#${exchangeProperty.outboxState}, reason = CAST(:#${exchangeProperty.reason} AS VARCHAR(1000)),
       suppressed = CAST(:#${exchangeProperty.suppressed} AS VARCHAR(10000)),
       message_id = CAST(:#${header.CamelPostalMessageId} AS VARCHAR(255)), changed_at = :#${bean:clock?method=now}
 WHERE id = :#${exchangeProperty.outboxId} AND state = 'sending'
