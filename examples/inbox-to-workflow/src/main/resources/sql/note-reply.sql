update answer
   set state = :#${exchangeProperty.answerState}, reason = :#${exception.message}, attempts = attempts + 1
 where dedup_key = :#${exchangeProperty.answerTo}
