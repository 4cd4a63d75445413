package dev.sluice.jobs.bulkinsert;

import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.TableId;
import dev.sluice.bigquery.SqlFiles;
import dev.sluice.bigquery.SqlIdentifier;
import dev.sluice.bigquery.SqlStatement;
import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Statements that judge the rows of one run's raw table. */
record RawStatements(SqlFiles sql, BulkInsertRun run, RawColumns columns) {

    /** @param header of CSV files, in the order of the files; of others nothing */
    SqlStatement check(List<String> header) {
        Map<String, SqlIdentifier> identifiers = new HashMap<>(byType());
        identifiers.put("rows", new SqlIdentifier.Subquery(new RawRows(sql, run, columns).statement(header)));
        identifiers.put("staging", table(run.staging()));
        identifiers.put("columns", those(column -> true));
        identifiers.put("typed", those(column -> !isFilled(column) && !isParsed(column)));
        identifiers.put("parsed", those(this::isParsed));
        identifiers.put("filled", those(this::isFilled));
        identifiers.put("tenant", those(column -> isTenant(column) && !isFilled(column)));
        identifiers.put("required", those(column -> run.isNeeded(column) && !isTenant(column)));
        identifiers.put("strings", those(column -> column.type() == ColumnType.STRING && isSingle(column)));
        identifiers.put("length", those(RawStatements::hasLength));
        identifiers.put("scale", those(RawStatements::hasScale));
        return sql.statement("bulk-insert/check-rows.sql", identifiers, limits());
    }

    private Map<String, SqlIdentifier> byType() {
        Map<String, SqlIdentifier> byType = new HashMap<>();
        for (ColumnType type : ColumnType.values()) {
            if (type != ColumnType.STRING && type != ColumnType.STRUCT) {
                byType.put(
                        type.name().toLowerCase(Locale.ROOT),
                        those(column -> isParsed(column) && column.type() == type));
            }
        }
        return byType;
    }

    private Map<String, QueryParameterValue> limits() {
        Map<String, QueryParameterValue> limits = new HashMap<>();
        int mostBytes = run.limits().maxRowBytes();
        limits.put("mostBytes", QueryParameterValue.int64(mostBytes));
        limits.put("tooLong", QueryParameterValue.string("longer than %d bytes".formatted(mostBytes)));
        for (TableColumn column : columns.present()) {
            if (isTenant(column)) {
                limits.put(
                        (isFilled(column) ? "filled_" : "tenant_") + column.name(),
                        QueryParameterValue.string(run.parameters().org()));
            }
            if (hasLength(column)) {
                limits.put(
                        "length_" + column.name(),
                        QueryParameterValue.int64(column.limits().maxLength()));
            }
            if (hasScale(column)) {
                long scale = Objects.requireNonNull(column.limits().scale());
                long integers = Objects.requireNonNull(column.limits().precision()) - scale;
                limits.put("scale_" + column.name(), QueryParameterValue.int64(scale));
                limits.put("limit_" + column.name(), limit(column, BigDecimal.TEN.pow((int) integers)));
            }
        }
        return limits;
    }

    private static QueryParameterValue limit(TableColumn column, BigDecimal value) {
        return column.type() == ColumnType.NUMERIC
                ? QueryParameterValue.numeric(value)
                : QueryParameterValue.bigNumeric(value);
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
                columns.present().stream().filter(which).map(TableColumn::name).toList());
    }

    private boolean isParsed(TableColumn column) {
        return columns.parsed().contains(column.name());
    }

    private boolean isFilled(TableColumn column) {
        return column.name().equals(columns.filled());
    }

    private boolean isTenant(TableColumn column) {
        return column.name().equalsIgnoreCase(run.table().tenantColumn())
                && run.parameters().org() != null;
    }

    private static boolean isSingle(TableColumn column) {
        return column.mode() != ColumnMode.REPEATED;
    }

    private static boolean hasLength(TableColumn column) {
        return isSingle(column) && column.limits().maxLength() != null;
    }

    private static boolean hasScale(TableColumn column) {
        return isSingle(column) && column.limits().precision() != null;
    }
}
