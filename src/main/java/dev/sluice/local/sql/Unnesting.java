package dev.sluice.local.sql;

import dev.sluice.local.sql.Scope.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows out of arrays. */
final class Unnesting {

    private final Translation translation;
    private final Scope scope;
    private final ExpressionTranslator expressions;
    private final BranchedSubquery branched;

    Unnesting(Translation translation, Scope scope, ExpressionTranslator expressions, BranchedSubquery branched) {
        this.translation = translation;
        this.scope = scope;
        this.expressions = expressions;
        this.branched = branched;
    }

    String translate(Query.Unnest unnest) {
        Typed array = expressions.translate(unnest.array());
        if (!array.type().isArray()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Values referenced in UNNEST must be arrays. UNNEST contains expression of type %s at %s"
                            .formatted(array.type(), unnest.at().place()));
        }
        if (array.aggregate() || array.window()) {
            throw SqlRefused.unsupported("aggregates in FROM", unnest.at());
        }
        Typed rows = branched.array(array);
        if (array.facts().fallible()) {
            scope.fail();
        }
        String alias = translation.alias();
        Type element = OutputColumn.stored(array.type().element());
        List<Field> offset =
                unnest.offset() == null ? List.of() : List.of(new Field(unnest.offset(), alias + ".c2", Type.INT64));
        scope.add(source(unnest.alias(), Typed.column(element, alias + ".c1"), offset), unnest.at());
        String places = offset.isEmpty() ? "" : ", unnest(range(len(" + rows.sql() + "))) AS c2";
        return "(SELECT unnest(%s) AS c1%s) AS %s".formatted(rows.sql(), places, alias);
    }

    /** Elements that are structs are called by the alias as a whole, and their fields by their names. */
    static RangeVariable source(@Nullable String alias, Typed element, List<Field> others) {
        if (!element.type().isStruct()) {
            List<Field> fields = new ArrayList<>(List.of(new Field(alias, element.sql(), element.type())));
            fields.addAll(others);
            return new RangeVariable(null, fields);
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < element.type().parts().size(); i++) {
            Typed field = Structs.at(element, i);
            fields.add(new Field(element.type().parts().get(i).name(), field.sql(), field.type()));
        }
        fields.addAll(others);
        return new RangeVariable(alias, fields, List.of(), element);
    }
}
