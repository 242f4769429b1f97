SELECT COALESCE(tag, '') AS tag, state, COUNT(*) AS recipients,
       SUM(CASE WHEN opens > 0 THEN 1 ELSE 0 END) AS opened, SUM(CASE WHEN clicks > 0 THEN 1 ELSE 0 END) AS clicked
  FROM delivery
 WHERE created_at >= :#since
 GROUP BY COALESCE(tag, ''), state
