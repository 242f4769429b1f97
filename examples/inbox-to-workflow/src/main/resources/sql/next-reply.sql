-- Locked until it is noted what became of it; another node takes the next one.
select dedup_key, recipient, sender, conversation, subject, body, message_id, in_reply_to, refs, attempts
  from reply
 where state = 'queued' and not_before <= current_timestamp
 order by not_before
 fetch first 1 row only
   for update skip locked
