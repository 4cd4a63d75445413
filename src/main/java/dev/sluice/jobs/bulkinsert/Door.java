package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.BigQueryJobs;
import dev.sluice.bigquery.BigQueryTables;
import dev.sluice.bigquery.Deadlines;
import dev.sluice.bigquery.SqlFiles;

/** What this family needs of the door to BigQuery. */
record Door(BigQueryJobs jobs, BigQueryTables tables, SqlFiles sql, Deadlines deadlines) {}
