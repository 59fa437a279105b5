-- For how many months after closing a city keeps contacts.
-- in:  city_id; months
-- out: nothing
UPDATE peta.city AS city
SET contact_months = :months
WHERE city.city_id = :city_id
