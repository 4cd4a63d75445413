package dev.sluice.jobs.bulkinsert;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.StandardSQLTypeName;
import dev.sluice.bigquery.SqlFiles;
import dev.sluice.bigquery.SqlIdentifier;
import dev.sluice.bigquery.SqlStatement;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.item.SourceFormat;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Statements that judge the rows of one run's raw table. */
record RawStatements(SqlFiles sql, BulkInsertRun run, RawColumns columns) {

    private static final Set<ColumnType> NUMBERS =
            Set.of(ColumnType.INT64, ColumnType.FLOAT64, ColumnType.NUMERIC, ColumnType.BIGNUMERIC);
    private static final Set<ColumnType> MOMENTS =
            Set.of(ColumnType.DATE, ColumnType.TIME, ColumnType.DATETIME, ColumnType.TIMESTAMP);

    /** @param header of CSV files, in the order of the files; of others nothing */
    SqlStatement check(List<String> header) {
        SourceFormat format = run.input().layout().format();
        SqlStatement rows = switch (format) {
            case NDJSON -> lines();
            case CSV -> records(header);
            case AVRO, PARQUET -> typed();
        };
        Map<String, SqlIdentifier> identifiers = new HashMap<>(byType());
        identifiers.put("rows", new SqlIdentifier.Subquery(rows));
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

    private SqlStatement lines() {
        return sql.statement(
                "bulk-insert/ndjson-rows.sql",
                Map.of(
                        "raw", raw(),
                        "columns", those(column -> true),
                        "scalars", those(column -> column.type() != ColumnType.JSON),
                        "jsons", those(column -> column.type() == ColumnType.JSON),
                        "strings", those(column -> column.type() == ColumnType.STRING),
                        "numbers", those(column -> NUMBERS.contains(column.type())),
                        "bools", those(column -> column.type() == ColumnType.BOOL),
                        "moments", those(column -> MOMENTS.contains(column.type())),
                        "bytes", those(column -> column.type() == ColumnType.BYTES)),
                Map.of("ignoring", QueryParameterValue.bool(run.parameters().schemaPolicy() == SchemaPolicy.IGNORE)));
    }

    private SqlStatement records(List<String> header) {
        List<String> fields = RawLayout.fields(run.table().columns().size());
        Map<String, QueryParameterValue> parameters = new HashMap<>(CsvHeaders.names(run));
        parameters.put(
                "header", QueryParameterValue.bool(run.input().layout().csv().header()));
        parameters.put(
                "nullMarker",
                QueryParameterValue.string(run.input().layout().csv().nullMarker()));
        return sql.statement(
                "bulk-insert/csv-rows.sql",
                Map.of(
                        "raw", raw(),
                        "fields", new SqlIdentifier.Columns(header),
                        "positions", new SqlIdentifier.Columns(fields.subList(0, header.size())),
                        "last", new SqlIdentifier.Columns(List.of(fields.get(header.size() - 1))),
                        "beyond", new SqlIdentifier.Columns(fields.subList(header.size(), fields.size())),
                        "all", new SqlIdentifier.Columns(fields)),
                parameters);
    }

    private SqlStatement typed() {
        return sql.statement(
                "bulk-insert/typed-rows.sql",
                Map.of(
                        "raw", raw(),
                        "typed", those(column -> !isFilled(column) && !isConverted(column)),
                        "texts", those(this::isConverted),
                        "written", rawColumns(field -> !isDecimal(field)),
                        "decimals", rawColumns(RawStatements::isDecimal)),
                Map.of());
    }

    private SqlIdentifier rawColumns(Predicate<Field> which) {
        return new SqlIdentifier.Columns(
                columns.raw().stream().filter(which).map(Field::getName).toList());
    }

    private static boolean isDecimal(Field field) {
        StandardSQLTypeName type = field.getType().getStandardType();
        return field.getMode() != Field.Mode.REPEATED
                && (type == StandardSQLTypeName.NUMERIC || type == StandardSQLTypeName.BIGNUMERIC);
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

    private SqlIdentifier raw() {
        return table(RawTables.raw(run.staging()));
    }

    private static SqlIdentifier table(com.google.cloud.bigquery.TableId table) {
        return new SqlIdentifier.Table(table);
    }

    private SqlIdentifier those(Predicate<TableColumn> which) {
        return new SqlIdentifier.Columns(
                columns.present().stream().filter(which).map(TableColumn::name).toList());
    }

    private boolean isParsed(TableColumn column) {
        return columns.parsed().contains(column.name());
    }

    private boolean isConverted(TableColumn column) {
        return columns.converted().contains(column.name());
    }

    private boolean isFilled(TableColumn column) {
        return column.name().equals(columns.filled());
    }

    private boolean isTenant(TableColumn column) {
        return column.name().equalsIgnoreCase(run.table().tenantColumn())
                && run.parameters().org() != null;
    }

    private static boolean isSingle(TableColumn column) {
        return column.mode() != dev.sluice.bigquery.catalogue.ColumnMode.REPEATED;
    }

    private static boolean hasLength(TableColumn column) {
        return isSingle(column) && column.limits().maxLength() != null;
    }

    private static boolean hasScale(TableColumn column) {
        return isSingle(column) && column.limits().precision() != null;
    }
}
