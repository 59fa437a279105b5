-- One more seal of a city.
-- in:  city_id; number; at; kind; usulan_ids, sequences, digests (of the ends of histories); committed; previous; digest
-- out: nothing
INSERT INTO peta.seal (city_id, number, at, kind, usulan_ids, sequences, digests, committed, previous, hash)
VALUES (:city_id, :number, :at, :kind, :usulan_ids, :sequences, :digests, :committed, :previous, :hash)
