package dev.sluice.local.googlesql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Draws statements from {@code grammar.txt}. The same seed draws the same ones. */
public final class GeneratedSql {

    /**
     * A piece of a statement.
     *
     * @param symbol of the grammar that it stands for
     * @param form with a {x} for each part
     */
    public record Piece(String symbol, String form, List<Piece> parts) {

        public String text() {
            var each = parts.iterator();
            return SYMBOL.matcher(form)
                    .replaceAll(match -> Matcher.quoteReplacement(each.next().text()));
        }
    }

    private static final Pattern SYMBOL = Pattern.compile("\\{([a-zA-Z]+)}");
    private static final int DEPTH = 4;
    private static final Map<String, List<String>> GRAMMAR = read();

    private final Random random;

    public GeneratedSql(long seed) {
        this.random = new Random(seed);
    }

    private static Map<String, List<String>> read() {
        var file = Objects.requireNonNull(GeneratedSql.class.getResourceAsStream("grammar.txt"));
        Map<String, List<String>> grammar = new HashMap<>();
        try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> line.matches("\\w+: .*")).forEach(line -> {
                String[] sides = line.split(": ", 2);
                grammar.computeIfAbsent(sides[0], symbol -> new ArrayList<>()).add(sides[1]);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return grammar;
    }

    public Piece draw(String symbol) {
        return draw(symbol, DEPTH);
    }

    private Piece draw(String symbol, int depth) {
        String form = pick(forms(symbol, depth));
        List<Piece> parts = SYMBOL.matcher(form)
                .results()
                .map(match -> draw(match.group(1), depth - 1))
                .toList();
        return new Piece(symbol, form, parts);
    }

    /** Those without parts when it is deep enough, if there are any. */
    private static List<String> forms(String symbol, int depth) {
        List<String> forms = Objects.requireNonNull(GRAMMAR.get(symbol), symbol);
        List<String> leaves =
                forms.stream().filter(form -> !SYMBOL.matcher(form).find()).toList();
        return depth > 0 || leaves.isEmpty() ? forms : leaves;
    }

    private <T> T pick(List<T> ones) {
        return ones.get(random.nextInt(ones.size()));
    }

    /** So many rows for {@code house.t} as a query; NULL is frequent, and so are values that meet. */
    public String rows(int count) {
        List<String> rows = new ArrayList<>();
        for (int id = 1; id <= count; id++) {
            rows.add("SELECT %d AS id, %s".formatted(id, row()));
        }
        return String.join(" UNION ALL ", rows);
    }

    private String row() {
        return String.join(
                ", ",
                value("a", "INT64", "0", "1", "2", "3", "5", "-4"),
                value("b", "INT64", "1", "2", "3", "40"),
                value("f", "FLOAT64", "0.5", "-1.25", "2.5", "0.0", "1e3", "0.1"),
                value("n", "NUMERIC", "'1.5'", "'-2.25'", "'0'", "'10.123456789'", "'2.5'", "'99999'"),
                value("s", "STRING", "'a'", "'ab'", "'abc'", "''", "'12'", "' a '", "'Ähre'", "'A'", "'x-b'"),
                value("u", "STRING", "'a'", "'ab'", "'b'", "'7'", "'2024-02-29'"),
                value("d", "DATE", "'2024-02-29'", "'2025-01-31'", "'2024-12-30'", "'1969-12-31'", "'2026-06-07'"),
                value(
                        "m",
                        "DATETIME",
                        "'2024-03-31 02:30:00'",
                        "'1999-12-31 23:59:59.999999'",
                        "'2024-02-29 12:00:00'"),
                value("h", "TIME", "'00:00:00'", "'12:34:56.789'", "'23:59:59.999999'"),
                value(
                        "ts",
                        "TIMESTAMP",
                        "'2024-03-31 01:30:00+00'",
                        "'2025-12-31 23:59:59.999999+00'",
                        "'1970-01-01 00:00:00+00'"),
                value("ok", "BOOL", "TRUE", "FALSE"),
                value("raw", "BYTES", "b'a'", "b'\\x00\\xff'", "b''", "b'ab'"),
                pick(List.of("[1, 2]", "[3]", "[2, 2, 0]", "CAST([] AS ARRAY<INT64>)")) + " AS xs",
                pick(List.of("['a', 'b']", "['']", "['z', 'a']", "CAST([] AS ARRAY<STRING>)")) + " AS ss",
                pick(List.of("STRUCT(1 AS x, 'p' AS y)", "STRUCT(CAST(NULL AS INT64) AS x, 'q' AS y)")) + " AS p",
                "PARSE_JSON('%s') AS j"
                        .formatted(pick(List.of(
                                "{\"a\":1,\"b\":\"x\",\"l\":[1,2]}", "{\"a\":7}", "{\"b\":\"yes\",\"l\":[]}"))));
    }

    private String value(String column, String type, String... values) {
        String value = random.nextInt(5) == 0 ? "NULL" : pick(List.of(values));
        return "CAST(%s AS %s) AS %s".formatted(value, type, column);
    }

    /** Rows for {@code house.r}. */
    public String otherRows(int count) {
        List<String> rows = new ArrayList<>();
        for (int id = 1; id <= count; id++) {
            rows.add("SELECT %d AS rid, %s, %s"
                    .formatted(
                            id * 2,
                            value("ra", "INT64", "0", "1", "2", "5", "5"),
                            value("rs", "STRING", "'a'", "'ab'", "'b'", "''")));
        }
        return String.join(" UNION ALL ", rows);
    }
}
