-- Locked until it is deleted; another node takes the next one.
select id, dedup_key, attachment, line_number, sku, quantity, note, attempts
  from order_line
 where not_before <= current_timestamp
 order by id
 fetch first 1 row only
   for update skip locked
