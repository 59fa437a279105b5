-- Which of these public numbers the city has already given.
-- in:  city_id; numbers (array of text)
-- out: number
SELECT usulan.number
FROM peta.usulan AS usulan
WHERE
    usulan.city_id = :city_id
    AND usulan.number = ANY(:numbers)
