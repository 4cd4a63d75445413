-- What the file system said of a source before it was digested: whoever finds the same later need not read it first.

ALTER TABLE SLUICE_SOURCE ADD COLUMN STAMP VARCHAR(64);
