package dev.sluice.bigquery;

import com.google.cloud.bigquery.TableId;
import java.util.List;
import java.util.Map;

/** What may stand for a placeholder in a SQL file; the only things that are not bound as parameters. */
public sealed interface SqlIdentifier {

    /** Rendered as one back-quoted path. */
    record Table(TableId table) implements SqlIdentifier {}

    /** Rendered in parentheses; its parameters become the whole statement's. */
    record Subquery(SqlStatement statement) implements SqlIdentifier {}

    /**
     * Rendered as back-quoted names separated by commas, or as the placeholder says what to write for each of them. An
     * empty AND is TRUE, an empty OR is FALSE, an empty list of lines is nothing; elsewhere there must be a name.
     */
    record Columns(List<String> names) implements SqlIdentifier {}

    /**
     * A query for each of some columns: rendered as {@link Columns}, and {@code $query} stands for it, in parentheses. Their
     * parameters become the whole statement's.
     */
    record Queries(Map<String, SqlStatement> byColumn) implements SqlIdentifier {}
}
