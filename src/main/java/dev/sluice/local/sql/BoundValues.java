package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parameters, which are bound as text; arrays and structs as JSON of texts. */
final class BoundValues {

    private BoundValues() {}

    static Typed of(Typed text, Type type, Token at) {
        if (type.isArray()) {
            String each = "_sluice_bound";
            Typed element = of(
                    type.element().parts().isEmpty()
                            ? Typed.constant(Type.STRING, "(" + each + " ->> '$')")
                            : Typed.constant(Type.STRING, "CAST(" + each + " AS VARCHAR)"),
                    type.element(),
                    at);
            return text.as(
                    type,
                    "list_transform(CAST(CAST(%s AS JSON) AS JSON[]), lambda " + each + ": "
                            + element.sql().replace("%", "%%") + ")");
        }
        if (type.isStruct()) {
            return struct(text, type, at);
        }
        return switch (type.kind()) {
            case BYTES -> text.as(Type.BYTES, "from_hex(bq_from_base64(%s))");
            case JSON -> Casts.parsedJson(text);
            default -> Casts.cast(text, type, false, at);
        };
    }

    private static Typed struct(Typed text, Type type, Token at) {
        List<@Nullable String> names = new ArrayList<>();
        List<Typed> values = new ArrayList<>();
        for (int i = 0; i < type.parts().size(); i++) {
            Type field = type.parts().get(i).type();
            names.add(type.parts().get(i).name());
            String path = "'$[%d]'".formatted(i);
            Typed value = text.as(
                    Type.STRING,
                    field.parts().isEmpty()
                            ? "(CAST(%s AS JSON) ->> " + path + ")"
                            : "CAST((CAST(%s AS JSON) -> " + path + ") AS VARCHAR)");
            values.add(of(value, field, at));
        }
        Typed packed = Structs.of(names, values);
        return Typed.chosen(type, "CASE WHEN NULLIF(%s, 'null') IS NULL THEN NULL ELSE %s END", text, packed);
    }
}
