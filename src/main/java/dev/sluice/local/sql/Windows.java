package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions over windows. */
final class Windows {

    private static final Set<String> RANKS = Set.of("ROW_NUMBER", "RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST");
    private static final Set<String> VALUES = Set.of("FIRST_VALUE", "LAST_VALUE", "NTH_VALUE");
    private static final Set<String> PLACES = Set.of("LAG", "LEAD", "NTILE");

    private static final Set<String> PERCENTILES = Set.of("PERCENTILE_CONT", "PERCENTILE_DISC");

    private final ExpressionTranslator expressions;
    private final WindowSpecifications specifications;
    private final EagerValues values = new EagerValues();
    private Map<String, Expression.Window> named = Map.of();

    Windows(ExpressionTranslator expressions) {
        this.expressions = expressions;
        this.specifications = new WindowSpecifications(expressions);
    }

    /** @param windows by lower-case name */
    void know(Map<String, Expression.Window> windows) {
        this.named = windows;
    }

    /** Those that were translated. */
    EagerValues values() {
        return values;
    }

    static boolean isOnlyOne(Token name) {
        String upper = name.upper();
        return RANKS.contains(upper) || VALUES.contains(upper) || PLACES.contains(upper) || PERCENTILES.contains(upper);
    }

    Typed translate(Call call) {
        Token at = call.at();
        Expression.Window over = window(call.over(), at);
        List<Typed> arguments = new ArrayList<>();
        call.arguments().forEach(argument -> arguments.add(expressions.translate(argument)));
        if (call.distinct()) {
            requireDistinct(call, over);
        }
        if (!call.modifiers().order().isEmpty() || call.modifiers().limit() != null) {
            throw SqlRefused.unsupported("ORDER BY or LIMIT in a function over a window", at);
        }
        return values.add(at, framed(call, over, arguments).overWindow());
    }

    private Typed framed(Call call, Expression.Window over, List<Typed> arguments) {
        Typed value = function(call, over, arguments);
        return specifications
                .leadsNowhere(over)
                .map(nowhere -> Typed.chosen(
                        value.type(),
                        "CASE WHEN %s THEN %s ELSE %s END",
                        nowhere,
                        function(call, over.with(Frames.upToPeers(Objects.requireNonNull(over.frame()))), arguments),
                        value))
                .orElse(value);
    }

    /** In whatever order the rows are. */
    private static void requireDistinct(Call call, Expression.Window over) {
        if (!Set.of("COUNT", "SUM", "AVG", "MIN", "MAX").contains(call.at().upper())) {
            throw SqlRefused.unsupported("DISTINCT in " + call.at().upper() + " over a window", call.at());
        }
        if (!over.order().isEmpty() || over.frame() != null) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Window ORDER BY is not allowed if DISTINCT is specified at "
                            + call.at().place());
        }
    }

    private Expression.Window window(Expression.@Nullable Window over, Token at) {
        if (over == null) {
            throw new IllegalArgumentException(at.text());
        }
        return NamedWindows.extended(over, named);
    }

    private Typed function(Call call, Expression.Window over, List<Typed> arguments) {
        Token at = call.at();
        String name = at.upper();
        if (RANKS.contains(name)) {
            requireCount(call, 0);
            if (!at.is("ROW_NUMBER")) {
                WindowSpecifications.requireOrder(over, at);
            }
            WindowSpecifications.requireNoFrame(over, at);
            boolean fraction = at.is("PERCENT_RANK") || at.is("CUME_DIST");
            return over(at.text() + "()", over, List.of(), fraction ? Type.FLOAT64 : Type.INT64);
        }
        if (PLACES.contains(name)) {
            requireNullsUnsaid(call);
            WindowSpecifications.requireOrder(over, at);
            WindowSpecifications.requireNoFrame(over, at);
            return at.is("NTILE") ? tiles(call, over, arguments) : neighbour(call, over, arguments);
        }
        if (VALUES.contains(name)) {
            WindowSpecifications.requireOrder(over, at);
            return value(call, over, arguments);
        }
        if (PERCENTILES.contains(name)) {
            return percentile(call, over, arguments);
        }
        if (!Aggregates.isOne(at)) {
            throw SqlRefused.own(
                    "Function %s cannot be used over a window, or the local BigQuery does not have it at %s"
                            .formatted(name, at.place()));
        }
        if (call.modifiers().ignoreNulls() != null && !at.is("ARRAY_AGG")) {
            throw SqlRefused.unsupported("IGNORE NULLS in " + name + " over a window", at);
        }
        Typed aggregate = Aggregates.overWindow(call, arguments, specifications.sql(over));
        return specifications.reading(aggregate, over);
    }

    private static void requireCount(Call call, int count) {
        if (call.arguments().size() != count) {
            throw new SqlRefused(
                    "invalidQuery",
                    "No matching signature for analytic function %s with %d arguments at %s"
                            .formatted(
                                    call.at().upper(),
                                    call.arguments().size(),
                                    call.at().place()));
        }
    }

    private static void requireNullsUnsaid(Call call) {
        if (call.modifiers().ignoreNulls() != null) {
            throw new SqlRefused(
                    "invalidQuery",
                    "IGNORE NULLS and RESPECT NULLS are not allowed for analytic function %s at %s"
                            .formatted(call.at().upper(), call.at().place()));
        }
    }

    private Typed tiles(Call call, Expression.Window over, List<Typed> arguments) {
        requireCount(call, 1);
        Typed count = Settled.number(call.arguments().get(0), arguments.get(0), 1, "The argument to NTILE");
        return over("ntile(%s)", over, List.of(count), Type.INT64);
    }

    private Typed neighbour(Call call, Expression.Window over, List<Typed> arguments) {
        if (arguments.isEmpty() || arguments.size() > 3) {
            requireCount(call, 1);
        }
        List<Typed> operands = new ArrayList<>(arguments);
        if (arguments.size() > 1) {
            String what = "Argument 2 to " + call.at().upper();
            operands.set(1, Settled.number(call.arguments().get(1), arguments.get(1), 0, what));
        }
        if (operands.size() == 3) {
            requireConstant(call, arguments.get(2));
            List<Typed> alike = Coercions.toCommon(call.at(), List.of(operands.get(0), operands.get(2)));
            operands.set(0, alike.get(0));
            operands.set(2, alike.get(1));
        }
        String places = "%s" + ", %s".repeat(operands.size() - 1);
        String name = call.at().is("LAG") ? "lag" : "lead";
        return over(name + "(" + places + ")", over, operands, operands.get(0).type());
    }

    private static void requireConstant(Call call, Typed value) {
        if (!Settled.isConstant(value)) {
            throw SqlRefused.wrong(
                    "The third argument (the default expression) to "
                            + call.at().upper() + " must be constant",
                    call.arguments().get(2).at());
        }
    }

    private Typed value(Call call, Expression.Window over, List<Typed> arguments) {
        requireCount(call, call.at().is("NTH_VALUE") ? 2 : 1);
        List<Typed> operands = new ArrayList<>(arguments);
        if (operands.size() == 2) {
            operands.set(1, Settled.number(call.arguments().get(1), arguments.get(1), 1, "Argument 2 to NTH_VALUE"));
        }
        String places = "%s" + ", %s".repeat(operands.size() - 1);
        String name = call.at().text().toLowerCase(Locale.ROOT);
        return over(
                name + "(" + places + nulls(call) + ")",
                over,
                operands,
                operands.get(0).type());
    }

    private Typed percentile(Call call, Expression.Window over, List<Typed> arguments) {
        requireCount(call, 2);
        if (!over.order().isEmpty() || over.frame() != null) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Window ORDER BY is not allowed for analytic function %s at %s"
                            .formatted(call.at().upper(), call.at().place()));
        }
        Typed percentile =
                new Percentiles(call, specifications.sql(over)).translate(arguments.get(0), arguments.get(1));
        return specifications.reading(percentile, over);
    }

    private static String nulls(Call call) {
        return Boolean.TRUE.equals(call.modifiers().ignoreNulls()) ? " IGNORE NULLS" : "";
    }

    private Typed over(String function, Expression.Window over, List<Typed> operands, Type type) {
        String specification = specifications.sql(over).replace("%", "%%");
        Typed value = Typed.aggregated(type, "(" + function + specification + ")", operands.toArray(Typed[]::new));
        return specifications.reading(value, over);
    }
}
