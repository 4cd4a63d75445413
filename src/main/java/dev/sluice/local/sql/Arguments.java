package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Call;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of a function. */
final class Arguments {

    private final Call call;
    private final ExpressionTranslator expressions;

    Arguments(Call call, ExpressionTranslator expressions) {
        this.call = call;
        this.expressions = expressions;
    }

    Token at() {
        return call.at();
    }

    String name() {
        return call.at().upper();
    }

    /** The type that the function's name begins with, as DATE in DATE_ADD. */
    Type typeInName() {
        return Type.named(name().substring(0, name().indexOf('_'))).orElseThrow();
    }

    int count() {
        return call.arguments().size();
    }

    Arguments require(int count) {
        return require(count, count);
    }

    Arguments require(int least, int most) {
        if (count() < least || count() > most) {
            throw new SqlRefused(
                    "invalidQuery",
                    "No matching signature for function %s with %d arguments at %s"
                            .formatted(name(), count(), at().place()));
        }
        return this;
    }

    Expression expression(int index) {
        return call.arguments().get(index);
    }

    Typed typed(int index) {
        return expressions.translate(expression(index));
    }

    Typed to(Type type, int index) {
        return expressions.to(type, expression(index));
    }

    Typed text(int index) {
        return to(Type.STRING, index);
    }

    Typed integer(int index) {
        return to(Type.INT64, index);
    }

    Typed floating(int index) {
        return to(Type.FLOAT64, index);
    }

    /** FLOAT64 if it is NULL. */
    Typed number(int index) {
        Typed value = typed(index);
        if (value.type().equals(Type.NULL)) {
            return Coercions.to(Type.FLOAT64, value, at());
        }
        if (!value.type().isNumber()) {
            throw Coercions.mismatch(at(), value);
        }
        return value;
    }

    Typed array(int index) {
        Typed array = typed(index);
        if (!array.type().isArray()) {
            throw Coercions.mismatch(at(), array);
        }
        return array;
    }

    List<Typed> all() {
        List<Typed> all = new ArrayList<>();
        call.arguments().forEach(argument -> all.add(expressions.translate(argument)));
        return all;
    }

    List<Typed> alike(int from) {
        return Coercions.toCommon(at(), all().subList(from, count()));
    }

    /** The text of a literal. */
    String literal(int index, String what) {
        if (expression(index) instanceof Expression.Constant constant
                && constant.type().equals(Type.STRING)) {
            return constant.value();
        }
        throw SqlRefused.unsupported(
                "%s with a %s that is no string literal".formatted(name(), what),
                expression(index).at());
    }

    /** A date part like MONTH. */
    Token part(int index) {
        if (expression(index) instanceof Expression.Name name && name.parts().size() == 1) {
            return name.at();
        }
        throw SqlRefused.syntax("Expected a date part", expression(index).at());
    }

    Expression.@Nullable Zoned zoned(int index) {
        return expression(index) instanceof Expression.Zoned zoned ? zoned : null;
    }

    Typed translate(Expression expression) {
        return expressions.translate(expression);
    }

    SqlRefused unsupported(String what) {
        return SqlRefused.unsupported(what + " in " + name(), at());
    }
}
