package dev.sluice.jobs.bulkinsert;

import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.TableId;
import dev.sluice.bigquery.SqlFiles;
import dev.sluice.bigquery.SqlIdentifier;
import dev.sluice.bigquery.SqlStatement;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.item.SourceFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Statements that judge the rows of one run's raw table. */
record RawStatements(SqlFiles sql, BulkInsertRun run, RawColumns columns) {

    /** @param header of CSV files, in the order of the files; of others nothing */
    SqlStatement check(List<String> header) {
        SqlStatement rows = new RawRows(sql, run, columns).statement(header);
        return sql.statement(
                "bulk-insert/check-rows.sql",
                Map.of(
                        "values", new SqlIdentifier.Subquery(values().of(sql, rows)),
                        "staging", table(run.staging()),
                        "given", those(column -> !isFilled(column)),
                        "filled", those(this::isFilled),
                        "tenant", those(column -> isTenant(column) && !isFilled(column))),
                limits());
    }

    private ValueCheck values() {
        return new ValueCheck(
                present(column -> !isFilled(column)),
                columns.parsed(),
                names(this::isNested),
                names(column -> run.isNeeded(column) && !isTenant(column)));
    }

    private Set<String> names(Predicate<TableColumn> which) {
        return present(which).stream().map(TableColumn::name).collect(Collectors.toSet());
    }

    /** Where each row brings its records along as text; elsewhere BigQuery has read them. */
    private boolean isNested(TableColumn column) {
        return run.input().layout().format() == SourceFormat.NDJSON && column.isNested();
    }

    private Map<String, QueryParameterValue> limits() {
        Map<String, QueryParameterValue> limits = new HashMap<>();
        int mostBytes = run.limits().maxRowBytes();
        limits.put("mostBytes", QueryParameterValue.int64(mostBytes));
        limits.put("tooLong", QueryParameterValue.string("longer than %d bytes".formatted(mostBytes)));
        present(this::isTenant)
                .forEach(column -> limits.put(
                        (isFilled(column) ? "filled_" : "tenant_") + column.name(),
                        QueryParameterValue.string(run.parameters().org())));
        return limits;
    }

    /** What staged rows show only together. */
    SqlStatement mark() {
        KeyedRows rows = run.keyedRows();
        Map<String, QueryParameterValue> parameters = new HashMap<>(rows.scope().parameters());
        parameters.put("repeated", QueryParameterValue.string(run.repeatedKey()));
        parameters.put("beyond", QueryParameterValue.string(run.beyondScope()));
        return sql.statement(
                "bulk-insert/mark-faulty-rows.sql",
                Map.of(
                        "staging",
                        table(run.staging()),
                        "key",
                        rows.key(),
                        "scope",
                        rows.scope().columns()),
                parameters);
    }

    private static SqlIdentifier table(TableId table) {
        return new SqlIdentifier.Table(table);
    }

    private SqlIdentifier those(Predicate<TableColumn> which) {
        return new SqlIdentifier.Columns(
                present(which).stream().map(TableColumn::name).toList());
    }

    private List<TableColumn> present(Predicate<TableColumn> which) {
        return columns.present().stream().filter(which).toList();
    }

    private boolean isFilled(TableColumn column) {
        return column.name().equals(columns.filled());
    }

    private boolean isTenant(TableColumn column) {
        return column.name().equalsIgnoreCase(run.table().tenantColumn())
                && run.parameters().org() != null;
    }
}
