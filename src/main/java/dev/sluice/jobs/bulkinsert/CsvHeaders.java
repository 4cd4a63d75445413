package dev.sluice.jobs.bulkinsert;

import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.StandardSQLTypeName;
import dev.sluice.bigquery.SqlIdentifier;
import dev.sluice.bigquery.SqlStatement;
import dev.sluice.bigquery.catalogue.TableColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the fields of a raw table of CSV are called. */
final class CsvHeaders {

    private CsvHeaders() {}

    /** The names that a header may hold, in lower case. */
    static Map<String, QueryParameterValue> names(BulkInsertRun run) {
        String[] names = run.table().columns().stream()
                .map(column -> column.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
        return Map.of("names", QueryParameterValue.array(names, StandardSQLTypeName.STRING));
    }

    /**
     * The table's columns in the order of the files; blocks for a query, as long as the tier BATCH allows.
     *
     * @throws UnfitSource if there is no header, or more than one
     */
    static List<String> of(BulkInsertRun run, Door door) {
        List<String> columns =
                run.table().columns().stream().map(TableColumn::name).toList();
        if (!run.input().layout().csv().header()) {
            return columns;
        }
        List<FieldValueList> found = door.rows(question(run, door, columns.size()));
        if (found.size() != 1) {
            throw new UnfitSource(run.parameters().source(), List.of(found.isEmpty() ? none(run) : several()));
        }
        return named(run, columns, found.get(0));
    }

    private static String none(BulkInsertRun run) {
        return "no row is a header, all of whose fields are columns of table %s; check delimiter and quote, or give header=false"
                .formatted(run.table().name());
    }

    private static String several() {
        return "the objects have different headers; load those of each in a run of their own";
    }

    private static SqlStatement question(BulkInsertRun run, Door door, int columns) {
        return door.sql()
                .statement(
                        "bulk-insert/find-headers.sql",
                        Map.of(
                                "raw", new SqlIdentifier.Table(RawTables.raw(run.staging())),
                                "all", new SqlIdentifier.Columns(RawLayout.fields(columns))),
                        names(run));
    }

    private static List<String> named(BulkInsertRun run, List<String> columns, FieldValueList header) {
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        List<String> problems = new ArrayList<>();
        header.stream().filter(field -> !field.isNull()).forEach(field -> {
            String name = columns.stream()
                    .filter(column -> column.equalsIgnoreCase(field.getStringValue()))
                    .findFirst()
                    .orElseThrow();
            names.add(name);
            if (!seen.add(name)) {
                problems.add("column '%s' is given twice".formatted(name));
            }
        });
        if (!problems.isEmpty()) {
            throw new UnfitSource(run.parameters().source(), problems);
        }
        return names;
    }
}
