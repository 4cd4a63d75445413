package dev.sluice.local.sql;

import org.jspecify.annotations.Nullable;

/** One change of an ALTER TABLE. */
public sealed interface Alteration {

    record Rename(String name) implements Alteration {}

    record AddColumn(Column column, boolean ifNotExists) implements Alteration {}

    record DropColumn(String name, boolean ifExists) implements Alteration {}

    record RenameColumn(String from, String to, boolean ifExists) implements Alteration {}

    record AlterColumn(String column, boolean ifExists, ColumnChange change) implements Alteration {}

    record SetOptions(Statement.Options options) implements Alteration {}

    /** What becomes of a column. */
    sealed interface ColumnChange {}

    record DropNotNull() implements ColumnChange {}

    record SetNoOptions() implements ColumnChange {}

    /** @param description null for none */
    record SetDescription(@Nullable String description) implements ColumnChange {}

    /** @param definition the type, and its limits */
    record SetDataType(Column definition) implements ColumnChange {}

    /** @param value GoogleSQL; null for NULL */
    record SetDefault(@Nullable String value) implements ColumnChange {}
}
