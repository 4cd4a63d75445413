package dev.sluice.jobs.bulkinsert;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Schema;
import dev.sluice.bigquery.catalogue.CatalogueTable;
import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.item.RowColumns;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Columns that files brought along and the table has not; as BigQuery understood them. */
final class NewRawColumns {

    private NewRawColumns() {}

    /** @param raw empty if nothing was read yet */
    static List<TableColumn> of(CatalogueTable declared, Optional<Schema> raw) {
        return raw.stream()
                .flatMap(schema -> schema.getFields().stream())
                .filter(field -> declared.columns().stream()
                        .noneMatch(column -> column.name().equalsIgnoreCase(field.getName())))
                .filter(field -> !RowColumns.isReserved(field.getName()))
                .filter(NewRawColumns::isKnown)
                .map(NewRawColumns::column)
                .toList();
    }

    private static boolean isKnown(Field field) {
        boolean known = Stream.of(ColumnType.values())
                .anyMatch(type ->
                        type.name().equals(field.getType().getStandardType().name()));
        return known
                && (field.getSubFields() == null
                        || field.getSubFields().stream().allMatch(NewRawColumns::isKnown));
    }

    private static TableColumn column(Field field) {
        ColumnMode mode = field.getMode() == Field.Mode.REPEATED ? ColumnMode.REPEATED : ColumnMode.NULLABLE;
        List<TableColumn> fields = field.getSubFields() == null
                ? List.of()
                : field.getSubFields().stream().map(NewRawColumns::column).toList();
        return new TableColumn(
                field.getName(),
                ColumnType.valueOf(field.getType().getStandardType().name()),
                mode,
                fields,
                null);
    }
}
