-- Postal does not know the message (any more): never ask again.
UPDATE recipient SET check_at = NULL
 WHERE server = :#${exchangeProperty.asked[server]} AND id = :#${exchangeProperty.asked[id]}
