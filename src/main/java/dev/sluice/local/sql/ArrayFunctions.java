package dev.sluice.local.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions of arrays. */
final class ArrayFunctions {

    private static final int MOST_GENERATED = 1 << 20;

    private ArrayFunctions() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "ARRAY_LENGTH" -> arguments.require(1).array(0).as(Type.INT64, "len(%s)");
            case "ARRAY_REVERSE" -> {
                Typed array = arguments.require(1).array(0);
                yield array.as(array.type(), "list_reverse(%s)");
            }
            case "ARRAY_CONCAT" ->
                Concatenation.arrays(arguments.at(), Coercions.toCommon(arguments.at(), arguments.all()));
            case "ARRAY_TO_STRING" -> joined(arguments.require(2, 3));
            case "ARRAY_FIRST", "ARRAY_LAST" -> end(arguments.require(1));
            case "GENERATE_ARRAY" -> range(arguments.require(2, 3));
            case "SPLIT" -> split(arguments.require(1, 2));
            default -> null;
        };
    }

    private static Typed joined(Arguments arguments) {
        Typed array = arguments.array(0);
        if (!array.type().element().equals(Type.STRING)) {
            throw arguments.unsupported(array.type().toString());
        }
        if (arguments.count() == 2) {
            return Typed.of(
                    Type.STRING,
                    "coalesce(array_to_string(list_filter(%1$s, lambda _sluice_each: _sluice_each IS NOT NULL), %2$s),"
                            + " CASE WHEN %1$s IS NOT NULL AND %2$s IS NOT NULL THEN '' END)",
                    array,
                    arguments.text(1));
        }
        return Typed.of(
                Type.STRING,
                "coalesce(array_to_string(list_transform(%1$s, lambda _sluice_each: coalesce(_sluice_each, %3$s)), %2$s),"
                        + " CASE WHEN %1$s IS NOT NULL AND %2$s IS NOT NULL THEN '' END)",
                array,
                arguments.text(1),
                arguments.text(2));
    }

    private static Typed end(Arguments arguments) {
        Typed array = arguments.array(0);
        Type element = array.type().element();
        String empty = Guards.error(arguments.name() + " cannot get the element of an empty array", element);
        String place = arguments.name().equals("ARRAY_FIRST") ? "1" : "-1";
        return array.as(
                element, "CASE WHEN len(%1$s) = 0 THEN " + empty + " ELSE list_extract(%1$s, " + place + ") END");
    }

    private static Typed range(Arguments arguments) {
        List<Typed> alike = arguments.alike(0);
        if (!alike.get(0).type().equals(Type.INT64)) {
            throw arguments.unsupported(alike.get(0).type().toString());
        }
        Typed step = alike.size() == 3 ? alike.get(2) : Typed.constant(Type.INT64, "CAST(1 AS BIGINT)");
        Type type = Type.array(Type.INT64);
        String series = "CASE WHEN greatest(%1$s IS NULL, %2$s IS NULL, %3$s IS NULL) THEN NULL WHEN %3$s = 0 THEN "
                + Guards.error("Sequence step cannot be 0.", type)
                + " WHEN (CAST(%2$s AS HUGEINT) - %1$s) // %3$s >= " + MOST_GENERATED + " THEN "
                + Guards.error("GENERATE_ARRAY produced too many elements: more than " + MOST_GENERATED, type)
                + " ELSE generate_series(%1$s, CASE WHEN %3$s > 0 THEN " + bounded("least") + " ELSE "
                + bounded("greatest") + " END, %3$s) END";
        return Typed.of(type, series, alike.get(0), alike.get(1), step);
    }

    /** Where it ends at the latest, since DuckDB may generate an array before it asks whether it is too long. */
    private static String bounded(String nearer) {
        return "CAST(" + nearer + "(%2$s, CAST(%1$s AS HUGEINT) + " + MOST_GENERATED
                + " * CAST(%3$s AS HUGEINT)) AS BIGINT)";
    }

    private static Typed split(Arguments arguments) {
        if (arguments.count() == 1 && arguments.haveBytes()) {
            throw Coercions.mismatch(arguments.at(), arguments.typed(0));
        }
        Typed delimiter = arguments.count() == 2 ? arguments.text(1) : Typed.text(",");
        return Typed.of(
                Type.array(Type.STRING),
                "CASE WHEN %1$s IS NULL OR %2$s IS NULL THEN NULL WHEN %1$s = '' THEN [''] WHEN %2$s = '' THEN"
                        + " list_transform(range(1, length(%1$s) + 1), lambda _sluice_each: substr(%1$s, _sluice_each, 1))"
                        + " ELSE string_split(%1$s, %2$s) END",
                arguments.text(0),
                delimiter);
    }
}
