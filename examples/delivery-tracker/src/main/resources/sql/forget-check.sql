-- Postal does not know the message (any more): never ask again.
UPDATE recipient SET check_at = NULL
 WHERE server = :#${properties:tracker.server} AND id = :#${exchangeProperty.asked[id]}
