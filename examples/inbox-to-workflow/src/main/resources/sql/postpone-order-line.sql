update order_line
   set attempts = attempts + 1,
       not_before = current_timestamp + interval '10' second * least(60, (attempts + 1) * (attempts + 1))
 where id = :#${exchangeProperty.orderLineId}
