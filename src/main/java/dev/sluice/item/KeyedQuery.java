package dev.sluice.item;

import com.google.cloud.bigquery.FieldValueList;
import dev.sluice.bigquery.SqlStatement;
import java.time.Instant;

/**
 * A SELECT whose rows come in the order of a key that no two rows share, so that it can be asked again for the rest.
 * Stateless.
 */
public interface KeyedQuery {

    /** All rows, as they are now. */
    SqlStatement all();

    /**
     * The rows behind one of them, asked for only if BigQuery no longer keeps the first result.
     *
     * @param key of the last row that was read
     * @param asOf whose rows the first result saw: to be bound to {@code FOR SYSTEM_TIME AS OF}
     */
    SqlStatement behind(String key, Instant asOf);

    /** The key of a row, never null. */
    String key(FieldValueList row);
}
