package dev.sluice.jobs.bulkinsert;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.item.RowColumns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the table's columns a raw table has, and how.
 *
 * @param present in the table's order, the filled one included
 * @param parsed names of those that are texts there, to be read as the table's type
 * @param converted names of those that are numbers there, to be read as text first
 * @param filled name of the column that every row gets from the run: the tenant's; null if the source has it
 * @param raw the columns that the raw table itself has
 */
record RawColumns(
        List<TableColumn> present,
        Set<String> parsed,
        Set<String> converted,
        @Nullable String filled,
        List<Field> raw) {

    private static final Set<ColumnType> NUMBERS =
            Set.of(ColumnType.NUMERIC, ColumnType.BIGNUMERIC, ColumnType.FLOAT64);

    /** Of NDJSON: each row says itself which columns it has; what is nested has been read when the texts of others are. */
    static RawColumns ofLines(BulkInsertRun run) {
        return of(
                run,
                run.table().columns().stream()
                        .map(column -> column.isNested() ? column.toField() : text(column.name()))
                        .toList());
    }

    /** @param names of the fields of CSV, in order */
    static RawColumns ofFields(BulkInsertRun run, List<String> names) {
        return of(run, names.stream().map(RawColumns::text).toList());
    }

    private static Field text(String name) {
        return Field.of(name, StandardSQLTypeName.STRING);
    }

    /** @throws UnfitSource naming everything that cannot become the table's */
    static RawColumns ofTyped(BulkInsertRun run, Schema raw) {
        return of(run, raw.getFields());
    }

    private static RawColumns of(BulkInsertRun run, List<Field> raw) {
        List<String> problems = new ArrayList<>();
        List<TableColumn> present = new ArrayList<>();
        Set<String> parsed = new HashSet<>();
        Set<String> converted = new HashSet<>();
        String filled = null;
        for (TableColumn column : run.table().columns()) {
            Field field = find(raw, column.name());
            if (field != null) {
                present.add(column);
                read(column, field, parsed, converted, problems);
            } else if (column.name().equalsIgnoreCase(run.table().tenantColumn())) {
                present.add(column);
                filled = column.name();
            } else if (run.isNeeded(column)) {
                problems.add("REQUIRED column '%s' is missing".formatted(column.name()));
            }
        }
        unknown(run, raw).forEach(field -> problems.add("column '%s' is not in the table".formatted(field.getName())));
        if (!problems.isEmpty()) {
            throw new UnfitSource(run.parameters().source(), problems);
        }
        return new RawColumns(present, Set.copyOf(parsed), Set.copyOf(converted), filled, List.copyOf(raw));
    }

    private static @Nullable Field find(List<Field> fields, String name) {
        return fields.stream()
                .filter(field -> field.getName().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    private static void read(
            TableColumn column, Field field, Set<String> parsed, Set<String> converted, List<String> problems) {
        boolean scalar = field.getMode() != Field.Mode.REPEATED && column.mode() != ColumnMode.REPEATED;
        StandardSQLTypeName given = field.getType().getStandardType();
        if (ColumnShape.isSame(column, field)) {
            return;
        }
        if (scalar && given == StandardSQLTypeName.STRING && column.type() != ColumnType.STRUCT) {
            parsed.add(column.name());
        } else if (scalar && given == StandardSQLTypeName.INT64 && NUMBERS.contains(column.type())) {
            parsed.add(column.name());
            converted.add(column.name());
        } else {
            problems.add("column '%s' is %s%s there and %s%s in the table"
                    .formatted(
                            column.name(),
                            field.getMode() == Field.Mode.REPEATED ? "REPEATED " : "",
                            given,
                            column.mode() == ColumnMode.REPEATED ? "REPEATED " : "",
                            column.type()));
        }
    }

    private static List<Field> unknown(BulkInsertRun run, List<Field> raw) {
        return raw.stream()
                .filter(field -> run.table().columns().stream()
                        .noneMatch(column -> column.name().equalsIgnoreCase(field.getName())))
                .filter(field -> run.parameters().schemaPolicy() != SchemaPolicy.IGNORE
                        || RowColumns.isReserved(field.getName()))
                .toList();
    }
}
