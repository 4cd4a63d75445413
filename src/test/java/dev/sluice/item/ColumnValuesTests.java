package dev.sluice.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.bigquery.catalogue.TypeLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which texts are values of which types, in NDJSON and CSV alike. */
class ColumnValuesTests {

    @TempDir
    Path folder;

    private static TableColumn column(String type) {
        String[] parts = type.split("[(,)]");
        ColumnType name = ColumnType.valueOf(parts[0]);
        TypeLimits limits = parts.length == 1
                ? TypeLimits.NONE
                : parts.length == 2
                        ? new TypeLimits(Long.valueOf(parts[1]), null, null)
                        : new TypeLimits(null, Long.valueOf(parts[1]), Long.valueOf(parts[2]));
        return new TableColumn("v", name, ColumnMode.NULLABLE, List.of(), limits, null);
    }

    private List<String> rejected(String content, SourceFormat format, TableColumn column) throws IOException {
        var columns = RowColumns.of(List.of(column), null, null);
        return ReadSource.of(Files.writeString(folder.resolve("rows"), content), SourceLayout.of(format), columns, 1000)
                .rejected();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        INT64          | 0 -0 +7 007 9223372036854775807 -9223372036854775808                  | 9223372036854775808 -9223372036854775809 1.0 1e2 0x1 ١ - 1_000
        FLOAT64        | 0 -1.5 1e308 4.9e-324 NaN Infinity -Infinity .5 5.                    | 1e309 -1e309 inf nan 0x1p3 1f 1,5 --1
        NUMERIC        | 0.000000001 99999999999999999999999999999.999999999 1e28 -1e28        | 0.0000000001 1e29 -100000000000000000000000000000 1e-10 NaN 1e99999999
        NUMERIC(5,2)   | 999.99 -999.99 1 1.10 1.100                                           | 1000 999.999 -1000 0.001
        NUMERIC(3,0)   | 999 1e2 1.0                                                           | 1000 0.1
        BIGNUMERIC     | 1e38 578960446186580977117854925043439539266.34992332820282019728792003956564819967 1e-38 | 578960446186580977117854925043439539266.34992332820282019728792003956564819968 1e-39 6e38
        BIGNUMERIC(4,3)| 9.999 0.001                                                           | 10 0.0001
        BOOL           | true false TRUE False                                                 | 1 0 yes t
        DATE           | 0001-01-01 9999-12-31 2024-02-29                                      | 2023-02-29 0000-01-01 10000-01-01 2026-1-1 20260101 2026-13-01
        TIME           | 00:00:00 23:59:59.999999 08:00:00.1                                   | 24:00:00 8:00:00 08:00 08:00:60 08:00:00.1234567
        DATETIME       | 2026-11-24T08:00:00 9999-12-31T23:59:59.999999                        | 2026-11-24 2026-11-24T08:00:00Z 2026-11-24T24:00:00
        TIMESTAMP      | 2026-11-24 2026-11-24T08:00:00Z 2026-11-24T08:00:00.5+14:00 0001-01-01T00:00:00Z | 1700000000 2026-11-24T08:00:00+15:00 0001-01-01T00:00:00+01:00 9999-12-31T23:59:59-01:00 2026-11-24T08:00:00CET
        BYTES          | YWJj YQ== AA==                                                        | YQ Y YWJj! -_==
        BYTES(2)       | YQ== YWI=                                                             | YWJj
        STRING(3)      | abc äöü 😀😀😀                                                           | abcd äöüß 😀😀😀😀
        """)
    void tellsValuesFromOthers(String type, String values, String others) throws IOException {
        TableColumn column = column(type);
        for (SourceFormat format : List.of(SourceFormat.NDJSON, SourceFormat.CSV)) {
            for (String value : values.split(" ")) {
                assertThat(rejected(row(format, value), format, column))
                        .as(format + " " + value)
                        .isEmpty();
            }
            for (String other : others.split(" ")) {
                assertThat(rejected(row(format, other), format, column))
                        .as(format + " " + other)
                        .singleElement()
                        .asString()
                        .endsWith("column v: not a valid " + type.replace(",", ", "));
            }
        }
    }

    private static String row(SourceFormat format, String value) {
        return format == SourceFormat.CSV ? "v\n\"" + value + "\"\n" : "{\"v\":\"" + value + "\"}\n";
    }

    @Test
    void checksRecordsAndArraysToTheirLeaves() throws IOException {
        var leaf = new TableColumn("leaf", ColumnType.INT64, ColumnMode.REQUIRED, List.of(), null);
        var tags = new TableColumn("tags", ColumnType.STRING, ColumnMode.REPEATED, List.of(), null);
        var v = new TableColumn("v", ColumnType.STRUCT, ColumnMode.REPEATED, List.of(leaf, tags), null);
        String rows = Stream.of(
                        "[]",
                        "[{\"leaf\":1,\"tags\":[\"a\",\"\"]},{\"leaf\":\"2\"}]",
                        "null",
                        "{\"leaf\":1}",
                        "[1]",
                        "[null]",
                        "[{}]",
                        "[{\"leaf\":null}]",
                        "[{\"leaf\":1},{\"leaf\":1.5}]",
                        "[{\"leaf\":1,\"tags\":[1]}]",
                        "[{\"leaf\":1,\"tags\":[\"a\",null]}]",
                        "[{\"leaf\":1,\"other\":1}]")
                .map(value -> "{\"v\":" + value + "}\n")
                .reduce("", String::concat);
        assertThat(rejected(rows, SourceFormat.NDJSON, v))
                .containsExactly(
                        "3: column v: REPEATED and null",
                        "4: column v: REPEATED but not an array",
                        "5: column v[0]: not an object",
                        "6: column v[0]: null in an array",
                        "7: column v[0].leaf is REQUIRED and missing",
                        "8: column v[0].leaf: REQUIRED and null",
                        "9: column v[1].leaf: not a valid INT64",
                        "10: column v[0].tags[0]: not a valid STRING",
                        "11: column v[0].tags[1]: null in an array",
                        "12: column v[0].'other' is not in the table");
    }
}
