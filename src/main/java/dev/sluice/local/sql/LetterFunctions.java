package dev.sluice.local.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions of letters: as numbers, as sounds, and where they are. */
final class LetterFunctions {

    private LetterFunctions() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "CODE_POINTS_TO_STRING" ->
                numbers(arguments.require(1)).as(Type.STRING, "bq_code_points_text(CAST(%s AS VARCHAR))");
            case "CODE_POINTS_TO_BYTES" ->
                numbers(arguments.require(1)).as(Type.BYTES, "from_hex(bq_code_points_bytes(CAST(%s AS VARCHAR)))");
            case "TO_CODE_POINTS" ->
                letters(arguments.require(1)).as(Type.array(Type.INT64), "CAST(bq_to_code_points(%s) AS BIGINT[])");
            case "SAFE_CONVERT_BYTES_TO_STRING" ->
                arguments.require(1).to(Type.BYTES, 0).as(Type.STRING, "bq_readable(hex(%s))");
            case "FROM_BASE32" -> arguments.require(1).text(0).as(Type.BYTES, "from_hex(bq_from_base32(%s))");
            case "SOUNDEX" -> arguments.require(1).text(0).as(Type.STRING, "bq_soundex(%s)");
            case "EDIT_DISTANCE" -> distance(arguments.require(2));
            case "INSTR" -> place(arguments.require(2, 4));
            case "NORMALIZE_AND_CASEFOLD" -> folded(arguments.require(1, 2));
            default -> null;
        };
    }

    private static Typed numbers(Arguments arguments) {
        return Coercions.to(Type.array(Type.INT64), arguments.array(0), arguments.at());
    }

    private static Typed letters(Arguments arguments) {
        return arguments.typed(0).type().equals(Type.BYTES)
                ? arguments.typed(0).as(Type.STRING, "bq_latin(hex(%s))")
                : arguments.text(0);
    }

    private static Typed distance(Arguments arguments) {
        Typed distance = Typed.of(Type.INT64, "bq_edit_distance(%s, %s)", arguments.text(0), arguments.text(1));
        @Nullable Expression most = arguments.named("max_distance");
        if (most == null) {
            return distance;
        }
        String negative = Guards.error("max_distance must be non-negative", Type.INT64);
        return Typed.of(
                Type.INT64,
                "CASE WHEN %2$s < 0 THEN " + negative + " ELSE least(%1$s, %2$s + 0 * %1$s) END",
                distance,
                Coercions.to(Type.INT64, arguments.translate(most), arguments.at()));
    }

    private static Typed place(Arguments arguments) {
        if (arguments.count() == 2) {
            return Typed.total(Type.INT64, "(+strpos(%s, %s))", arguments.text(0), arguments.text(1));
        }
        Typed occurrence = arguments.count() == 4 ? arguments.integer(3) : Typed.constant(Type.INT64, "1");
        return Typed.of(
                Type.INT64,
                "bq_place(%s, CAST(%s AS VARCHAR) || ' ' || CAST(%s AS VARCHAR) || ' ' || %s)",
                arguments.text(0),
                arguments.integer(2),
                occurrence,
                arguments.text(1));
    }

    private static Typed folded(Arguments arguments) {
        String form = arguments.count() == 1 ? "NFC" : arguments.part(1).upper();
        if (!List.of("NFC", "NFD", "NFKC", "NFKD").contains(form)) {
            throw arguments.unsupported(form);
        }
        return arguments.text(0).as(Type.STRING, "bq_folded(%s, '" + form + "')");
    }
}
