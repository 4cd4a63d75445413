package dev.sluice.local.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of a query.
 *
 * @param name null if it has none
 * @param literal what all its values are if it is written as a literal, which may become other types by itself
 */
record OutputColumn(
        @Nullable String name,
        Type type,
        Origin origin,
        @Nullable Typed literal) {

    OutputColumn(@Nullable String name, Type type) {
        this(name, type, Origin.NONE, null);
    }

    Type storedType() {
        return stored(type);
    }

    /** INT64 for NULL, which a table or a result cannot be of. */
    static Type stored(Type type) {
        if (type.equals(Type.NULL)) {
            return Type.INT64;
        }
        List<Type.Part> parts = type.parts().stream()
                .map(part -> new Type.Part(part.name(), stored(part.type())))
                .toList();
        return new Type(type.kind(), parts);
    }
}
