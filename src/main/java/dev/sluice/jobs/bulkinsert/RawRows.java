package dev.sluice.jobs.bulkinsert;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.StandardSQLTypeName;
import dev.sluice.bigquery.SqlFiles;
import dev.sluice.bigquery.SqlIdentifier;
import dev.sluice.bigquery.SqlStatement;
import dev.sluice.bigquery.catalogue.TableColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The rows of a raw table under the names of the table's columns, whatever their format. */
record RawRows(SqlFiles sql, BulkInsertRun run, RawColumns columns) {

    /** @param header of CSV files, in the order of the files; of others nothing */
    SqlStatement statement(List<String> header) {
        return switch (run.input().layout().format()) {
            case NDJSON -> lines();
            case CSV -> records(header);
            case AVRO, PARQUET -> typed();
        };
    }

    private SqlStatement lines() {
        var members = new LineMembers(sql, run.parameters().schemaPolicy() == SchemaPolicy.IGNORE);
        Map<String, SqlIdentifier> identifiers = members.lists(columns.present());
        identifiers.put("raw", raw());
        return sql.statement("bulk-insert/ndjson-rows.sql", identifiers, members.parameters());
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
                        "typed", those(column -> !column.name().equals(columns.filled()) && !isConverted(column)),
                        "texts", those(this::isConverted),
                        "written", rawColumns(field -> !isDecimal(field)),
                        "decimals", rawColumns(RawRows::isDecimal)),
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

    private SqlIdentifier raw() {
        return new SqlIdentifier.Table(RawTables.raw(run.staging()));
    }

    private SqlIdentifier those(Predicate<TableColumn> which) {
        return new SqlIdentifier.Columns(
                columns.present().stream().filter(which).map(TableColumn::name).toList());
    }

    private boolean isConverted(TableColumn column) {
        return columns.converted().contains(column.name());
    }
}
