package dev.sluice.jobs.bulkinsert;

import com.google.cloud.bigquery.QueryParameterValue;
import dev.sluice.bigquery.SqlFiles;
import dev.sluice.bigquery.SqlIdentifier;
import dev.sluice.bigquery.SqlStatement;
import dev.sluice.bigquery.catalogue.TableColumn;
import java.util.HashMap;
import java.util.Map;

/** The family's statements, filled in for one run. */
record Statements(SqlFiles sql, BulkInsertRun run) {

    SqlStatement countStaged() {
        return sql.statement("bulk-insert/count-staged.sql", Map.of("staging", staging()), Map.of());
    }

    SqlStatement weighRows() {
        return sql.statement("bulk-insert/weigh-rows.sql", Map.of("staging", staging()), Map.of());
    }

    SqlStatement keepRejects() {
        return sql.statement(
                "bulk-insert/keep-rejects.sql", Map.of("staging", staging(), "rejects", rejects()), Map.of());
    }

    /** @param after the last number that is known */
    SqlStatement readRejects(long after) {
        return sql.statement(
                "bulk-insert/read-rejects.sql",
                Map.of("rejects", rejects()),
                Map.of("after", QueryParameterValue.int64(after)));
    }

    SqlStatement removeRejects() {
        return sql.statement("bulk-insert/remove-rejects.sql", Map.of("staging", staging()), Map.of());
    }

    private SqlIdentifier rejects() {
        return new SqlIdentifier.Table(RawTables.rejects(run.staging()));
    }

    /** The one statement that makes the staged rows visible. */
    SqlStatement publish() {
        return switch (run.parameters().mode()) {
            case APPEND ->
                sql.statement(
                        "bulk-insert/publish.sql",
                        Map.of("target", target(), "staging", staging(), "columns", columns()),
                        Map.of());
            case MERGE -> change("bulk-insert/merge.sql", Map.of(), Map.of());
            case REPLACE_SCOPE ->
                change(
                        "bulk-insert/replace-scope.sql",
                        Map.of("scope", rows().scope().columns()),
                        rows().scope().parameters());
        };
    }

    private SqlStatement change(
            String name, Map<String, SqlIdentifier> more, Map<String, QueryParameterValue> moreParameters) {
        KeyedRows rows = rows();
        Map<String, SqlIdentifier> identifiers = new HashMap<>(more);
        identifiers.put("target", target());
        identifiers.put("staging", staging());
        identifiers.put("columns", columns());
        identifiers.put("key", rows.key());
        identifiers.put("tenant", rows.tenant().columns());
        identifiers.put("compared", rows.compared());
        identifiers.put("documents", rows.documents());
        return sql.statement(name, identifiers, merged(rows.tenant().parameters(), moreParameters));
    }

    /** @param after the last number that is known */
    SqlStatement findFaultyRows(long after) {
        return sql.statement(
                "bulk-insert/find-faulty-rows.sql",
                faulty(),
                merged(rows().scope().parameters(), Map.of("after", QueryParameterValue.int64(after))));
    }

    SqlStatement removeFaultyRows() {
        return sql.statement(
                "bulk-insert/remove-faulty-rows.sql", faulty(), rows().scope().parameters());
    }

    private Map<String, SqlIdentifier> faulty() {
        return Map.of(
                "staging",
                staging(),
                "key",
                rows().key(),
                "scope",
                rows().scope().columns());
    }

    SqlStatement countKeyConflicts() {
        Map<String, SqlIdentifier> identifiers = new HashMap<>(faulty());
        identifiers.put("target", target());
        identifiers.put("tenant", rows().tenant().columns());
        return sql.statement(
                "bulk-insert/count-key-conflicts.sql",
                identifiers,
                merged(rows().tenant().parameters(), rows().scope().parameters()));
    }

    private KeyedRows rows() {
        return run.keyedRows();
    }

    private static Map<String, QueryParameterValue> merged(
            Map<String, QueryParameterValue> some, Map<String, QueryParameterValue> more) {
        Map<String, QueryParameterValue> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    private SqlIdentifier target() {
        return new SqlIdentifier.Table(run.target());
    }

    private SqlIdentifier staging() {
        return new SqlIdentifier.Table(run.staging());
    }

    private SqlIdentifier columns() {
        return new SqlIdentifier.Columns(
                run.table().columns().stream().map(TableColumn::name).toList());
    }
}
