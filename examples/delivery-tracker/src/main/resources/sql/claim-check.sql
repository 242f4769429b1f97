-- Who changes the row asks Postal: one tracker, if there are several.
UPDATE recipient SET checks = checks + 1, check_at = CAST(:#next_check_at AS TIMESTAMP(6) WITH TIME ZONE)
 WHERE server = :#${properties:tracker.server} AND id = :#id AND checks = :#checks AND check_at <= CAST(:#now AS TIMESTAMP(6) WITH TIME ZONE)
