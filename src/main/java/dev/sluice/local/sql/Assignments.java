package dev.sluice.local.sql;

import dev.sluice.local.sql.Merge.Assignment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an UPDATE sets, column by column: all of one, or fields within it. */
final class Assignments {

    private static final String WORDING = "Value of type %s cannot be assigned to %s, which has type %s";

    private final TargetTable target;
    private final ExpressionTranslator expressions;
    private final Map<Column, List<Assignment>> assigned = new LinkedHashMap<>();

    Assignments(TargetTable target, ExpressionTranslator expressions) {
        this.target = target;
        this.expressions = expressions;
    }

    /** @throws SqlRefused if what it sets is set already, or a part of it, or what it is a part of */
    void add(Column column, Assignment assignment) {
        List<Assignment> others = assigned.computeIfAbsent(column, any -> new ArrayList<>());
        List<String> path = path(assignment);
        Token at = assignment.path().get(0);
        for (Assignment other : others) {
            List<String> set = path(other);
            if (set.equals(path)) {
                throw new SqlRefused(
                        "invalidQuery",
                        "Update item %s assigned more than once at %s".formatted(assignment.name(), at.place()));
            }
            int common = Math.min(set.size(), path.size());
            if (set.subList(0, common).equals(path.subList(0, common))) {
                throw new SqlRefused(
                        "invalidQuery",
                        "Update item %s overlaps with %s at %s".formatted(assignment.name(), other.name(), at.place()));
            }
        }
        others.add(assignment);
    }

    private static List<String> path(Assignment assignment) {
        return assignment.path().stream()
                .map(part -> part.value().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** DuckDB's SQL for the new value of each column that is set. */
    Map<Column, String> values() {
        Map<Column, String> values = new LinkedHashMap<>();
        assigned.forEach((column, assignments) -> {
            Assignment first = assignments.get(0);
            boolean whole = first.path().size() == 1;
            values.put(
                    column,
                    whole && first.value() instanceof Expression.Default
                            ? target.defaultValue(column, first.value().at())
                            : TargetTable.value(
                                    column,
                                    whole
                                            ? expressions.wanted(column.type(), first.value())
                                            : changed(column, assignments),
                                    first.value().at(),
                                    WORDING));
        });
        return values;
    }

    private Typed changed(Column column, List<Assignment> assignments) {
        return changed(Typed.column(column.type(), column.qualified(Statement.TARGET)), assignments, 1);
    }

    /** @param depth how much of the paths leads to the struct */
    private Typed changed(Typed struct, List<Assignment> assignments, int depth) {
        Map<Token, List<Assignment>> within = new LinkedHashMap<>();
        for (Assignment assignment : assignments) {
            Token name = assignment.path().get(depth);
            Structs.field(struct, name);
            within.computeIfAbsent(known(within, name), any -> new ArrayList<>())
                    .add(assignment);
        }
        return Structs.replaced(struct, name -> replacement(struct, within, name, depth));
    }

    private static Token known(Map<Token, List<Assignment>> within, Token name) {
        return within.keySet().stream()
                .filter(each -> each.value().equalsIgnoreCase(name.value()))
                .findFirst()
                .orElse(name);
    }

    /** Null for a field that stays. */
    private @Nullable Typed replacement(
            Typed struct, Map<Token, List<Assignment>> within, @Nullable String field, int depth) {
        for (Map.Entry<Token, List<Assignment>> entry : within.entrySet()) {
            Assignment first = entry.getValue().get(0);
            if (entry.getKey().value().equalsIgnoreCase(field)) {
                Typed before = Structs.field(struct, entry.getKey());
                return first.path().size() > depth + 1
                        ? changed(before, entry.getValue(), depth + 1)
                        : assigned(before.type(), first);
            }
        }
        return null;
    }

    private Typed assigned(Type type, Assignment assignment) {
        Expression given = assignment.value();
        Typed value = given instanceof Expression.Default
                ? Typed.constant(Type.NULL, "NULL")
                : expressions.wanted(type, given);
        return Coercions.assigned(type, value, given.at(), WORDING.formatted(value.type(), assignment.name(), type));
    }
}
