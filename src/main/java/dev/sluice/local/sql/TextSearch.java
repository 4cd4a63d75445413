package dev.sluice.local.sql;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a text occurs in a value, or in a field of it, in whatever case and form. */
final class TextSearch {

    private static final Set<TypeKind> AS_TEXT = Set.of(
            TypeKind.NULL,
            TypeKind.STRING,
            TypeKind.INT64,
            TypeKind.BOOL,
            TypeKind.NUMERIC,
            TypeKind.BIGNUMERIC,
            TypeKind.TIMESTAMP,
            TypeKind.TIME,
            TypeKind.DATE,
            TypeKind.DATETIME);

    private TextSearch() {}

    static @Nullable Typed translate(Arguments arguments) {
        if (!arguments.name().equals("CONTAINS_SUBSTR")) {
            return null;
        }
        arguments.require(2);
        if (arguments.typed(1).type().equals(Type.NULL)) {
            throw SqlRefused.wrong("The search value of CONTAINS_SUBSTR must be non-NULL", arguments.at());
        }
        return in(arguments.typed(0), Typed.text(arguments.literal(1, "search value")), arguments);
    }

    private static Typed in(Typed value, Typed sought, Arguments arguments) {
        if (value.type().isStruct()) {
            return inFields(value, sought, arguments);
        }
        if (!AS_TEXT.contains(value.type().kind())) {
            throw arguments.unsupported(value.type().toString());
        }
        Typed text = Casts.cast(value, Type.STRING, false, arguments.at());
        return Typed.of(Type.BOOL, "contains(bq_folded(%s, 'NFKC'), bq_folded(%s, 'NFKC'))", text, sought);
    }

    private static Typed inFields(Typed struct, Typed sought, Arguments arguments) {
        Typed any = Typed.constant(Type.BOOL, "FALSE");
        for (int i = 0; i < struct.type().parts().size(); i++) {
            any = Typed.total(Type.BOOL, "(%s OR %s)", any, in(Structs.at(struct, i), sought, arguments));
        }
        return Typed.chosen(Type.BOOL, "CASE WHEN %s IS NULL THEN NULL ELSE %s END", struct, any);
    }
}
