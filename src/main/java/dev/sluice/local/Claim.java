package dev.sluice.local;

import dev.sluice.local.sql.Statement;
import dev.sluice.local.sql.TableName;
import java.util.Optional;

/** What a job does to a table, as far as others may have to wait for it. */
record Claim(TableName table, Kind kind) {

    Claim {
        Tables.requireChangeable(table);
    }

    enum Kind {
        /** Brings rows, as loads and copies do. */
        APPEND,
        /** Brings rows by DML. */
        INSERT,
        /** Changes or removes rows by DML. */
        MUTATE,
        /** Makes, alters, empties or removes the table. */
        REPLACE
    }

    /** Of a statement; empty if it changes no table. */
    static Optional<Claim> of(Statement statement) {
        if (statement instanceof Statement.Insert insert) {
            return claim(insert.target(), Kind.INSERT);
        }
        if (statement instanceof Statement.Delete delete) {
            return claim(delete.target(), Kind.MUTATE);
        }
        if (statement instanceof Statement.Change change) {
            return claim(change.target(), Kind.MUTATE);
        }
        if (statement instanceof Statement.Truncate truncate) {
            return claim(truncate.target(), Kind.REPLACE);
        }
        return defined(statement).flatMap(table -> claim(table, Kind.REPLACE));
    }

    private static Optional<Claim> claim(TableName table, Kind kind) {
        return Optional.of(new Claim(new TableName(table.dataset(), table.table()), kind));
    }

    private static Optional<TableName> defined(Statement statement) {
        if (statement instanceof Statement.CreateTable create) {
            return Optional.of(create.table());
        }
        if (statement instanceof Statement.CopyTable copy) {
            return Optional.of(copy.table());
        }
        if (statement instanceof Statement.CreateView view) {
            return Optional.of(view.table());
        }
        if (statement instanceof Statement.AlterTable alter) {
            return Optional.of(alter.table());
        }
        if (statement instanceof Statement.Drop drop) {
            return Optional.of(drop.table());
        }
        if (statement instanceof Statement.CreatePolicy policy) {
            return Optional.of(policy.table());
        }
        return statement instanceof Statement.DropPolicy policy ? Optional.of(policy.table()) : Optional.empty();
    }
}
