-- Ten seconds, a minute and so on, up to ten minutes.
update reply
   set attempts = attempts + 1,
       not_before = current_timestamp + interval '10' second * least(60, (attempts + 1) * (attempts + 1))
 where dedup_key = :#${exchangeProperty.repliedTo}
