package dev.sluice.local.sql;

import org.jspecify.annotations.Nullable;

/** Functions of JSON that are told by {@code wide_number_mode} what becomes of numbers that FLOAT64 rounds. */
final class WideNumbers {

    private WideNumbers() {}

    /** @param function of this package's functions, without the beginning of its name; its result has no type yet */
    static Typed read(Arguments arguments, String function) {
        @Nullable Expression mode = arguments.named("wide_number_mode");
        Typed json = arguments.require(1).to(Type.JSON, 0);
        String name = "bq_json_" + function;
        return mode == null
                ? json.as(Type.STRING, name + "(CAST(%s AS VARCHAR))")
                : Typed.of(
                        Type.STRING,
                        name + "_wide(CAST(%s AS VARCHAR), %s)",
                        json,
                        Coercions.to(Type.STRING, arguments.translate(mode), arguments.at()));
    }
}
