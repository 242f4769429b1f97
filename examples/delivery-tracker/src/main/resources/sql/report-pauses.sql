SELECT cause, paused_until FROM sending_pause WHERE paused_until > :#now ORDER BY cause
