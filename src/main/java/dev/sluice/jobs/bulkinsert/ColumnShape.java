package dev.sluice.jobs.bulkinsert;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import java.util.stream.Collectors;

/** Whether a column that is there can take the values of a declared one, and they its. */
final class ColumnShape {

    private ColumnShape() {}

    /**
     * Compares type and REPEATED, down to the leaves. Fields of records are told by their place when rows are moved, so
     * they must be the same ones in the same order: BigQuery would mix up others without a word.
     */
    static boolean isSame(TableColumn declared, Field there) {
        boolean repeated = there.getMode() == Field.Mode.REPEATED;
        return repeated == (declared.mode() == ColumnMode.REPEATED)
                && there.getType()
                        .getStandardType()
                        .name()
                        .equals(declared.type().name())
                && (declared.type() != ColumnType.STRUCT || areSame(declared, there.getSubFields()));
    }

    private static boolean areSame(TableColumn declared, FieldList there) {
        boolean same = there.size() == declared.fields().size();
        for (int i = 0; same && i < there.size(); i++) {
            TableColumn field = declared.fields().get(i);
            same = field.name().equalsIgnoreCase(there.get(i).getName()) && isSame(field, there.get(i));
        }
        return same;
    }

    /** As people declare it. */
    static String of(TableColumn column) {
        String type = column.type() == ColumnType.STRUCT
                ? fields(column)
                : column.type().name();
        return column.mode() == ColumnMode.REPEATED ? "ARRAY<%s>".formatted(type) : type;
    }

    private static String fields(TableColumn column) {
        return column.fields().stream()
                .map(field -> field.name() + " " + of(field))
                .collect(Collectors.joining(", ", "STRUCT<", ">"));
    }
}
