insert into order_book (order_line, dedup_key, sku, quantity, note)
values (:#id, :#dedup_key, :#sku, :#quantity, :#note)
