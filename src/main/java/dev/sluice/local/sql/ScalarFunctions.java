package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Call;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Functions of one row; whatever no family has is not known to mean the same in DuckDB. */
final class ScalarFunctions {

    private static final List<Function<Arguments, @Nullable Typed>> FAMILIES = List.of(
            ConditionalFunctions::translate,
            MathFunctions::translate,
            SafeArithmetic::translate,
            TextFunctions::translate,
            TextLengths::translate,
            PatternFunctions::translate,
            BytesFunctions::translate,
            JsonFunctions::translate,
            ArrayFunctions::translate,
            DateFunctions::translate,
            DateParts::translate,
            Epochs::translate,
            DateTruncation::translate,
            DateShifts::translate,
            DateDifferences::translate,
            DateFormats::translate,
            ChangingFunctions::translate);

    private final ExpressionTranslator expressions;

    ScalarFunctions(ExpressionTranslator expressions) {
        this.expressions = expressions;
    }

    Typed translate(Call call) {
        Token name = call.at();
        if (call.star() || call.distinct()) {
            throw SqlRefused.syntax("Unexpected \"%s\"".formatted(call.star() ? "*" : "DISTINCT"), name);
        }
        var arguments = new Arguments(call, expressions);
        for (Function<Arguments, @Nullable Typed> family : FAMILIES) {
            @Nullable Typed translated = family.apply(arguments);
            if (translated != null) {
                return translated;
            }
        }
        throw new SqlRefused(
                "invalidQuery",
                "Function not found: %s at %s; the local BigQuery does not have it"
                        .formatted(name.text(), name.place()));
    }
}
