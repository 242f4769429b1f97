update reply
   set state = :#${exchangeProperty.replyState}, reason = :#${exchangeProperty.replyReason}, attempts = attempts + 1
 where dedup_key = :#${exchangeProperty.repliedTo}
