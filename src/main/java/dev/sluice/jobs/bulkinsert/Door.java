package dev.sluice.jobs.bulkinsert;

import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.TableId;
import dev.sluice.bigquery.BigQueryJobs;
import dev.sluice.bigquery.BigQueryTables;
import dev.sluice.bigquery.Deadlines;
import dev.sluice.bigquery.SqlFiles;
import dev.sluice.bigquery.SqlStatement;
import dev.sluice.bigquery.Tier;
import java.util.List;
import java.util.Optional;

/** What this family needs of the door to BigQuery. */
record Door(BigQueryJobs jobs, BigQueryTables tables, SqlFiles sql, Deadlines deadlines) {

    /** All rows of an answer; blocks for a step's deadline at most. */
    List<FieldValueList> rows(SqlStatement question) {
        return jobs.query(question, deadlines.start(Tier.BATCH)).rows();
    }

    /** Empty if the table is not there; blocks for a step's deadline at most. */
    Optional<Schema> schema(TableId table) {
        return tables.find(table, deadlines.start(Tier.BATCH));
    }
}
