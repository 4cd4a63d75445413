-- What replacing a part of a table took away; the receipts of before took nothing.
ALTER TABLE SLUICE_RECEIPT ADD COLUMN ROWS_DELETED BIGINT DEFAULT 0 NOT NULL;
