package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Structs, whose fields DuckDB finds by name. */
final class Structs {

    private static final String PACKING = "struct_pack(";

    private Structs() {}

    static Typed of(List<@Nullable String> names, List<Typed> values) {
        List<Type.Part> parts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            parts.add(new Type.Part(names.get(i), values.get(i).type()));
        }
        return packed(Type.struct(parts), values);
    }

    private static Typed packed(Type type, List<Typed> values) {
        Set<String> seen = new HashSet<>();
        var format = new StringBuilder(PACKING);
        for (int i = 0; i < values.size(); i++) {
            String name = Type.fieldName(type.parts(), i);
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw SqlRefused.own("The local BigQuery does not support a struct with two fields of one name");
            }
            format.append(i == 0 ? "" : ", ")
                    .append(OutputNames.quoted(name).replace("%", "%%"))
                    .append(" := %s");
        }
        if (values.isEmpty()) {
            throw SqlRefused.own("The local BigQuery does not support a struct without fields");
        }
        return Typed.chosen(type, format + ")", values.toArray(Typed[]::new));
    }

    /** A field of a field, however deep. */
    static Typed path(Typed value, List<Token> names) {
        Typed reached = value;
        for (Token name : names) {
            reached = field(reached, name);
        }
        return reached;
    }

    static Typed field(Typed struct, Token name) {
        if (struct.type().equals(Type.JSON)) {
            return JsonFunctions.member(struct, Typed.text(name.value()));
        }
        if (!struct.type().isStruct()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Cannot access field %s on a value with type %s at %s"
                            .formatted(name.value(), struct.type(), name.place()));
        }
        List<Type.Part> parts = struct.type().parts();
        for (int i = 0; i < parts.size(); i++) {
            if (name.value().equalsIgnoreCase(parts.get(i).name())) {
                return reached(struct, i);
            }
        }
        throw new SqlRefused(
                "invalidQuery",
                "Field name %s does not exist in %s at %s".formatted(name.value(), struct.type(), name.place()));
    }

    /** By its place, which is a literal. */
    static Typed field(Typed struct, Expression.Subscript subscript) {
        boolean literal = subscript.index() instanceof Expression.Constant constant
                && constant.type().equals(Type.INT64)
                && constant.value().matches("-?\\d{1,5}");
        if (!literal) {
            throw SqlRefused.wrong(
                    "Field element access is only supported for literal integer positions",
                    subscript.index().at());
        }
        int place = Integer.parseInt(((Expression.Constant) subscript.index()).value());
        boolean ordinal = subscript.how().endsWith("ORDINAL");
        int index = ordinal ? place - 1 : place;
        if (index < 0 || index >= struct.type().parts().size()) {
            throw SqlRefused.wrong(
                    "Field %s %d is out of bounds in %s"
                            .formatted(ordinal ? "ordinal" : "offset", place, struct.type()),
                    subscript.index().at());
        }
        return reached(struct, index);
    }

    private static Typed reached(Typed struct, int index) {
        return struct.sql().startsWith(PACKING) ? alone(struct, index) : at(struct, index);
    }

    /** All of a struct that is put together only for this field is computed. */
    private static Typed alone(Typed struct, int index) {
        return Typed.together(struct.type().parts().get(index).type(), extraction(struct.type(), index), struct);
    }

    static Typed at(Typed struct, int index) {
        return Typed.total(struct.type().parts().get(index).type(), extraction(struct.type(), index), struct);
    }

    private static String extraction(Type struct, int index) {
        String name = Type.fieldName(struct.parts(), index).replace("'", "''").replace("%", "%%");
        return "struct_extract(%s, '" + name + "')";
    }

    /**
     * The struct with other values for some of its fields, of their types.
     *
     * @param replacement by a field's name; null for a field that stays
     */
    static Typed replaced(Typed struct, Function<@Nullable String, @Nullable Typed> replacement) {
        Type type = struct.type();
        List<Typed> values = new ArrayList<>();
        for (int i = 0; i < type.parts().size(); i++) {
            Typed value = replacement.apply(type.parts().get(i).name());
            values.add(value == null ? at(struct, i) : value);
        }
        String none = Guards.error("Cannot set field of NULL " + type, type).replace("%", "%%");
        return Typed.chosen(type, "CASE WHEN %s IS NULL THEN " + none + " ELSE %s END", struct, packed(type, values));
    }

    /**
     * The struct of what becomes of its fields, each of its type; NULL stays NULL.
     *
     * @param change of the field at a place
     */
    static Typed mapped(Typed struct, BiFunction<Integer, Typed, Typed> change) {
        return mapped(struct.type(), struct, change);
    }

    /** The same, each of the type that another one has. */
    static Typed mapped(Type type, Typed struct, BiFunction<Integer, Typed, Typed> change) {
        List<Typed> values = new ArrayList<>();
        for (int i = 0; i < type.parts().size(); i++) {
            values.add(change.apply(i, at(struct, i)));
        }
        return Typed.chosen(type, "CASE WHEN %s IS NULL THEN NULL ELSE %s END", struct, packed(type, values));
    }

    /** Field by field, since DuckDB would match them by name. */
    static Typed to(Type type, Typed value, Token at) {
        if (value.type().parts().size() != type.parts().size()) {
            throw Coercions.mismatch(at, value);
        }
        return mapped(
                type, value, (i, field) -> Coercions.to(type.parts().get(i).type(), field, at));
    }
}
