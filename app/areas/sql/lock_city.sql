-- Makes a second loader of the same city's boundaries wait; readers and senders of usulan go on.
-- in:  city_id
-- out: city_id; until the transaction ends
SELECT city.city_id
FROM peta.city AS city
WHERE city.city_id = :city_id
FOR NO KEY UPDATE
