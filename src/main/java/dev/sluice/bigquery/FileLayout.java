package dev.sluice.bigquery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How rows stand in files that BigQuery reads by itself. */
public sealed interface FileLayout {

    /** The files tell their columns; logical types count. */
    record Avro() implements FileLayout {}

    /** The files tell their columns; lists are REPEATED. */
    record Parquet() implements FileLayout {}

    /**
     * Text in which every field is a STRING and no row is refused: rows may be short, in which case what is missing is NULL,
     * or long, in which case the rest is dropped.
     *
     * @param columns in the files' order
     * @param quote null if nothing is quoted
     * @param nullMarker a field that is NULL
     * @param encoding as BigQuery names it
     */
    record Text(
            List<String> columns, char delimiter, @Nullable Character quote, String nullMarker, String encoding)
            implements FileLayout {}
}
