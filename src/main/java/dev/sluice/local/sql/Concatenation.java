package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;

/** {@code ||} and CONCAT, of texts, bytes or arrays. */
final class Concatenation {

    private Concatenation() {}

    static Typed of(Token at, List<Typed> values) {
        boolean texts = values.stream()
                .noneMatch(value -> value.type().isArray() || value.type().equals(Type.BYTES));
        List<Typed> alike = texts ? written(at, values) : Coercions.toCommon(at, values);
        Type type = alike.get(0).type();
        if (!type.equals(Type.STRING) && !type.equals(Type.BYTES) && (!type.isArray() || at.is("CONCAT"))) {
            throw Coercions.mismatch(at, values.toArray(Typed[]::new));
        }
        return type.isArray() ? arrays(at, alike) : texts(type, alike);
    }

    /** Whatever a cast makes a text of. */
    private static List<Typed> written(Token at, List<Typed> values) {
        List<Typed> texts = new ArrayList<>();
        for (Typed value : values) {
            if (value.type().isStruct() || value.type().equals(Type.JSON)) {
                throw Coercions.mismatch(at, values.toArray(Typed[]::new));
            }
            texts.add(Casts.cast(value, Type.STRING, false, at));
        }
        return texts;
    }

    private static Typed texts(Type type, List<Typed> values) {
        return Typed.total(type, "(%s" + " || %s".repeat(values.size() - 1) + ")", values.toArray(Typed[]::new));
    }

    /** NULL if any is. */
    static Typed arrays(Token at, List<Typed> values) {
        Typed all = values.get(0);
        if (!all.type().isArray()) {
            throw Coercions.mismatch(at, values.toArray(Typed[]::new));
        }
        for (Typed next : values.subList(1, values.size())) {
            all = Typed.of(
                    all.type(),
                    "CASE WHEN %1$s IS NULL OR %2$s IS NULL THEN NULL ELSE list_concat(%1$s, %2$s) END",
                    all,
                    next);
        }
        return all;
    }
}
