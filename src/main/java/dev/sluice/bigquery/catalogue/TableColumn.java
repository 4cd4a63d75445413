package dev.sluice.bigquery.catalogue;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.StandardSQLTypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One declared column.
 *
 * @param fields of a STRUCT; empty for other types
 */
public record TableColumn(
        String name,
        ColumnType type,
        ColumnMode mode,
        List<TableColumn> fields,
        TypeLimits limits,
        @Nullable String description) {

    /** A column of a type without parentheses. */
    public TableColumn(
            String name, ColumnType type, ColumnMode mode, List<TableColumn> fields, @Nullable String description) {
        this(name, type, mode, fields, TypeLimits.NONE, description);
    }

    /** The same column, which must have a value in every row. */
    public TableColumn required() {
        return new TableColumn(name, type, ColumnMode.REQUIRED, fields, limits, description);
    }

    /** Whether it has members: it is REPEATED or a STRUCT. */
    public boolean isNested() {
        return mode == ColumnMode.REPEATED || type == ColumnType.STRUCT;
    }

    /** One element of it, if it is REPEATED. */
    public TableColumn element() {
        return new TableColumn(name, type, ColumnMode.NULLABLE, fields, limits, description);
    }

    public Field toField() {
        StandardSQLTypeName typeName = StandardSQLTypeName.valueOf(type.name());
        FieldList subFields =
                FieldList.of(fields.stream().map(TableColumn::toField).toList());
        Field.Builder field = type == ColumnType.STRUCT
                ? Field.newBuilder(name, typeName, subFields)
                : Field.newBuilder(name, typeName);
        field.setMode(Field.Mode.valueOf(mode.name()));
        if (limits.maxLength() != null) {
            field.setMaxLength(limits.maxLength());
        }
        if (limits.precision() != null) {
            field.setPrecision(limits.precision()).setScale(limits.scale());
        }
        if (description != null) {
            field.setDescription(description);
        }
        return field.build();
    }
}
