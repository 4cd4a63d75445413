package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Call;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a function. */
final class Arguments {

    private final Call call;
    private final ExpressionTranslator expressions;
    private final List<Expression> positional = new ArrayList<>();
    private final Map<String, Expression> named = new HashMap<>();
    private boolean latin;

    /** Each is translated once, however often it is asked for: they nest. */
    private final Map<Integer, Typed> translated = new HashMap<>();

    Arguments(Call call, ExpressionTranslator expressions) {
        this.call = call;
        this.expressions = expressions;
        for (Expression argument : call.arguments()) {
            if (argument instanceof Expression.Named named) {
                this.named.put(named.at().text().toLowerCase(Locale.ROOT), named.value());
            } else {
                requireNoneNamedBefore();
                this.positional.add(argument);
            }
        }
    }

    private void requireNoneNamedBefore() {
        if (!named.isEmpty()) {
            throw SqlRefused.wrong(
                    "Call to function %s must not specify positional arguments after named arguments; named arguments must be specified last in the argument list"
                            .formatted(name()),
                    at());
        }
    }

    Token at() {
        return call.at();
    }

    String name() {
        return call.at().upper();
    }

    /** Who executes the statement. */
    String user() {
        return expressions.user();
    }

    /** The argument of a name, which may be asked for once. */
    @Nullable
    Expression named(String name) {
        return named.remove(name);
    }

    /** @throws SqlRefused if there are arguments with names for which nobody has asked */
    void requireNoneNamed() {
        if (!named.isEmpty()) {
            throw unsupported("the argument " + named.keySet().iterator().next());
        }
    }

    /** Whether its errors become NULL. */
    boolean areSafe() {
        return call.safe();
    }

    /** Whether it is written as NULL. */
    boolean isNull(int index) {
        return count() > index && NullLiterals.is(expression(index));
    }

    boolean haveBytes() {
        return all().stream().anyMatch(argument -> argument.type().equals(Type.BYTES));
    }

    /** From now on BYTES are given for texts, with a letter for each byte. */
    void takeBytes() {
        latin = true;
    }

    /** The type of the first argument, if it is a moment, or what the name begins with, as DATE in DATE_ADD. */
    Type momentType() {
        Type named = Type.named(name().substring(0, name().indexOf('_'))).orElseThrow();
        Typed first = typed(0);
        boolean moment = first.type().equals(Type.DATETIME) || first.type().equals(Type.TIMESTAMP);
        return moment && !named.equals(Type.TIME) ? first.type() : named;
    }

    int count() {
        return positional.size();
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
        return positional.get(index);
    }

    Typed typed(int index) {
        Typed known = translated.get(index);
        if (known == null) {
            known = expressions.translate(expression(index));
            translated.put(index, known);
        }
        return known;
    }

    Typed to(Type type, int index) {
        return Coercions.to(type, typed(index), expression(index).at().word(name()));
    }

    Typed text(int index) {
        if (latin && !typed(index).type().equals(Type.STRING)) {
            return to(Type.BYTES, index).as(Type.STRING, "bq_latin(hex(%s))");
        }
        if (latin) {
            throw Coercions.mismatch(at(), typed(index));
        }
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
        for (int i = 0; i < count(); i++) {
            all.add(typed(i));
        }
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
        if (expression(index) instanceof Call week
                && week.at().is("WEEK")
                && week.arguments().size() == 1
                && week.arguments().get(0) instanceof Expression.Name day) {
            String text = "WEEK(" + day.at().upper() + ")";
            return new Token(
                    Token.Kind.WORD, text, text, week.at().line(), week.at().column());
        }
        throw SqlRefused.syntax("Expected a date part", expression(index).at());
    }

    /** UTC if there is no such argument. */
    Zone zone(int index) {
        return count() > index ? Zone.of(expression(index), typed(index)) : Zone.utc(at());
    }

    Expression.@Nullable Zoned zoned(int index) {
        return expression(index) instanceof Expression.Zoned zoned ? zoned : null;
    }

    Branch branch() {
        return expressions.branch();
    }

    Typed translate(Expression expression) {
        return expressions.translate(expression);
    }

    SqlRefused unsupported(String what) {
        return SqlRefused.unsupported(what + " in " + name(), at());
    }
}
