package dev.sluice.local.sql;

import org.jspecify.annotations.Nullable;

/**
 * A column of a query.
 *
 * @param name null if it has none
 */
record OutputColumn(@Nullable String name, Type type, Origin origin) {

    OutputColumn(@Nullable String name, Type type) {
        this(name, type, Origin.NONE);
    }

    /** INT64 for NULL, which a table or a result cannot be of. */
    Type storedType() {
        return type.equals(Type.NULL) ? Type.INT64 : type;
    }
}
