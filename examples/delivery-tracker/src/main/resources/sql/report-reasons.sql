-- One bar for each reason, as long as it is frequent. An event of a bounce does not say why.
SELECT COALESCE(side, 'unknown') AS side, COALESCE(reason, state) AS reason, COUNT(*) AS recipients,
       GREATEST(1, 100 * COUNT(*) / MAX(COUNT(*)) OVER ()) AS width
  FROM recipient
 WHERE created_at >= :#since AND (reason IS NOT NULL OR state = 'bounced')
 GROUP BY COALESCE(side, 'unknown'), COALESCE(reason, state)
 ORDER BY recipients DESC, reason
