update reply
   set state = :#${exchangeProperty.replyState}, reason = :#${exception.message}, attempts = attempts + 1
 where dedup_key = :#${exchangeProperty.repliedTo}
