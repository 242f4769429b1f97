SELECT kind, text, at FROM alarm WHERE at >= :#since ORDER BY at DESC FETCH FIRST 5 ROWS ONLY
