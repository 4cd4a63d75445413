package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Call;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Functions of one row; whatever no family has is not known to mean the same in DuckDB. */
final class ScalarFunctions {

    private static final List<Function<Arguments, @Nullable Typed>> FAMILIES = List.of(
            ConditionalFunctions::translate,
            MathFunctions::translate,
            PowerFunctions::translate,
            SafeArithmetic::translate,
            TextFunctions::translate,
            TextLengths::translate,
            TextSearch::translate,
            PatternFunctions::translate,
            BytesFunctions::translate,
            NetFunctions::translate,
            LetterFunctions::translate,
            RangeFunctions::translate,
            BitFunctions::translate,
            JsonFunctions::translate,
            JsonChanging::translate,
            JsonLists::translate,
            VectorFunctions::translate,
            ArrayFunctions::translate,
            DateFunctions::translate,
            DateParts::translate,
            Epochs::translate,
            DateTruncation::translate,
            DateShifts::translate,
            DateBuckets::translate,
            DateDifferences::translate,
            DateFormats::translate,
            ChangingFunctions::translate);

    /** Functions of texts that mean the same of bytes. */
    private static final Set<String> BYTES_TOO = Set.of(
            "SUBSTR",
            "SUBSTRING",
            "LEFT",
            "RIGHT",
            "REVERSE",
            "REPLACE",
            "REPEAT",
            "TRIM",
            "LTRIM",
            "RTRIM",
            "LPAD",
            "RPAD",
            "STRPOS",
            "INSTR",
            "STARTS_WITH",
            "ENDS_WITH",
            "SPLIT",
            "TRANSLATE",
            "REGEXP_CONTAINS",
            "REGEXP_EXTRACT",
            "REGEXP_EXTRACT_ALL",
            "REGEXP_INSTR",
            "REGEXP_REPLACE",
            "REGEXP_SUBSTR");

    private final ExpressionTranslator expressions;

    ScalarFunctions(ExpressionTranslator expressions) {
        this.expressions = expressions;
    }

    private static Typed ofBytes(Typed text) {
        String bytes = "from_hex(bq_latin_bytes(%s))";
        if (text.type().isArray()) {
            String each = "list_transform(%s, lambda _sluice_text: " + bytes.formatted("_sluice_text") + ")";
            return text.as(Type.array(Type.BYTES), each);
        }
        return text.type().equals(Type.STRING) ? text.as(Type.BYTES, bytes) : text;
    }

    Typed translate(Call call) {
        Token name = call.at();
        if (call.star() || call.distinct()) {
            throw SqlRefused.syntax("Unexpected \"%s\"".formatted(call.star() ? "*" : "DISTINCT"), name);
        }
        var arguments = new Arguments(call, expressions);
        boolean bytes = BYTES_TOO.contains(arguments.name()) && arguments.haveBytes();
        if (bytes) {
            arguments.takeBytes();
        }
        for (Function<Arguments, @Nullable Typed> family : FAMILIES) {
            @Nullable Typed translated = family.apply(arguments);
            if (translated != null) {
                arguments.requireNoneNamed();
                return bytes ? ofBytes(translated) : translated;
            }
        }
        throw SqlRefused.own("Function not found: %s at %s; the local BigQuery does not have it"
                .formatted(name.text(), name.place()));
    }
}
