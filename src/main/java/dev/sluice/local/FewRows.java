package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a small result, told by the statement that computes it, which is cheaper than to read them again.
 *
 * @param texts those of the {@link Cells} of each row
 */
record FewRows(List<List<@Nullable String>> texts) {

    private static final int MOST = 100;

    /** In characters of all rows. */
    private static final int LONGEST = 10_000;

    /** What reads more may find many rows, which are better not told. */
    private static final long BYTES = 1 << 20;

    /**
     * Whether it is worth trying, and what it gives is the same for all who ask.
     *
     * @param read bytes, null if that is not told
     */
    static boolean areTold(List<TableFieldSchema> fields, @Nullable Long read) {
        return read != null
                && read <= BYTES
                && fields.stream()
                        .allMatch(field -> Cells.sql(field, TimestampFormat.INT64)
                                .equals(Cells.sql(field, TimestampFormat.FLOAT64)));
    }

    /** The clause that tells them. */
    static String returning(List<TableFieldSchema> fields) {
        return fields.stream()
                .map(field -> Cells.sql(field, TimestampFormat.FLOAT64))
                .collect(Collectors.joining(", ", " RETURNING ", ""));
    }

    /** Whether they can be read back from their texts. */
    static boolean areReadBack(List<TableFieldSchema> fields) {
        return fields.stream().allMatch(Cells::isReadBack);
    }

    /** Empty if they are many, or long. */
    static Optional<FewRows> read(ResultSet result) throws SQLException {
        int width = result.getMetaData().getColumnCount();
        List<List<@Nullable String>> rows = new ArrayList<>();
        long length = 0;
        while (result.next()) {
            List<@Nullable String> row = Rows.texts(result, width);
            length += row.stream()
                    .mapToLong(text -> text == null ? 0 : text.length())
                    .sum();
            if (rows.size() == MOST || length > LONGEST) {
                return Optional.empty();
            }
            rows.add(row);
        }
        return Optional.of(new FewRows(rows));
    }

    /** As answers tell them, if they fit on the page; empty otherwise. */
    Optional<List<TableRow>> on(Page page, List<TableFieldSchema> fields) {
        return page.start() == 0 && texts.size() < page.size()
                ? Optional.of(texts.stream().map(row -> Cells.row(row, fields)).toList())
                : Optional.empty();
    }
}
