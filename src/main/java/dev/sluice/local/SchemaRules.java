package dev.sluice.local;

import com.google.api.client.util.Data;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What columns may be called, and how BigQuery writes their types and modes, however a request does. */
final class SchemaRules {

    private static final int LONGEST_NAME = 300;
    private static final int DEEPEST = 15;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N}\\p{Pc}\\p{Pd}\\s&%=+:'<>#|]+");
    private static final Set<String> MODES = Set.of("NULLABLE", "REQUIRED", "REPEATED");
    private static final String HIDDEN = "_sluice_";
    private static final List<String> RESERVED =
            List.of("_partition", "_table_", "_file_", "_row_timestamp", "__root__", "_colidentifier");

    private static final Set<String> ROUNDING = Set.of("", "ROUNDING_MODE_UNSPECIFIED", "ROUND_HALF_AWAY_FROM_ZERO");

    private SchemaRules() {}

    /**
     * Types by their older names and modes in capitals, at whatever depth.
     *
     * @throws ApiError for a mode that there is not, or limits or a default value that a type cannot have
     */
    static void normalize(@Nullable TableSchema schema) {
        if (schema != null && schema.getFields() != null) {
            schema.getFields().forEach(SchemaRules::normalize);
            schema.getFields().stream().filter(field -> field.getType() != null).forEach(SchemaRules::requireUsable);
        }
    }

    /** @throws ApiError for limits or a default value that no column of its type, which is known, can have */
    static void requireUsable(TableFieldSchema field) {
        ColumnRules.requireLimits(field);
        ColumnDefaults.requireUsable(field);
    }

    /** @throws ApiError for another than BigQuery's own */
    static void requireRounding(@Nullable String mode) {
        if (mode != null && !Data.isNull(mode) && !ROUNDING.contains(mode)) {
            throw ApiError.unsupported("rounding mode " + mode);
        }
    }

    /** @throws ApiError for an order of texts that queries would not keep to */
    static void requireNoCollation(@Nullable String collation) {
        if (collation != null && !Data.isNull(collation) && !collation.isEmpty()) {
            throw ApiError.unsupported("collation " + collation);
        }
    }

    private static void normalize(TableFieldSchema field) {
        requireNoCollation(field.getCollation());
        Object precision = field.get("timestampPrecision");
        if (precision != null && !precision.toString().equals("6")) {
            throw ApiError.unsupported("timestamps of precision " + precision);
        }
        if (field.getType() != null) {
            field.setType(ColumnTypes.standard(field.getType().toUpperCase(Locale.ROOT)));
        }
        if (field.getMode() != null) {
            String mode = field.getMode().toUpperCase(Locale.ROOT);
            if (!mode.isEmpty() && !MODES.contains(mode)) {
                throw ApiError.invalid("Invalid value for mode: %s is not a valid value".formatted(field.getMode()));
            }
            field.setMode(mode.isEmpty() ? null : mode);
        }
        if (field.getPolicyTags() != null
                && (field.getPolicyTags().getNames() == null
                        || field.getPolicyTags().getNames().isEmpty())) {
            field.setPolicyTags(null);
        }
        if (field.getFields() != null) {
            field.getFields().forEach(SchemaRules::normalize);
        }
    }

    /** @throws ApiError for a name that no column can have, or that two have */
    static void requireNames(List<TableFieldSchema> fields) {
        for (TableFieldSchema field : fields) {
            String name = String.valueOf(field.getName()).toLowerCase(Locale.ROOT);
            if (RESERVED.stream().anyMatch(name::startsWith)) {
                throw ApiError.invalid(
                        ("Invalid field name \"%s\". Field names are not allowed to start with the (case-insensitive) prefixes"
                                        + " _PARTITION, _TABLE_, _FILE_, _ROW_TIMESTAMP, __ROOT__ and _COLIDENTIFIER")
                                .formatted(field.getName()));
            }
            if (name.startsWith(HIDDEN)) {
                throw ApiError.invalid("Invalid field name \"%s\": it is the server's".formatted(field.getName()));
            }
        }
        requireNamesWithin(fields, List.of());
    }

    private static void requireNamesWithin(List<TableFieldSchema> fields, List<String> path) {
        var names = new HashSet<String>();
        for (TableFieldSchema field : fields) {
            String name = field.getName();
            if (name == null
                    || name.length() > LONGEST_NAME
                    || !NAME.matcher(name).matches()) {
                throw ApiError.invalid(
                        ("Invalid field name \"%s\". Fields must contain the allowed characters, and be at most 300"
                                        + " characters long. For allowed characters, please refer to"
                                        + " https://cloud.google.com/bigquery/docs/schemas#column_names")
                                .formatted(name));
            }
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                throw ApiError.invalid("Invalid or duplicate field name \"%s\"".formatted(name));
            }
            if (field.getFields() != null) {
                requireNamesWithin(field.getFields(), below(path, name));
            }
        }
    }

    /** @throws ApiError for a path that has all levels already */
    private static List<String> below(List<String> path, String name) {
        List<String> longer = Stream.concat(path.stream(), Stream.of(name)).toList();
        if (longer.size() == DEEPEST) {
            throw ApiError.invalid("Schema nested too deeply for field %s, maximum allowed depth is %d."
                    .formatted(String.join(".", longer), DEEPEST));
        }
        return longer;
    }
}
