-- One more attempt, and how many that makes in its span of time.
-- in:  bucket; began (start of the span)
-- out: count
INSERT INTO peta.attempt AS attempt (bucket, began, count)
VALUES (:bucket, :began, 1)
ON CONFLICT (bucket, began) DO UPDATE SET count = attempt.count + 1
RETURNING attempt.count
