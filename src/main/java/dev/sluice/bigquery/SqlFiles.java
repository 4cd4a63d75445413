package dev.sluice.bigquery;

import com.google.cloud.bigquery.QueryParameterValue;
import java.util.Map;

/** The only source of SQL: files in {@code sql/}. Thread-safe. */
public interface SqlFiles {

    /**
     * Reads a file and fills in its identifiers.
     *
     * @param name relative to {@code sql/}, for example {@code bulk-insert/publish.sql}
     * @param identifiers for each {@code ${name}} in the file: a table or a list of columns, from the catalogue
     * @param parameters for each {@code @name} in the statement
     * @throws IllegalArgumentException if a placeholder or parameter is missing or not used
     */
    SqlStatement statement(
            String name, Map<String, SqlIdentifier> identifiers, Map<String, QueryParameterValue> parameters);
}
