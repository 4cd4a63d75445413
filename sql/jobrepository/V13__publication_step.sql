-- The step whose effects publish a claimed content: others carry its digest too. NULL if it was claimed before this was noted.

ALTER TABLE SLUICE_PUBLICATION ADD COLUMN STEP VARCHAR(100);
