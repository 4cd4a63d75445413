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
        @Nullable Type said = array.element();
        array.values().forEach(value -> values.add(said == null ? expressions.translate(value) : wanted(said, value)));
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
        @Nullable Type type = struct.type();
        if (type == null) {
            struct.values().forEach(value -> values.add(expressions.translate(value)));
            return Structs.of(struct.names(), values);
        }
        if (type.parts().size() != struct.values().size()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "STRUCT type has %d fields but constructor call has %d fields at %s"
                            .formatted(
                                    type.parts().size(),
                                    struct.values().size(),
                                    struct.at().place()));
        }
        List<@Nullable String> names = new ArrayList<>();
        for (Type.Part part : type.parts()) {
            names.add(part.name());
            Typed value = wanted(part.type(), struct.values().get(values.size()));
            values.add(Coercions.to(part.type(), value, struct.at()));
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

    Typed inArray(Expression.InArray in) {
        return Membership.in(in.at(), expressions.translate(in.operand()), unnested(in.array(), in.at()));
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

    Typed likeArray(Expression.LikeArray like) {
        return Membership.like(like, expressions.translate(like.operand()), unnested(like.patterns(), like.at()));
    }
}
