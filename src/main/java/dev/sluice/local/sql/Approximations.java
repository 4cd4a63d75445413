package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Call;
import java.util.ArrayList;
import java.util.List;

/** Aggregates that BigQuery approximates, and that are exact here. */
final class Approximations {

    private static final int MOST_QUANTILES = 1000;

    private Approximations() {}

    static Typed translate(Call call, Typed value) {
        Type type = value.type();
        if (!type.isComparable() || type.equals(Type.FLOAT64) && call.at().is("APPROX_TOP_COUNT")) {
            throw SqlRefused.unsupported(call.at().upper() + " of " + type, call.at());
        }
        return call.at().is("APPROX_TOP_COUNT") ? top(call, value) : quantiles(call, value);
    }

    private static int number(Call call) {
        if (call.arguments().get(1) instanceof Expression.Constant constant
                && constant.value().matches("[1-9]\\d{0,5}")) {
            return Integer.parseInt(constant.value());
        }
        throw SqlRefused.unsupported(call.at().upper() + " with anything but an integer literal", call.at());
    }

    /** Each is the least value that as large a part of the values does not exceed. */
    private static Typed quantiles(Call call, Typed value) {
        int number = number(call);
        if (number > MOST_QUANTILES) {
            throw SqlRefused.unsupported("more than " + MOST_QUANTILES + " quantiles", call.at());
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i <= number; i++) {
            parts.add("CAST('" + (double) i / number + "' AS DOUBLE)");
        }
        Typed finite = value.type().equals(Type.FLOAT64) ? Guards.onlyFinite(value) : value;
        String distinct = call.distinct() ? "DISTINCT " : "";
        return Typed.aggregated(
                Type.array(value.type()),
                "quantile_disc(" + distinct + "%s, [" + String.join(", ", parts) + "])",
                finite);
    }

    /** NULL is a value like others. */
    private static Typed top(Call call, Typed value) {
        Type entry = Type.struct(List.of(new Type.Part("value", value.type()), new Type.Part("count", Type.INT64)));
        String counted = "list_transform(map_entries(histogram(%1$s)), lambda _sluice_each:"
                + " struct_pack(c := -CAST(_sluice_each.value AS BIGINT), k := _sluice_each.key))";
        String nulls =
                "CASE WHEN count(*) > count(%1$s) THEN [struct_pack(c := count(%1$s) - count(*), k := CAST(NULL AS "
                        + value.type().duckDb() + "))] ELSE [] END";
        String sorted = "list_sort(list_concat(coalesce(" + counted + ", []), " + nulls + "))";
        return Typed.aggregated(
                Type.array(entry),
                "CASE WHEN count(*) > 0 THEN list_transform(list_slice(" + sorted + ", 1, " + number(call)
                        + "), lambda _sluice_each: struct_pack(\"value\" := _sluice_each.k, \"count\" := -_sluice_each.c)) END",
                value);
    }
}
