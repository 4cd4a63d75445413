package dev.sluice.local.sql;

import java.util.ArrayList;
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
        if (array.type().element().equals(Type.BYTES)) {
            return joinedBytes(arguments, array);
        }
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

    /** As digits. */
    private static Typed joinedBytes(Arguments arguments, Typed array) {
        String each = arguments.count() == 2
                ? "list_filter(%1$s, lambda _sluice_each: _sluice_each IS NOT NULL)"
                : "list_transform(%1$s, lambda _sluice_each: coalesce(_sluice_each, %3$s))";
        String digits = "list_transform(" + each + ", lambda _sluice_byte: hex(_sluice_byte))";
        List<Typed> operands = new ArrayList<>(List.of(array));
        for (int i = 1; i < arguments.count(); i++) {
            operands.add(arguments.to(Type.BYTES, i));
        }
        return Typed.of(
                Type.BYTES,
                "from_hex(coalesce(array_to_string(" + digits + ", hex(%2$s)),"
                        + " CASE WHEN %1$s IS NOT NULL AND %2$s IS NOT NULL THEN '' END))",
                operands.toArray(Typed[]::new));
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
            return fractions(arguments, alike);
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

    /** Each is the start and so many steps. */
    private static Typed fractions(Arguments arguments, List<Typed> alike) {
        Type number = alike.get(0).type();
        boolean floating = number.equals(Type.FLOAT64);
        if (!floating && !number.equals(Type.NUMERIC)) {
            throw arguments.unsupported(number.toString());
        }
        Typed one = Typed.constant(number, "CAST(1 AS " + number.duckDb() + ")");
        Type type = Type.array(number);
        String steps = "floor((CAST(%2$s AS DOUBLE) - CAST(%1$s AS DOUBLE)) / CAST(%3$s AS DOUBLE))";
        String count = "coalesce(TRY_CAST(least(" + steps + ", " + MOST_GENERATED + ") AS BIGINT), 0)";
        String nan = floating
                ? " WHEN isnan(%1$s) OR isnan(%2$s) OR isnan(%3$s) THEN "
                        + Guards.error("Sequence start, end, and step cannot be NaN.", type)
                : "";
        String series = "CASE WHEN greatest(%1$s IS NULL, %2$s IS NULL, %3$s IS NULL) THEN NULL" + nan
                + " WHEN %3$s = 0 THEN " + Guards.error("Sequence step cannot be 0.", type) + " WHEN " + steps + " >= "
                + MOST_GENERATED + " THEN " + Guards.error("GENERATE_ARRAY produced too many elements", type)
                + " ELSE list_filter(list_transform(range(0, greatest(" + count + " + 2, 0)), lambda _sluice_each:"
                + " CAST(%1$s + _sluice_each * %3$s AS " + number.duckDb() + ")), lambda _sluice_each:"
                + " CASE WHEN %3$s > 0 THEN _sluice_each <= %2$s ELSE _sluice_each >= %2$s END) END";
        return Typed.of(type, series, alike.get(0), alike.get(1), alike.size() == 3 ? alike.get(2) : one);
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
