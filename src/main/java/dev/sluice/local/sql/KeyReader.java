package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the keys of a table in expressions, as the documentation of partition pruning says. */
final class KeyReader {

    private static final Set<String> KEEP_ORDER = Set.of(
            "DATE_ADD",
            "DATE_SUB",
            "DATE_DIFF",
            "DATE_TRUNC",
            "DATETIME_DIFF",
            "TIMESTAMP_ADD",
            "TIMESTAMP_SUB",
            "TIMESTAMP_DIFF",
            "TIMESTAMP_TRUNC");
    private static final Set<String> FORMATS = Set.of("%F", "%Y-%m-%d", "%Y%m%d");

    private final Function<Expression.Name, Optional<Keyed>> keys;
    private final Constants constants;

    /** @param keys what key a name stands for */
    KeyReader(Function<Expression.Name, Optional<Keyed>> keys, Constants constants) {
        this.keys = keys;
        this.constants = constants;
    }

    Optional<Keyed> key(Expression expression) {
        if (expression instanceof Expression.Name name) {
            return keys.apply(name);
        }
        if (expression instanceof Expression.Cast cast && cast.type().equals(Type.DATE)) {
            return key(cast.operand())
                    .filter(Keyed::functions)
                    .map(key -> key.within(
                            new Expression.Cast(cast.at(), key.expression(), Type.DATE, TypeLimits.NONE, cast.safe())));
        }
        return expression instanceof Expression.Call call ? key(call) : Optional.empty();
    }

    private Optional<Keyed> key(Expression.Call call) {
        int place = place(call);
        if (place < 0 || place >= call.arguments().size() || call.safe()) {
            return Optional.empty();
        }
        List<Expression> others = new ArrayList<>(call.arguments());
        Expression argument = others.remove(place);
        if (!constants.are(others.stream().filter(other -> !isPart(call, other)).toList())) {
            return Optional.empty();
        }
        return key(argument).filter(Keyed::functions).map(key -> {
            others.add(place, key.expression());
            return key.within(new Expression.Call(call.at(), List.copyOf(others)));
        });
    }

    /** Which argument may be the key; -1 if none. */
    private static int place(Expression.Call call) {
        String name = call.at().upper();
        int count = call.arguments().size();
        if (KEEP_ORDER.contains(name) && count <= 3 || name.equals("DATE") && count == 1) {
            return 0;
        }
        boolean extract = name.equals("EXTRACT")
                && count == 2
                && isYearOrDate(call.arguments().get(0));
        boolean format = name.equals("FORMAT_TIMESTAMP")
                && count == 2
                && isFormat(call.arguments().get(0));
        return extract || format ? 1 : -1;
    }

    /** Names of parts may be names of columns, too. */
    private static boolean isPart(Expression.Call call, Expression argument) {
        List<Expression> all = call.arguments();
        Expression part = all.get(call.at().is("EXTRACT") ? 0 : all.size() - 1);
        return argument.equals(part) && part instanceof Expression.Name;
    }

    private static boolean isYearOrDate(Expression part) {
        return part.at().is("YEAR") || part.at().is("DATE");
    }

    private static boolean isFormat(@Nullable Expression format) {
        return format instanceof Expression.Constant constant
                && constant.type().equals(Type.STRING)
                && FORMATS.contains(constant.value());
    }
}
