package dev.sluice.local.sql;

/** One change of an ALTER TABLE. */
public sealed interface Alteration {

    record Rename(String name) implements Alteration {}

    record AddColumn(Column column, boolean ifNotExists) implements Alteration {}

    record DropColumn(String name, boolean ifExists) implements Alteration {}

    record RenameColumn(String from, String to) implements Alteration {}

    record DropNotNull(String column) implements Alteration {}

    record SetOptions(Statement.Options options) implements Alteration {}
}
