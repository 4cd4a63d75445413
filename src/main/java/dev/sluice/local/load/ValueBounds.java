package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Values that DuckDB has and a table of BigQuery has not: years before 1 and after 9999, midnight as 24:00, NULL within an
 * array, what is beyond a column's limits or would have to be rounded to them.
 */
final class ValueBounds {

    private ValueBounds() {}

    /**
     * DuckDB's condition that a value is out of bounds; empty if none can be.
     *
     * @param of its expression
     * @param depth of arrays around it
     */
    static Optional<String> outside(String of, TableFieldSchema field, int depth) {
        if (!FieldType.isRepeated(field)) {
            return single(of, field, depth);
        }
        String element = "e" + depth;
        String bad = single(element, field, depth + 1)
                .map(condition -> "%s IS NULL OR %s".formatted(element, condition))
                .orElse(element + " IS NULL");
        return Optional.of("len(list_filter(%s, lambda %s: %s)) > 0".formatted(of, element, bad));
    }

    private static Optional<String> single(String of, TableFieldSchema field, int depth) {
        return switch (FieldType.of(field)) {
            case DATE, DATETIME, TIMESTAMP ->
                Optional.of("(NOT isfinite(%1$s) OR year(%1$s) NOT BETWEEN 1 AND 9999)".formatted(of));
            case TIME -> Optional.of("%s >= TIME '24:00:00'".formatted(of));
            case RECORD -> members(of, field, depth);
            default -> ValueLimits.has(field) ? Optional.of(beyond(of, field)) : Optional.empty();
        };
    }

    private static String beyond(String of, TableFieldSchema field) {
        return switch (FieldType.of(field)) {
            case STRING -> "length(%s) > %d".formatted(of, field.getMaxLength());
            case BYTES -> "octet_length(%s) > %d".formatted(of, field.getMaxLength());
            default ->
                "(%1$s <> round(%1$s, %2$d) OR abs(%1$s) > CAST('%3$s' AS DECIMAL(38, 9)))"
                        .formatted(
                                of,
                                ValueLimits.scale(field),
                                ValueLimits.most(field).toPlainString());
        };
    }

    private static Optional<String> members(String of, TableFieldSchema record, int depth) {
        String any = record.getFields().stream()
                .flatMap(member -> outside(of + "." + ExtractTexts.quoted(member.getName()), member, depth).stream())
                .collect(Collectors.joining(" OR "));
        return any.isEmpty() ? Optional.empty() : Optional.of("(" + any + ")");
    }
}
