package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Binary;
import dev.sluice.local.sql.Expression.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives expressions their type and DuckDB's SQL. */
final class ExpressionTranslator {

    /** What a name stands for that stands for two things. */
    static final Typed AMBIGUOUS = Typed.constant(Type.NULL, "");

    private static final int MAX_DEPTH = 500;

    private final Translation translation;
    private final Scope scope;
    private final Arithmetic arithmetic = new Arithmetic(this::translate);
    private final CollectionTranslator collections = new CollectionTranslator(this);
    private final Subqueries subqueries;
    private final CallTranslator calls;
    private Set<String> groups = Set.of();
    private boolean grouped;
    private Map<String, Typed> aliases = Map.of();
    private int depth;

    ExpressionTranslator(Translation translation, QueryTranslator queries, Scope scope) {
        this.translation = translation;
        this.scope = scope;
        this.subqueries = new Subqueries(queries, scope);
        this.calls = new CallTranslator(this, scope);
    }

    /** From now on windows may be named, in lower case. */
    void windows(Map<String, Expression.Window> named) {
        calls.windows().know(named);
    }

    EagerValues eagerAggregates() {
        return calls.aggregates();
    }

    EagerValues eagerWindows() {
        return calls.windows().values();
    }

    /** From now on columns are read group by group. */
    void groupBy(Set<String> keys) {
        this.groups = keys;
        this.grouped = true;
    }

    /** Whether it is grouped by, as far as that is known yet. */
    boolean isKey(Typed value) {
        return !grouped || groups.contains(value.sql());
    }

    /** From now on names of the SELECT list, in lower case, mean what they stand for, even where columns have them. */
    void know(Map<String, Typed> selected) {
        this.aliases = selected;
    }

    Typed translate(Expression expression) {
        if (depth == MAX_DEPTH) {
            throw SqlRefused.unsupported("expressions that nest deeper than " + MAX_DEPTH, expression.at());
        }
        translation.count();
        depth++;
        Typed value = dispatch(expression);
        depth--;
        if (groups.contains(value.sql())) {
            return value.spokenFor(false);
        }
        return Subqueries.isOne(expression) ? value.without(groups) : value;
    }

    Typed bool(Expression expression) {
        return to(Type.BOOL, expression);
    }

    Typed to(Type type, Expression expression) {
        return Coercions.to(type, translate(expression), expression.at());
    }

    /** A value for a place of a type, which literals within constructors of arrays and structs may become. */
    Typed wanted(Type type, Expression expression) {
        return collections.wanted(type, expression);
    }

    private Typed dispatch(Expression expression) {
        if (expression instanceof Expression.Constant constant) {
            return Literals.constant(constant);
        }
        if (expression instanceof Expression.Parameter parameter) {
            return translation.parameter(parameter.at());
        }
        if (expression instanceof Expression.Name name) {
            return name(name);
        }
        if (expression instanceof Expression.Translated translated) {
            return translated.value();
        }
        if (expression instanceof Unary unary) {
            return unary(unary);
        }
        if (expression instanceof Binary binary) {
            return binary(binary);
        }
        if (expression instanceof Expression.Case cases) {
            return cases(cases);
        }
        if (expression instanceof Expression.Cast cast) {
            Typed value = Casts.cast(translate(cast.operand()), cast.type(), cast.safe(), cast.at());
            return cast.limits().enforced(value);
        }
        if (expression instanceof Expression.FormattedCast cast) {
            Expression zone = cast.zone();
            return new FormattedCasts(cast, zone == null ? Zone.utc(cast.at()) : Zone.of(zone, translate(zone)))
                    .translate(translate(cast.cast().operand()));
        }
        if (expression instanceof Expression.Call call) {
            return calls.translate(call, this::ungrouped);
        }
        boolean argument = expression instanceof Expression.Interval || expression instanceof Expression.Zoned;
        if (argument || expression instanceof Expression.Named || expression instanceof Expression.Default) {
            throw SqlRefused.unsupported(expression.at().upper() + " here", expression.at());
        }
        return test(expression);
    }

    private Typed test(Expression expression) {
        if (expression instanceof Expression.Is is) {
            return is(is);
        }
        if (expression instanceof Expression.In in) {
            return in(in);
        }
        if (expression instanceof Expression.Like like) {
            return Comparisons.like(like.at(), translate(like.operand()), translate(like.pattern()));
        }
        if (expression instanceof Expression.InQuery in) {
            return subqueries.in(in, translate(in.operand()));
        }
        if (expression instanceof Expression.Exists exists) {
            return subqueries.exists(exists);
        }
        return expression instanceof Expression.Scalar scalar ? subqueries.scalar(scalar) : collection(expression);
    }

    private Typed collection(Expression expression) {
        if (expression instanceof Expression.Array array) {
            return collections.array(array);
        }
        if (expression instanceof Expression.Struct struct) {
            return collections.struct(struct);
        }
        if (expression instanceof Expression.Field field) {
            return collections.field(field);
        }
        if (expression instanceof Expression.Subscript subscript) {
            return collections.subscript(subscript);
        }
        if (expression instanceof Expression.InArray in) {
            return collections.inArray(in);
        }
        return subqueries.array((Expression.ArrayQuery) expression);
    }

    private Typed name(Expression.Name name) {
        String only = name.parts().size() == 1 ? name.at().value().toLowerCase(Locale.ROOT) : "";
        Typed selected = aliases.get(only);
        if (selected == null) {
            return scope.resolve(name).orElseGet(() -> translation.variable(name));
        }
        if (selected.equals(AMBIGUOUS)) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Name %s is ambiguous at %s"
                            .formatted(name.at().value(), name.at().place()));
        }
        return selected;
    }

    private Typed unary(Unary unary) {
        Token operator = unary.at();
        NullLiterals.requireNone(operator, unary.operand());
        if (operator.is("NOT")) {
            return Typed.total(Type.BOOL, "(NOT %s)", bool(unary.operand()));
        }
        Typed operand = translate(unary.operand());
        if (operator.is("~")) {
            return BitFunctions.inverted(operator, operand);
        }
        return operator.is("-") ? Arithmetic.negated(operator, operand) : positive(operator, operand);
    }

    private static Typed positive(Token operator, Typed operand) {
        if (!operand.type().isNumber()) {
            throw Coercions.mismatch(operator, operand);
        }
        return operand;
    }

    private Typed binary(Binary binary) {
        Token operator = binary.at();
        if (Arithmetic.is(binary)) {
            return arithmetic.guarded(binary);
        }
        if (Between.is(binary)) {
            Binary low = (Binary) binary.left();
            Typed value = translate(low.left());
            return Between.of(binary, value, translate(low.right()), translate(((Binary) binary.right()).right()));
        }
        NullLiterals.requireNone(operator, binary.left(), binary.right());
        if (operator.is("AND") || operator.is("OR")) {
            Typed left = bool(binary.left());
            Typed right = Folding.after(left, bool(binary.right()));
            return Typed.chosen(Type.BOOL, "(%s " + operator.upper() + " %s)", Folding.unfolded(left), right);
        }
        if (operator.is("||")) {
            return Concatenation.of(operator, List.of(translate(binary.left()), translate(binary.right())));
        }
        Typed left = translate(binary.left());
        Typed right = translate(binary.right());
        if (BitFunctions.isOperator(operator)) {
            return BitFunctions.combined(operator, left, right);
        }
        return operator.is("DISTINCT")
                ? Comparisons.distinct(operator, left, right)
                : Comparisons.compare(operator, left, right);
    }

    private Typed is(Expression.Is is) {
        Typed operand = is.what().equals("NULL") ? translate(is.operand()) : bool(is.operand());
        return Typed.total(Type.BOOL, "(%s IS " + is.what() + ")", operand);
    }

    private Typed in(Expression.In in) {
        Typed operand = ChangingFunctions.requireNone(translate(in.operand()), in.at());
        Typed any = null;
        Token equal =
                new Token(Token.Kind.SYMBOL, "=", "=", in.at().line(), in.at().column());
        List<Typed> values = new ArrayList<>(List.of(operand));
        in.values().forEach(value -> values.add(translate(value)));
        Type common = Coercions.common(in.at(), values);
        // DuckDB forgets that a field may be NULL if all its other values are in the list
        boolean field = operand.sql().contains("struct_extract");
        if (!field && !common.equals(Type.FLOAT64) && !common.isStruct()) {
            List<Typed> alike = Coercions.toCommon(in.at(), values);
            String places = "%s" + ", %s".repeat(alike.size() - 2);
            return Typed.together(Type.BOOL, "(%s IN (" + places + "))", alike.toArray(Typed[]::new));
        }
        for (Typed value : values.subList(1, values.size())) {
            Typed same = Comparisons.compare(equal, operand, value);
            any = any == null ? same : Typed.together(Type.BOOL, "(%s OR %s)", any, same);
        }
        return Objects.requireNonNull(any);
    }

    private Typed cases(Expression.Case cases) {
        List<Typed> results = new ArrayList<>();
        cases.branches().forEach(branch -> results.add(translate(branch.result())));
        @Nullable Expression otherwise = cases.otherwise();
        if (otherwise != null) {
            results.add(translate(otherwise));
        }
        List<Typed> alike = Coercions.toCommon(cases.at(), results);
        List<Typed> operands = new ArrayList<>();
        var format = new StringBuilder("CASE");
        for (int i = 0; i < cases.branches().size(); i++) {
            operands.add(Folding.unfolded(condition(cases, cases.branches().get(i))));
            operands.add(alike.get(i));
            format.append(" WHEN %s THEN %s");
        }
        Type type = alike.get(0).type();
        operands.add(otherwise == null ? Typed.given(type, "NULL") : alike.get(alike.size() - 1));
        return Typed.chosen(type, format + " ELSE %s END", operands.toArray(Typed[]::new));
    }

    private Typed condition(Expression.Case cases, Expression.When branch) {
        @Nullable Expression operand = cases.operand();
        if (operand == null) {
            return bool(branch.condition());
        }
        Token at = cases.at();
        Token equal = new Token(Token.Kind.SYMBOL, "=", "=", at.line(), at.column());
        Typed value = ChangingFunctions.requireNone(translate(operand), at);
        return Comparisons.compare(equal, value, translate(branch.condition()));
    }

    /** As the rows are that a group consists of. */
    private Typed ungrouped(Expression expression) {
        Set<String> keys = groups;
        groups = Set.of();
        Typed value = translate(expression);
        groups = keys;
        return value;
    }
}
