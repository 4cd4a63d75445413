package dev.sluice.bigquery.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaFileTests {

    private static final String HEAD = "CREATE TABLE IF NOT EXISTS ${table} (\n";

    @Test
    void readsTypesModesAndDescriptions() {
        TableDdl ddl = SchemaFile.read("t.sql", HEAD + """
                  a STRING NOT NULL OPTIONS(description="says \\"a\\", not b"), -- the first
                  `b` integer,
                  c ARRAY<STRUCT<x FLOAT64 NOT NULL, y ARRAY<DATE>>> OPTIONS(description="both")
                )""");

        assertThat(ddl.columns())
                .containsExactly(
                        column("a", ColumnType.STRING, ColumnMode.REQUIRED, "says \"a\", not b"),
                        column("b", ColumnType.INT64, ColumnMode.NULLABLE, null),
                        new TableColumn(
                                "c",
                                ColumnType.STRUCT,
                                ColumnMode.REPEATED,
                                List.of(
                                        column("x", ColumnType.FLOAT64, ColumnMode.REQUIRED, null),
                                        column("y", ColumnType.DATE, ColumnMode.REPEATED, null)),
                                "both"));
        assertThat(ddl.partitioning()).isNull();
        assertThat(ddl.clustering()).isEmpty();
    }

    @Test
    void keepsPartitioningAndClustering() {
        TableDdl ddl = SchemaFile.read("t.sql", HEAD + """
                at TIMESTAMP, a STRING, b STRING)
                PARTITION BY timestamp_trunc(at, MONTH)
                CLUSTER BY b, a
                OPTIONS(description="all of it");
                """);

        assertThat(ddl.partitioning()).isEqualTo("timestamp_trunc(at, MONTH)");
        assertThat(ddl.clustering()).containsExactly("b", "a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        a STRING,\\nb STRNG)                             | t.sql:3: unknown type STRNG
        a STRING,\\nb STRUCT)                            | t.sql:3: unknown type STRUCT
        a ARRAY<ARRAY<STRING>>)                         | t.sql:2: unknown type ARRAY
        a STRING,\\nA INT64)                             | t.sql:3: column A is declared twice
        s STRUCT<x STRING,\\nx DATE>)                    | t.sql:3: column x is declared twice
        a STRING,\\n)                                    | t.sql:3: expected a name but found ')'
        1a STRING)                                      | t.sql:2: expected a name but found '1a'
        a ARRAY<STRING> NOT NULL)                       | t.sql:2: column a is an ARRAY and cannot be NOT NULL
        a STRING DEFAULT 'x')                           | t.sql:2: unexpected '''
        a STRING OPTIONS(label="x"))                    | t.sql:2: expected description = but found 'label'
        a STRING OPTIONS(description=x))                | t.sql:2: expected text in double quotes but found 'x'
        a STRING                                        | t.sql:2: expected ) but found the end
        a NUMERIC(39))                                  | t.sql:2: expected a number from 1 to 38 but found 39
        a NUMERIC(38, 2))                               | t.sql:2: at most 29 digits may stand before the point
        a STRING(x))                                    | t.sql:2: expected a number but found 'x'
        a INT64(4))                                     | t.sql:2: INT64 takes nothing in parentheses
        a STRING)\\nPARTITION BY DATE(b)                 | t.sql:3: no column b is declared above
        a STRING)\\nCLUSTER BY a, c                      | t.sql:3: no column c is declared above
        a STRING)\\nCLUSTER BY a, a, a, a, a             | t.sql:3: BigQuery clusters by 4 columns at most
        a STRING)\\n\\nAS SELECT 1                        | t.sql:4: expected the end but found 'AS'
        """, quoteCharacter = '\0')
    void namesFileAndLineOfAFault(String columns, String message) {
        assertThatThrownBy(() -> SchemaFile.read("t.sql", HEAD + columns.replace("\\n", "\n")))
                .isInstanceOf(DdlProblem.class)
                .hasMessage(message);
    }

    @Test
    void refusesWhatIsNotOurKindOfStatement() {
        assertThatThrownBy(() -> SchemaFile.read("t.sql", "CREATE OR REPLACE TABLE ${table} (a STRING)"))
                .hasMessage("t.sql:1: expected CREATE TABLE IF NOT EXISTS ${table} ( but found 'CREATE'");
        assertThatThrownBy(() -> SchemaFile.read("t.sql", "")).hasMessageContaining("t.sql:1: ");
    }

    private static TableColumn column(String name, ColumnType type, ColumnMode mode, String description) {
        return new TableColumn(name, type, mode, List.of(), description);
    }
}
