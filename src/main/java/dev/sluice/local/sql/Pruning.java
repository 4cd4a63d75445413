package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Binary;
import dev.sluice.local.sql.Expression.Unary;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which partitions or blocks a condition leaves: those in which it may hold for some value between the least and the
 * greatest. What is not one of the documented predicates leaves all.
 */
final class Pruning {

    private static final Set<String> MIRRORED = Set.of("<", "<=", ">", ">=", "=");

    private final Translation translation;
    private final Constants constants;
    private final KeyReader keys;
    private final KeyBounds bounds;

    Pruning(Translation translation, Scope scope, KeyReader keys) {
        this.translation = translation;
        this.constants = new Constants(scope);
        this.keys = keys;
        this.bounds = new KeyBounds(translation);
    }

    Survivors of(@Nullable Expression condition) {
        if (condition instanceof Binary binary) {
            return binary(binary);
        }
        if (condition instanceof Expression.Is is && is.what().equals("NULL")) {
            return bare(is.operand(), true);
        }
        if (condition instanceof Unary not && not.at().is("NOT")) {
            return not.operand() instanceof Expression.Is is && is.what().equals("NULL")
                    ? bare(is.operand(), false)
                    : Survivors.ALL;
        }
        if (condition instanceof Expression.In in) {
            return any(in);
        }
        if (condition instanceof Expression.InArray in) {
            return any(in);
        }
        boolean never = condition instanceof Expression.Constant constant
                && constant.type().equals(Type.BOOL)
                && constant.value().equalsIgnoreCase("FALSE");
        return never ? Survivors.NONE : Survivors.ALL;
    }

    private Survivors binary(Binary binary) {
        Token operator = binary.at();
        if (operator.is("AND")) {
            return of(binary.left()).and(of(binary.right()));
        }
        if (operator.is("OR")) {
            return of(binary.left()).or(of(binary.right()));
        }
        if (!MIRRORED.contains(operator.text())) {
            return Survivors.ALL;
        }
        Survivors straight = compared(operator, binary.left(), binary.right());
        return straight.isAll() ? compared(mirrored(operator), binary.right(), binary.left()) : straight;
    }

    private static Token mirrored(Token operator) {
        return switch (operator.text()) {
            case "<" -> operator.symbol(">");
            case "<=" -> operator.symbol(">=");
            case ">" -> operator.symbol("<");
            case ">=" -> operator.symbol("<=");
            default -> operator;
        };
    }

    private Survivors compared(Token operator, Expression left, Expression constant) {
        Optional<Keyed> key = constants.is(constant) ? keys.key(left) : Optional.empty();
        return key.map(found -> compared(operator, found, constant)).orElse(Survivors.ALL);
    }

    private Survivors compared(Token operator, Keyed key, Expression constant) {
        String sql = switch (operator.text()) {
            case "<", "<=" -> bounds.least(key, new Binary(operator, key.expression(), constant));
            case ">", ">=" -> bounds.most(key, new Binary(operator, key.expression(), constant));
            default ->
                "(%s AND %s)"
                        .formatted(
                                bounds.least(key, new Binary(operator.symbol("<="), key.expression(), constant)),
                                bounds.most(key, new Binary(operator.symbol(">="), key.expression(), constant)));
        };
        return new Survivors(sql, true, key.withs());
    }

    private Survivors bare(Expression operand, boolean absent) {
        return keys.key(operand)
                .filter(Keyed::isAlone)
                .map(key -> new Survivors(
                        absent ? Scan.absent(key.key()) : "(%s IS NOT NULL)".formatted(Scan.least(key.key())),
                        true,
                        key.withs()))
                .orElse(Survivors.ALL);
    }

    private Survivors any(Expression.In in) {
        Survivors any = Survivors.NONE;
        for (Expression value : in.values()) {
            any = any.or(compared(in.at().symbol("="), in.operand(), value));
        }
        return any;
    }

    private Survivors any(Expression.InArray in) {
        Optional<Keyed> key = constants.is(in.array()) ? keys.key(in.operand()) : Optional.empty();
        return key.map(found -> any(found, in)).orElse(Survivors.ALL);
    }

    private Survivors any(Keyed key, Expression.InArray in) {
        Typed array = new ExpressionTranslator(translation, new QueryTranslator(translation), new Scope(null))
                .translate(in.array());
        if (!array.type().isArray()) {
            return Survivors.ALL;
        }
        Type element = array.type().element();
        Expression place = Expression.Name.of(in.at(), List.of(KeyBounds.ELEMENT));
        String low = bounds.least(key, new Binary(in.at().symbol("<="), key.expression(), place), element);
        String high = bounds.most(key, new Binary(in.at().symbol(">="), key.expression(), place), element);
        String sql = "(len(list_filter(%s, lambda %s: %s AND %s)) > 0)"
                .formatted(array.sql(), KeyBounds.VARIABLE, low, high);
        return new Survivors(sql, true, key.withs());
    }
}
