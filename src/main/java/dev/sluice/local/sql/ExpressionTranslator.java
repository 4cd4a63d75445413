package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Binary;
import dev.sluice.local.sql.Expression.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Gives expressions their type and DuckDB's SQL. */
final class ExpressionTranslator {

    private static final int MAX_DEPTH = 500;

    private final Translation translation;
    private final Scope scope;
    private final OperatorTranslator operators;
    private final CollectionTranslator collections = new CollectionTranslator(this);
    private final Subqueries subqueries;
    private final CallTranslator calls;
    private GroupKeys groups = GroupKeys.NONE;
    private boolean grouped;
    private int depth;

    ExpressionTranslator(Translation translation, QueryTranslator queries, Scope scope) {
        this.translation = translation;
        this.scope = scope;
        this.operators = new OperatorTranslator(this, translation.scans());
        this.subqueries = new Subqueries(queries, scope);
        this.calls = new CallTranslator(this, scope);
    }

    /** From now on windows may be named, in lower case. */
    void windows(Map<String, Expression.Window> named) {
        calls.windows().know(named);
    }

    String user() {
        return translation.relations().user();
    }

    EagerValues eagerAggregates() {
        return calls.aggregates();
    }

    EagerValues eagerWindows() {
        return calls.windows().values();
    }

    /** From now on columns are read group by group. */
    void groupBy(GroupKeys keys) {
        this.groups = keys;
        this.grouped = true;
        scope.branch().groupBy(keys.keys());
    }

    /** Whether it is grouped by, as far as that is known yet. */
    boolean isKey(Typed value) {
        return !grouped || groups.has(value.sql());
    }

    /** From now on names of the SELECT list, in lower case, mean what they stand for, even where columns have them. */
    void know(Map<String, Typed> selected) {
        scope.know(selected);
    }

    Typed translate(Expression expression) {
        if (depth == MAX_DEPTH) {
            throw SqlRefused.unsupported("expressions that nest deeper than " + MAX_DEPTH, expression.at());
        }
        translation.count();
        depth++;
        Typed value = dispatch(expression);
        depth--;
        Typed read = groups.read(expression, value);
        return Subqueries.isOne(expression) ? read.without(scope.readWithin()) : read;
    }

    Branch branch() {
        return scope.branch();
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
            return scope.resolve(name).orElseGet(() -> translation.variable(name));
        }
        if (expression instanceof Expression.Let let) {
            return let(let);
        }
        if (expression instanceof Expression.Translated translated) {
            return translated.value();
        }
        if (expression instanceof Unary unary) {
            return operators.unary(unary);
        }
        if (expression instanceof Binary binary) {
            return operators.binary(binary);
        }
        if (expression instanceof Expression.Case cases) {
            return new CaseTranslator(this, cases).translate();
        }
        if (expression instanceof Expression.Cast cast) {
            Typed value = Casts.cast(translate(cast.operand()), cast.type(), cast.safe(), cast.at());
            return cast.limits().enforced(value);
        }
        if (expression instanceof Expression.FormattedCast cast) {
            if (NullLiterals.is(cast.format())) {
                return FormattedCasts.unknown(cast, translate(cast.cast().operand()));
            }
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

    /** What may fail of the variables is computed whether or not they are read. */
    private Typed let(Expression.Let let) {
        List<Typed> operands = new ArrayList<>();
        Map<String, Typed> outside = scope.variables();
        for (Query.Computed variable : let.variables()) {
            Token name = Objects.requireNonNull(variable.alias());
            Typed value = ChangingFunctions.requireNone(translate(variable.expression()), name);
            scope.define(name, value);
            operands.add(value);
        }
        Typed result = translate(let.result());
        scope.restore(outside);
        if (operands.stream().noneMatch(operand -> operand.facts().fallible())) {
            return result;
        }
        operands.add(0, result);
        return Typed.together(result.type(), "%1$s", operands.toArray(Typed[]::new));
    }

    private Typed test(Expression expression) {
        if (expression instanceof Expression.Is is) {
            return operators.is(is);
        }
        if (expression instanceof Expression.In in) {
            return operators.in(in);
        }
        if (expression instanceof Expression.Like like) {
            return operators.like(like);
        }
        if (expression instanceof Expression.LikeListed like) {
            return operators.likeListed(like);
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
        if (expression instanceof Expression.LikeArray like) {
            return collections.likeArray(like);
        }
        return subqueries.array((Expression.ArrayQuery) expression);
    }

    /** As the rows are that a group consists of. */
    private Typed ungrouped(Expression expression) {
        GroupKeys keys = groups;
        groups = GroupKeys.NONE;
        Typed value = scope.withoutVariables(() -> translate(expression));
        groups = keys;
        return value;
    }
}
