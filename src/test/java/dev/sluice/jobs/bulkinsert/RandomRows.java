package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.TableColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Right rows of a table, in every form that a value may have; the first column is their number. */
final class RandomRows {

    private static final int NULL_OF = 6;
    private static final List<String> TEXTS =
            List.of("\"\"", "\"a\"", "\"äb\"", "\"😀\"", "\"\\\"\\\\\"", "\"\\u00e9\\n\"", "\"\\ud83d\\ude00\"");
    private static final List<String> INTEGERS =
            List.of("0", "-1", "\"+7\"", "9223372036854775807", "\"-9223372036854775808\"", "\"007\"");
    private static final List<String> FLOATS = List.of(
            "0", "\"-0.0\"", "1e308", "\"NaN\"", "\"Infinity\"", "\"-Infinity\"", "0.1", "\"1.5E-3\"", "4.9e-324");
    private static final List<String> NUMERICS = List.of(
            "0",
            "1.5",
            "\"-99999999999999999999999999999.999999999\"",
            "1e28",
            "\".5\"",
            "\"+5.\"",
            "-0.000000001",
            "1.10");
    private static final List<String> BIG_NUMERICS = List.of(
            "7",
            "\"578960446186580977117854925043439539266.34992332820282019728792003956564819967\"",
            "\"-578960446186580977117854925043439539266.34992332820282019728792003956564819967\"",
            "\"1e38\"",
            "\"1e-38\"",
            "-12.50");
    private static final List<String> BOOLS = List.of("true", "false", "\"TRUE\"", "\"False\"");
    private static final List<String> DATES =
            List.of("\"0001-01-01\"", "\"9999-12-31\"", "\"2024-02-29\"", "\"1969-12-31\"");
    private static final List<String> TIMES = List.of("00:00:00", "23:59:59.999999", "08:00:00.1", "12:34:56.000007");
    private static final List<String> ZONES = List.of("", "Z", "z", " UTC", "UTC", "+00", "+05:30", "-13:59", "+14:00");
    private static final List<String> BYTES = List.of("\"\"", "\"YWJj\"", "\"AA==\"", "\"/+8=\"");
    private static final List<String> DOCUMENTS = List.of(
            "{}",
            "[]",
            "\"text \\\"x\\\" ä\"",
            "true",
            "1.50",
            "1e5",
            "-0.0",
            "18446744073709551615",
            "{\"a\":[1,2.5,null,{\"b\":\"\\u00e9\"}],\"c\":{\"d\":[[]]}}");

    private final List<TableColumn> columns;
    private final Random random;

    RandomRows(List<TableColumn> columns, long seed) {
        this.columns = columns;
        this.random = new Random(seed);
    }

    List<String> lines(int rows) {
        return IntStream.range(0, rows).mapToObj(this::line).toList();
    }

    private String line(int number) {
        return object(
                columns.subList(1, columns.size()),
                Stream.of("\"%s\":%d".formatted(columns.get(0).name(), number)));
    }

    /** Members may be missing or null, and stand in any order. */
    private String object(List<TableColumn> some, Stream<String> first) {
        List<String> members = new ArrayList<>(first.toList());
        for (TableColumn column : some) {
            if (column.mode() == ColumnMode.REQUIRED || random.nextInt(NULL_OF) > 0) {
                members.add(random.nextInt(members.size() + 1), "\"%s\":%s".formatted(name(column), value(column)));
            }
        }
        return "{" + String.join(random.nextBoolean() ? "," : " , ", members) + "}";
    }

    private String name(TableColumn column) {
        return random.nextInt(NULL_OF) > 0 ? column.name() : column.name().toUpperCase(Locale.ROOT);
    }

    private String value(TableColumn column) {
        if (column.mode() == ColumnMode.REPEATED) {
            return Stream.generate(() -> single(column))
                    .limit(random.nextInt(4))
                    .collect(Collectors.joining(",", "[", "]"));
        }
        boolean none = column.mode() == ColumnMode.NULLABLE && random.nextInt(NULL_OF) == 0;
        return none ? "null" : single(column);
    }

    private String single(TableColumn column) {
        return switch (column.type()) {
            case STRING -> any(TEXTS);
            case BYTES -> any(BYTES);
            case INT64 -> any(INTEGERS);
            case FLOAT64 -> any(FLOATS);
            case NUMERIC -> any(NUMERICS);
            case BIGNUMERIC -> any(BIG_NUMERICS);
            case BOOL -> any(BOOLS);
            case DATE -> any(DATES);
            case TIME -> "\"%s\"".formatted(any(TIMES));
            case DATETIME -> "\"%s%s%s\"".formatted(day(DATES), any(List.of("T", " ")), any(TIMES));
            case TIMESTAMP -> timestamp();
            case JSON -> any(DOCUMENTS);
            case STRUCT -> object(column.fields(), Stream.empty());
        };
    }

    /** A zone must not move the first or the last day out of the calendar. */
    private String timestamp() {
        return random.nextInt(NULL_OF) == 0
                ? any(DATES)
                : "\"%s%s%s%s\"".formatted(day(DATES.subList(2, 4)), any(List.of("T", " ")), any(TIMES), any(ZONES));
    }

    private String day(List<String> dates) {
        return any(dates).replace("\"", "");
    }

    private String any(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
