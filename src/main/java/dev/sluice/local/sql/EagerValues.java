package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums and means, of groups or over windows, that may overflow. BigQuery computes them for every group or row, whether or not a
 * branch or a condition asks for them; DuckDB computes what may fail of them where their value is used.
 */
final class EagerValues {

    private final Map<String, Typed> values = new LinkedHashMap<>();

    Typed add(Token function, Typed value) {
        if (isExact(function, value)) {
            values.put(value.sql(), value);
        }
        return value;
    }

    /**
     * @param condition DuckDB's SQL, empty if there is none
     * @param selected what is computed anyway where there is no condition
     * @return the same condition, before which they are computed
     */
    String before(String condition, SelectList selected) {
        boolean computed = condition.isEmpty()
                && selected.values().stream().map(Typed::sql).toList().containsAll(values.keySet());
        if (computed) {
            return "";
        }
        List<Typed> operands = new ArrayList<>();
        operands.add(condition.isEmpty() ? Typed.constant(Type.BOOL, "true") : Typed.given(Type.BOOL, condition));
        operands.addAll(values.values());
        return values.isEmpty() ? condition : Repeated.together("%1$s", operands.toArray(Typed[]::new));
    }

    /** Not those of FLOAT64: what may fail of them is a guard of our own, which values that are not finite reach, too. */
    private static boolean isExact(Token function, Typed value) {
        return (function.is("SUM") || function.is("AVG")) && !value.type().equals(Type.FLOAT64);
    }
}
