package dev.sluice.local;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import dev.sluice.local.sql.Statement;
import dev.sluice.local.sql.TableName;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A table as it is written down, and what statements call it.
 *
 * @param number names the DuckDB table; a dropped and recreated name is another table
 */
record StoredTable(Table resource, long number) {

    List<TableFieldSchema> fields() {
        return resource.getSchema() == null || resource.getSchema().getFields() == null
                ? List.of()
                : resource.getSchema().getFields();
    }

    TableName name() {
        return Tables.name(resource.getTableReference());
    }

    /** What statements call it. For a result these are rows of the table that it shares, which nothing changes so. */
    String duckDbName() {
        String name = sharedName();
        OptionalLong from = from();
        return from.isPresent()
                ? "(SELECT rowid, * FROM %s WHERE _sluice_from = %d)".formatted(name, from.getAsLong())
                : name;
    }

    /** The whole DuckDB table, in which a result has only the rows that it is {@link #from}. */
    String sharedName() {
        return "data.t" + number;
    }

    /** {@code _sluice_from} of a result's rows; empty for what is no result. */
    OptionalLong from() {
        return ResultName.of(name())
                .map(result -> OptionalLong.of(result.from()))
                .orElse(OptionalLong.empty());
    }

    String columns() {
        return fields().stream()
                .map(field -> ColumnTypes.quoted(field.getName()))
                .collect(Collectors.joining(", "));
    }

    /** All columns that make a version of a row. */
    String stored() {
        return columns() + (Partitions.isByArrival(resource) ? ", " + ColumnTypes.quoted(Partitions.TIME) : "");
    }

    /** Visible rows as statements read them, with hidden columns. */
    String readableRows() {
        return "SELECT %s%s FROM %s WHERE _sluice_to IS NULL"
                .formatted(read(), Partitions.hiddenSql(resource), duckDbName());
    }

    String visibleRows() {
        return "SELECT %s FROM %s WHERE _sluice_to IS NULL".formatted(read(), duckDbName());
    }

    /** Columns as statements read them: no array is NULL. */
    String read() {
        return fields().stream()
                .map(field -> {
                    String name = ColumnTypes.quoted(field.getName());
                    return "REPEATED".equals(field.getMode()) ? "coalesce(%1$s, []) AS %1$s".formatted(name) : name;
                })
                .collect(Collectors.joining(", "));
    }

    /** Rows that were visible at a moment. */
    String rowsAt(Instant moment) {
        return "SELECT %s%s FROM %s WHERE %s"
                .formatted(read(), Partitions.hiddenSql(resource), duckDbName(), visibleAt(moment));
    }

    /** DuckDB's condition for them. */
    String visibleAt(Instant moment) {
        String later = "SELECT number FROM meta.commits WHERE (committed_at IS NULL OR committed_at > %d)%s"
                .formatted(
                        moment.toEpochMilli(),
                        Lineage.begun(resource)
                                .map(begun -> " AND number <> " + Long.parseLong(begun))
                                .orElse(""));
        return "_sluice_from NOT IN (%1$s) AND (_sluice_to IS NULL OR _sluice_to IN (%1$s))".formatted(later);
    }

    /** Visible rows that a statement can point at. */
    String identifiedRows() {
        return "SELECT rowid AS %s, %s%s FROM %s WHERE _sluice_to IS NULL"
                .formatted(Statement.ROW, read(), Partitions.hiddenSql(resource), duckDbName());
    }
}
