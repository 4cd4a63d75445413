package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column of a Parquet file.
 *
 * @param type DuckDB's
 */
record ParquetColumn(TableFieldSchema field, String type) {

    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\(\\d+,(\\d+)\\)");
    private static final String LOST = "sluice loses decimals of ";
    private static final Pattern LOST_OF = Pattern.compile(LOST + "(.*)");

    String quoted() {
        return ExtractTexts.quoted(field.getName());
    }

    /** DuckDB's expression for its values; BigQuery has no NULL arrays. */
    String value() {
        if (FieldType.isRepeated(field)) {
            return "COALESCE(%s, [])".formatted(quoted());
        }
        if (type.equals("TIMESTAMP_NS")) {
            return whole("epoch_ns(%s) %% 1000 = 0".formatted(quoted()));
        }
        Matcher decimal = DECIMAL.matcher(type);
        return decimal.matches() && Integer.parseInt(decimal.group(1)) > ColumnValue.NUMERIC_SCALE
                ? whole("%1$s = round(%1$s, %2$d)".formatted(quoted(), ColumnValue.NUMERIC_SCALE))
                : quoted();
    }

    /** DuckDB would round. */
    private String whole(String condition) {
        return "CASE WHEN %1$s IS NULL OR %2$s THEN %1$s ELSE error('%3$s') END"
                .formatted(quoted(), condition, (LOST + field.getName()).replace("'", "''"));
    }

    /** The column whose value DuckDB would have had to round. */
    static Optional<String> lost(SQLException e) {
        Matcher lost = LOST_OF.matcher(String.valueOf(e.getMessage()));
        return lost.find() ? Optional.of(lost.group(1)) : Optional.empty();
    }
}
