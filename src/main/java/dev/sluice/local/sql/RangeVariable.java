package dev.sluice.local.sql;

import dev.sluice.local.sql.Scope.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an item of FROM brings into a scope.
 *
 * @param alias null if it has none
 * @param hidden fields that no star selects
 * @param whole what the alias alone stands for, null for a struct of the fields
 */
record RangeVariable(
        @Nullable String alias,
        List<Field> fields,
        List<Field> hidden,
        @Nullable Typed whole) {

    RangeVariable(@Nullable String alias, List<Field> fields) {
        this(alias, fields, List.of(), null);
    }

    Typed value(Token at) {
        if (whole != null) {
            return whole;
        }
        List<Typed> values = fields.stream().map(field -> field.typed(at)).toList();
        List<@Nullable String> names = new ArrayList<>();
        fields.forEach(field -> names.add(field.name()));
        return Structs.of(names, values);
    }

    /** Its fields of a name, hidden ones among them. */
    List<Field> named(String name) {
        return Stream.concat(fields.stream(), hidden.stream())
                .filter(field -> name.equalsIgnoreCase(field.name()))
                .toList();
    }

    /** The name's first part is the alias. */
    Typed resolve(Expression.Name name) {
        if (name.parts().size() == 1) {
            return value(name.at());
        }
        Token second = name.parts().get(1);
        List<Field> found = named(second.value());
        if (found.isEmpty() && whole == null) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Name %s not found inside %s at %s"
                            .formatted(second.value(), name.at().value(), second.place()));
        }
        return found.isEmpty()
                ? Structs.path(
                        value(name.at()), name.parts().subList(1, name.parts().size()))
                : Structs.path(
                        Scope.only(found, second).typed(second),
                        name.parts().subList(2, name.parts().size()));
    }
}
