package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes arrays, structs and what reaches into them. */
final class CollectionTranslator {

    private final ExpressionTranslator expressions;

    CollectionTranslator(ExpressionTranslator expressions) {
        this.expressions = expressions;
    }

    Typed wanted(Type type, Expression expression) {
        if (expression instanceof Expression.Array array && array.element() == null && type.isArray()) {
            return array(
                    array,
                    array.values().stream()
                            .map(value -> literal(type.element(), value))
                            .toList());
        }
        boolean fits = expression instanceof Expression.Struct struct
                && struct.type() == null
                && type.isStruct()
                && struct.values().size() == type.parts().size();
        return fits ? struct(type, (Expression.Struct) expression) : expressions.translate(expression);
    }

    private Typed struct(Type type, Expression.Struct struct) {
        List<Typed> values = new ArrayList<>();
        for (Expression value : struct.values()) {
            values.add(literal(type.parts().get(values.size()).type(), value));
        }
        return Structs.of(struct.names(), values);
    }

    private Typed literal(Type type, Expression expression) {
        Typed value = wanted(type, expression);
        boolean becomes = value.text() != null && Coercions.isDate(type) || value.isLiteral() && type.isDecimal();
        return becomes ? Coercions.to(type, value, expression.at()) : value;
    }

    Typed array(Expression.Array array) {
        List<Typed> values = new ArrayList<>();
        array.values().forEach(value -> values.add(expressions.translate(value)));
        @Nullable Type said = array.element();
        if (said != null) {
            values.replaceAll(value -> Coercions.to(said, value, array.at()));
            return Arrays.of(said, values);
        }
        return array(array, values);
    }

    private static Typed array(Expression.Array array, List<Typed> values) {
        List<Typed> alike = values.isEmpty() ? values : Coercions.toCommon(array.at(), values);
        Type element = alike.isEmpty() ? Type.NULL : alike.get(0).type();
        if (element.isArray()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Cannot construct array with element type ARRAY because nested arrays are not supported at "
                            + array.at().place());
        }
        return Arrays.of(element, alike);
    }

    Typed struct(Expression.Struct struct) {
        List<Typed> values = new ArrayList<>();
        struct.values().forEach(value -> values.add(expressions.translate(value)));
        @Nullable Type type = struct.type();
        if (type == null) {
            return Structs.of(struct.names(), values);
        }
        if (type.parts().size() != values.size()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "STRUCT type has %d fields but constructor call has %d fields at %s"
                            .formatted(
                                    type.parts().size(),
                                    values.size(),
                                    struct.at().place()));
        }
        List<@Nullable String> names = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            names.add(type.parts().get(i).name());
            values.set(i, Coercions.to(type.parts().get(i).type(), values.get(i), struct.at()));
        }
        return Structs.of(names, values);
    }

    Typed field(Expression.Field field) {
        return Structs.field(expressions.translate(field.base()), field.at());
    }

    Typed subscript(Expression.Subscript subscript) {
        Typed array = expressions.translate(subscript.base());
        if (array.type().equals(Type.JSON) && subscript.how().isEmpty()) {
            return JsonFunctions.part(array, expressions.translate(subscript.index()), subscript.at());
        }
        if (array.type().isStruct()) {
            return Structs.field(array, subscript);
        }
        Typed index = expressions.to(Type.INT64, subscript.index());
        return Arrays.element(array, index, subscript.how(), subscript.at());
    }

    /** NULL if it is not found among values of which one is NULL. */
    Typed inArray(Expression.InArray in) {
        Typed operand = expressions.translate(in.operand());
        Typed array = unnested(in.array(), in.at());
        Type element = array.type().element();
        Type common = element.equals(Type.NULL) ? operand.type() : element;
        if (!common.isComparable()) {
            throw SqlRefused.unsupported("%s IN UNNEST of %s".formatted(operand.type(), array.type()), in.at());
        }
        return Typed.of(
                Type.BOOL,
                "CASE WHEN %2$s IS NULL OR len(%2$s) = 0 THEN FALSE WHEN %1$s IS NULL THEN NULL"
                        + " WHEN " + (common.equals(Type.FLOAT64) ? "NOT isnan(%1$s) AND " : "")
                        + "list_contains(%2$s, %1$s) THEN TRUE WHEN list_count(%2$s) < len(%2$s) THEN NULL"
                        + " ELSE FALSE END",
                Coercions.to(common, operand, in.at()),
                Coercions.to(Type.array(common), array, in.at()));
    }

    private Typed unnested(Expression expression, Token at) {
        Typed array = expressions.translate(expression);
        if (array.type().isArray()) {
            return array;
        }
        throw new SqlRefused(
                "invalidQuery",
                "Values referenced in UNNEST must be arrays. UNNEST contains expression of type %s at %s"
                        .formatted(array.type(), at.place()));
    }

    /** NULL if patterns that are NULL leave it open. */
    Typed likeArray(Expression.LikeArray like) {
        Typed operand = expressions.translate(like.operand());
        Typed patterns = unnested(like.patterns(), like.at());
        Typed pattern = Typed.given(patterns.type().element(), "_sluice_pattern");
        Typed test = Comparisons.like(like.at(), Typed.given(operand.type(), "%1$s"), pattern);
        String tests = "list_transform(%2$s, lambda _sluice_pattern: " + test.sql() + ")";
        String without = like.all() ? "TRUE" : "FALSE";
        String decided =
                like.all() ? "NOT list_bool_and(" + tests + ") THEN FALSE" : "list_bool_or(" + tests + ") THEN TRUE";
        return Typed.of(
                Type.BOOL,
                "CASE WHEN %2$s IS NULL OR len(%2$s) = 0 THEN " + without + " WHEN " + decided + " WHEN list_count("
                        + tests + ") < len(%2$s) THEN NULL ELSE " + without + " END",
                operand,
                patterns);
    }
}
