-- Postal gave no response: this check does not count. An event that came meanwhile has reset the count, and stays.
UPDATE recipient SET checks = checks - 1, check_at = :#${bean:clock?method=now}
 WHERE server = :#${properties:tracker.server} AND id = :#${exchangeProperty.asked[id]}
   AND checks - 1 = :#${exchangeProperty.asked[checks]}
