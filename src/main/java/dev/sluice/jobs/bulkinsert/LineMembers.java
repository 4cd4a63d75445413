package dev.sluice.jobs.bulkinsert;

import com.google.cloud.bigquery.QueryParameterValue;
import dev.sluice.bigquery.SqlFiles;
import dev.sluice.bigquery.SqlIdentifier;
import dev.sluice.bigquery.SqlStatement;
import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How the members of NDJSON are read, level by level: those of a line, and those of the records and arrays in it, each of which
 * is a query about {@code line.doc}.
 *
 * @param ignoring whether members that are no columns are passed over
 */
record LineMembers(SqlFiles sql, boolean ignoring) {

    private static final Set<ColumnType> NUMBERS =
            Set.of(ColumnType.INT64, ColumnType.FLOAT64, ColumnType.NUMERIC, ColumnType.BIGNUMERIC);
    private static final Set<ColumnType> MOMENTS =
            Set.of(ColumnType.DATE, ColumnType.TIME, ColumnType.DATETIME, ColumnType.TIMESTAMP);

    /** By their names in {@code ndjson-rows.sql} and {@code ndjson-members.sql}, the columns of a level. */
    Map<String, SqlIdentifier> lists(List<TableColumn> level) {
        List<TableColumn> single =
                level.stream().filter(column -> !column.isNested()).toList();
        Map<String, SqlIdentifier> lists = new HashMap<>();
        lists.put("columns", names(level, column -> true));
        lists.put("nested", nested(level));
        lists.put("arrays", names(level, column -> column.mode() == ColumnMode.REPEATED));
        lists.put("scalars", names(single, column -> column.type() != ColumnType.JSON));
        lists.put("jsons", names(single, column -> column.type() == ColumnType.JSON));
        lists.put("strings", names(single, column -> column.type() == ColumnType.STRING));
        lists.put("numbers", names(single, column -> NUMBERS.contains(column.type())));
        lists.put("bools", names(single, column -> column.type() == ColumnType.BOOL));
        lists.put("moments", names(single, column -> MOMENTS.contains(column.type())));
        lists.put("bytes", names(single, column -> column.type() == ColumnType.BYTES));
        return lists;
    }

    Map<String, QueryParameterValue> parameters() {
        return Map.of("ignoring", QueryParameterValue.bool(ignoring));
    }

    private static SqlIdentifier names(List<TableColumn> columns, Predicate<TableColumn> which) {
        return new SqlIdentifier.Columns(
                columns.stream().filter(which).map(TableColumn::name).toList());
    }

    private SqlIdentifier nested(List<TableColumn> level) {
        Map<String, SqlStatement> queries = new LinkedHashMap<>();
        level.stream()
                .filter(TableColumn::isNested)
                .forEach(column ->
                        queries.put(column.name(), member(column).prefixed("r%d_".formatted(queries.size()))));
        return new SqlIdentifier.Queries(queries);
    }

    private SqlStatement member(TableColumn column) {
        boolean array = column.mode() == ColumnMode.REPEATED;
        SqlStatement level = record(array ? List.of(column.element()) : column.fields());
        return sql.statement(
                array ? "bulk-insert/ndjson-array.sql" : "bulk-insert/ndjson-record.sql",
                Map.of(
                        "level", new SqlIdentifier.Subquery(level),
                        "self", new SqlIdentifier.Columns(List.of(column.name()))),
                Map.of());
    }

    private SqlStatement record(List<TableColumn> fields) {
        SqlStatement texts = sql.statement("bulk-insert/ndjson-members.sql", lists(fields), parameters());
        var check = new ValueCheck(
                fields,
                namesOf(fields, column -> !column.isNested() && column.type() != ColumnType.STRING),
                namesOf(fields, TableColumn::isNested),
                namesOf(fields, column -> column.mode() == ColumnMode.REQUIRED));
        return sql.statement(
                "bulk-insert/ndjson-level.sql",
                Map.of(
                        "columns",
                        names(fields, column -> true),
                        "values",
                        new SqlIdentifier.Subquery(check.of(sql, texts))),
                Map.of());
    }

    private static Set<String> namesOf(List<TableColumn> columns, Predicate<TableColumn> which) {
        return columns.stream().filter(which).map(TableColumn::name).collect(Collectors.toSet());
    }
}
