package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Functions that make JSON, change it, or read it as far as it goes. */
final class JsonChanging {

    private JsonChanging() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "JSON_ARRAY" -> array(arguments);
            case "JSON_OBJECT" -> object(arguments);
            case "JSON_SET" -> set(arguments);
            case "JSON_REMOVE" -> remove(arguments.require(2, Integer.MAX_VALUE));
            case "JSON_ARRAY_APPEND" -> longer(arguments, "append", "append_each_element");
            case "JSON_ARRAY_INSERT" -> longer(arguments, "insert", "insert_each_element");
            case "JSON_STRIP_NULLS" -> stripped(arguments.require(1, 2));
            case "LAX_BOOL" -> lax(arguments, Type.BOOL);
            case "LAX_INT64" -> lax(arguments, Type.INT64);
            case "LAX_FLOAT64" -> lax(arguments, Type.FLOAT64);
            case "LAX_STRING" -> lax(arguments, Type.STRING);
            default -> null;
        };
    }

    private static Typed lax(Arguments arguments, Type type) {
        return json(arguments.require(1)).as(type, "bq_lax_" + type.toString().toLowerCase(Locale.ROOT) + "(%s)");
    }

    private static Typed json(Arguments arguments) {
        return arguments.to(Type.JSON, 0).as(Type.STRING, "CAST(%s AS VARCHAR)");
    }

    /** As a JSON text that is never NULL. */
    private static Typed value(Arguments arguments, int index) {
        return JsonWriting.json(arguments.typed(index), arguments.at()).as(Type.STRING, "CAST(%s AS VARCHAR)");
    }

    private static Typed list(List<Typed> texts) {
        return texts.isEmpty()
                ? Typed.text("[]")
                : Typed.joined(Type.STRING, "('[' || ", " || ',' || ", " || ']')", texts);
    }

    private static Typed array(Arguments arguments) {
        List<Typed> values = new ArrayList<>();
        for (int i = 0; i < arguments.count(); i++) {
            values.add(value(arguments, i));
        }
        return list(values).as(Type.JSON, "CAST(%s AS JSON)");
    }

    private static Typed object(Arguments arguments) {
        if (arguments.count() % 2 == 1) {
            arguments.require(arguments.count() + 1);
        }
        if (arguments.count() == 2 && arguments.typed(0).type().isArray()) {
            return objectOfArrays(arguments);
        }
        List<Typed> members = new ArrayList<>();
        for (int i = 0; i < arguments.count(); i += 2) {
            members.add(arguments.text(i).as(Type.STRING, "coalesce(bq_json_escape(%s), 'null')"));
            members.add(value(arguments, i + 1));
        }
        return list(members).as(Type.JSON, "CAST(bq_json_object(%s) AS JSON)");
    }

    private static Typed objectOfArrays(Arguments arguments) {
        Typed names = arguments.to(Type.array(Type.STRING), 0);
        Typed values = arguments.typed(1);
        if (!values.type().isArray()) {
            arguments.to(Type.array(Type.JSON), 1);
        }
        Typed escaped = Arrays.mapped(
                names.type(), names, name -> name.as(Type.STRING, "coalesce(bq_json_escape(%s), 'null')"));
        Typed written = Arrays.mapped(
                names.type(),
                values,
                value -> JsonWriting.json(value, arguments.at()).as(Type.STRING, "CAST(%s AS VARCHAR)"));
        return Typed.of(
                Type.JSON,
                "CASE WHEN %1$s IS NULL THEN " + wrong("The keys array cannot be NULL") + " WHEN %2$s IS NULL THEN "
                        + wrong("The values array cannot be NULL") + " WHEN len(%1$s) <> len(%2$s) THEN "
                        + wrong("The number of keys and values must match")
                        + " ELSE CAST(bq_json_object('[' || array_to_string(list_transform(list_zip(%1$s, %2$s),"
                        + " lambda _sluice_member: _sluice_member[1] || ',' || _sluice_member[2]), ',') || ']') AS JSON) END",
                escaped,
                written);
    }

    private static String wrong(String reason) {
        return Guards.error("Invalid input to JSON_OBJECT: " + reason, Type.JSON);
    }

    private static Typed path(Arguments arguments, int index) {
        return Typed.text(arguments.literal(index, "path")).as(Type.STRING, "bq_json_escape(%s)");
    }

    private static void requirePairs(Arguments arguments) {
        arguments.require(3, Integer.MAX_VALUE);
        if (arguments.count() % 2 == 0) {
            arguments.require(arguments.count() + 1);
        }
    }

    private static Typed set(Arguments arguments) {
        requirePairs(arguments);
        List<Typed> given = new ArrayList<>(List.of(flag(arguments, "create_if_missing", true)));
        for (int i = 1; i < arguments.count(); i += 2) {
            given.add(path(arguments, i));
            given.add(value(arguments, i + 1));
        }
        return Typed.of(Type.JSON, "CAST(bq_json_set(%s, %s) AS JSON)", json(arguments), list(given));
    }

    /** TRUE and FALSE only. */
    private static Typed flag(Arguments arguments, String name, boolean otherwise) {
        @Nullable Expression said = arguments.named(name);
        if (said == null) {
            return Typed.text(String.valueOf(otherwise));
        }
        if (said instanceof Expression.Constant constant && constant.type().equals(Type.BOOL)) {
            return Typed.text(constant.value().toLowerCase(Locale.ROOT));
        }
        throw arguments.unsupported(name + " that is neither TRUE nor FALSE");
    }

    private static Typed remove(Arguments arguments) {
        List<Typed> paths = new ArrayList<>();
        for (int i = 1; i < arguments.count(); i++) {
            if (!arguments.isNull(i)) {
                paths.add(path(arguments, i));
            }
        }
        return Typed.of(Type.JSON, "CAST(bq_json_remove(%s, %s) AS JSON)", json(arguments), list(paths));
    }

    private static Typed longer(Arguments arguments, String function, String eachName) {
        requirePairs(arguments);
        Typed each = flag(arguments, eachName, true);
        List<Typed> given = new ArrayList<>();
        for (int i = 1; i < arguments.count(); i += 2) {
            given.add(path(arguments, i));
            given.add(value(arguments, i + 1));
            given.add(arguments.typed(i + 1).type().isArray() ? each : Typed.text("false"));
        }
        return Typed.of(Type.JSON, "CAST(bq_json_" + function + "(%s, %s) AS JSON)", json(arguments), list(given));
    }

    private static Typed stripped(Arguments arguments) {
        String path = arguments.count() == 1 ? "$" : arguments.literal(1, "path");
        Typed how = Typed.joined(
                Type.STRING,
                "(",
                " || ' ' || ",
                ")",
                List.of(
                        Typed.text(path),
                        flag(arguments, "include_arrays", true),
                        flag(arguments, "remove_empty", false)));
        return Typed.of(Type.JSON, "CAST(bq_json_without_nulls(%s, %s) AS JSON)", json(arguments), how);
    }
}
