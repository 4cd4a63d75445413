package dev.sluice.bigquery;

import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.TableId;
import java.time.Duration;
import java.util.Optional;

/** Datasets and tables as resources. Every method is idempotent, thread-safe, and bounded by its deadline. */
public interface BigQueryTables {

    /** The table's schema, or empty if there is no such table or dataset. */
    Optional<Schema> find(TableId table, Deadline deadline);

    /** Creates the dataset unless it exists. */
    void createDataset(DatasetId dataset, Deadline deadline);

    /** Creates a table that removes itself after {@code lifetime}, unless it exists. */
    void createStaging(TableId table, Schema schema, Duration lifetime, Deadline deadline);

    /** Removes the table if it exists. */
    void drop(TableId table, Deadline deadline);
}
