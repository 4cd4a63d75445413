package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Appends rows that may lack columns, which then are what they are by default. */
public final class LackingRows {

    /** In the place of a value that a row lacks. */
    public static final Object LACKS = new Object();

    private static final String STAGED = "_sluice_lacking";

    private final Connection connection;
    private final LoadTarget target;
    private final Map<String, String> defaults;

    /** @param defaults DuckDB's SQL of what columns are by default */
    public LackingRows(Connection connection, LoadTarget target, Map<String, String> defaults) {
        this.connection = connection;
        this.target = target;
        this.defaults = Map.copyOf(defaults);
    }

    /** In their order; rows in succession that lack the same go together. */
    public void append(List<@Nullable Object[]> rows) throws SQLException {
        int start = 0;
        while (start < rows.size()) {
            Set<Integer> lacks = lacks(rows.get(start));
            int end = start + 1;
            while (end < rows.size() && lacks(rows.get(end)).equals(lacks)) {
                end++;
            }
            append(rows.subList(start, end), lacks);
            start = end;
        }
    }

    private static Set<Integer> lacks(@Nullable Object[] row) {
        Set<Integer> places = new LinkedHashSet<>();
        for (int i = 0; i < row.length; i++) {
            if (LACKS.equals(row[i])) {
                places.add(i);
            }
        }
        return places;
    }

    private void append(List<@Nullable Object[]> rows, Set<Integer> lacks) throws SQLException {
        if (lacks.isEmpty()) {
            append(target, rows);
            return;
        }
        List<TableFieldSchema> given = new ArrayList<>(target.fields());
        given.removeAll(lacks.stream().map(target.fields()::get).toList());
        String names = given.stream().map(LackingRows::quoted).collect(Collectors.joining());
        execute("CREATE TABLE data.%s AS SELECT %s_sluice_from, _sluice_to FROM data.%s WITH NO DATA"
                .formatted(STAGED, names, target.table()));
        append(
                new LoadTarget(STAGED, given, target.commit(), target.job()),
                rows.stream().map(row -> without(row, lacks)).toList());
        execute("INSERT INTO data.%1$s (%2$s%3$s_sluice_from) SELECT %2$s%4$s_sluice_from FROM data.%5$s ORDER BY rowid"
                .formatted(
                        target.table(),
                        names,
                        lacks.stream().map(place -> quoted(field(place))).collect(Collectors.joining()),
                        lacks.stream()
                                .map(place -> defaults.get(field(place).getName()) + ", ")
                                .collect(Collectors.joining()),
                        STAGED));
        execute("DROP TABLE data." + STAGED);
    }

    private void append(LoadTarget to, List<@Nullable Object[]> rows) throws SQLException {
        try (RowAppender appender = RowAppender.open(connection, to)) {
            for (@Nullable Object[] row : rows) {
                appender.append(row);
            }
        }
    }

    private static @Nullable Object[] without(@Nullable Object[] row, Set<Integer> lacks) {
        @Nullable Object[] given = new Object[row.length - lacks.size()];
        int count = 0;
        for (int i = 0; i < row.length; i++) {
            if (!lacks.contains(i)) {
                given[count++] = row[i];
            }
        }
        return given;
    }

    private TableFieldSchema field(int place) {
        return target.fields().get(place);
    }

    /** With a comma behind it. */
    private static String quoted(TableFieldSchema field) {
        return "\"" + field.getName().replace("\"", "\"\"") + "\", ";
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
