package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import dev.sluice.local.sql.TableName;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What DDL says of columns: default values, limits, what may not be NULL; and how ALTER COLUMN changes it. */
class ColumnDefinitionTests extends OwnWarehouse {

    @BeforeEach
    void fill() {
        warehouse.query("CREATE TABLE ds.d (id INT64, s STRING DEFAULT 'a' NOT NULL, n NUMERIC NOT NULL DEFAULT -1.5,"
                + " arr ARRAY<DATE> DEFAULT [DATE '2024-01-01'], moment TIMESTAMP DEFAULT CURRENT_TIMESTAMP())");
        warehouse.query(
                "CREATE TABLE ds.l (s STRING(3), n NUMERIC(4, 2), b BYTES(2),"
                        + " st STRUCT<a STRING(2) OPTIONS (description = 'the a'), q INT64 NOT NULL>, ar ARRAY<STRING(2)>, i NUMERIC(3))");
    }

    private List<TableFieldSchema> fields(String table) {
        return warehouse.change((connection, tables) ->
                tables.get(connection, new TableName("ds", table)).fields());
    }

    @Test
    void recordsNestAsDeepAsBigQueryStoresThem() {
        String levels = "STRUCT<b ".repeat(14) + "INT64" + ">".repeat(14);
        warehouse.query("CREATE TABLE ds.deep (a " + levels + ")");
        String words = "Schema nested too deeply for field a" + ".b".repeat(14) + ", maximum allowed depth is 15.";
        warehouse.refuses("CREATE TABLE ds.deeper (a STRUCT<b " + levels + ">)", words);
        warehouse.refuses("CREATE TABLE ds.deeper AS SELECT STRUCT(a AS b) AS a FROM ds.deep", words);
    }

    @Test
    void optionsThatAreNotSaidStay() {
        warehouse.query("ALTER TABLE ds.l ALTER COLUMN s SET OPTIONS (description = 'kept')");
        warehouse.query("ALTER TABLE ds.l ALTER COLUMN s SET OPTIONS ()");
        assertThat(fields("l").get(0).getDescription()).isEqualTo("kept");

        warehouse.query("ALTER TABLE ds.l ALTER COLUMN s SET OPTIONS (description = NULL)");
        assertThat(fields("l").get(0).getDescription()).isNull();
    }

    @Test
    void whoWritesARowMayBeADefaultValue() {
        warehouse.query("CREATE TABLE ds.written (id INT64, author STRING DEFAULT SESSION_USER(), editor STRING)");
        warehouse.query("ALTER TABLE ds.written ALTER COLUMN editor SET DEFAULT SESSION_USER()");
        warehouse.query("INSERT ds.written (id) VALUES (1)");
        assertThat(warehouse.rows("SELECT * FROM ds.written"))
                .isEqualTo("[[1, local@sluice.invalid, local@sluice.invalid]]");
    }

    @Test
    void theSchemaTellsWhatWasSaid() {
        assertThat(fields("d"))
                .extracting(TableFieldSchema::getDefaultValueExpression)
                .containsExactly(null, "'a'", "-1.5", "[DATE '2024-01-01']", "CURRENT_TIMESTAMP()");
        assertThat(fields("d"))
                .extracting(TableFieldSchema::getMode)
                .containsExactly("NULLABLE", "REQUIRED", "REQUIRED", "REPEATED", "NULLABLE");
        List<TableFieldSchema> limited = fields("l");
        assertThat(limited).extracting(TableFieldSchema::getMaxLength).containsExactly(3L, null, 2L, null, 2L, null);
        assertThat(limited).extracting(TableFieldSchema::getPrecision).containsExactly(null, 4L, null, null, null, 3L);
        assertThat(limited.get(3).getFields())
                .extracting(TableFieldSchema::getMaxLength, TableFieldSchema::getMode, TableFieldSchema::getDescription)
                .containsExactly(tuple(2L, "NULLABLE", "the a"), tuple(null, "REQUIRED", null));
        assertThat(warehouse.rows("SELECT data_type, column_default FROM ds.INFORMATION_SCHEMA.COLUMNS WHERE"
                        + " column_name IN ('n', 'st', 'ar') ORDER BY 1"))
                .isEqualTo("[[ARRAY<STRING(2)>, NULL], [NUMERIC, -1.5], [NUMERIC(4, 2), NULL],"
                        + " [STRUCT<a STRING(2), q INT64>, NULL]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "INSERT ds.d (id) VALUES (1)|[[1, a, -1.5, [2024-01-01], true]]",
                "INSERT ds.d (id, s) SELECT 2, 'b'|[[2, b, -1.5, [2024-01-01], true]]",
                "INSERT ds.d VALUES (DEFAULT, DEFAULT, DEFAULT, DEFAULT, NULL)|[[null, a, -1.5, [2024-01-01], false]]",
                "MERGE ds.d USING (SELECT 3 AS k) ON FALSE WHEN NOT MATCHED THEN INSERT (id, n) VALUES (k, DEFAULT)|"
                        + "[[3, a, -1.5, [2024-01-01], true]]",
                "INSERT ds.d (id, s, n, arr) VALUES (4, 'x', 0, []); UPDATE ds.d SET s = DEFAULT, n = DEFAULT, id = DEFAULT WHERE"
                        + " TRUE|[[null, a, -1.5, [], true]]",
                "CREATE TABLE ds.copy LIKE ds.d; INSERT ds.copy (id) VALUES (5); INSERT ds.d SELECT * FROM ds.copy|"
                        + "[[5, a, -1.5, [2024-01-01], true]]",
                "DECLARE s STRING DEFAULT 'no'; INSERT ds.d (id) VALUES (6)|[[6, a, -1.5, [2024-01-01], true]]",
            })
    void whatNothingIsWrittenIntoIsItsDefault(String script, String rows) {
        warehouse.query(script);

        assertThat(warehouse.rows("SELECT id, s, n, arr, moment IS NOT NULL FROM ds.d"))
                .isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "INSERT ds.l (s) VALUES ('abcd')|STRING(3) has maximum length 3 but got a value with length 4",
                "INSERT ds.l (b) SELECT b'abc'|BYTES(2) has maximum length 2 but got a value with length 3",
                "INSERT ds.l (n) VALUES (99.996)|NUMERIC(4, 2) has precision 4 and scale 2 but got a value that is not in range",
                "INSERT ds.l (i) VALUES (-999.5)|in range of [-999, 999]",
                "INSERT ds.l (st) VALUES (('abc', 1))|STRING(2) has maximum length 2",
                "INSERT ds.l (st) VALUES (('ab', NULL))|Required field q cannot be null",
                "INSERT ds.l (ar) VALUES (['ab', 'abc'])|STRING(2) has maximum length 2",
                "UPDATE ds.l SET st.a = 'abc' WHERE st IS NOT NULL|STRING(2) has maximum length 2",
                "MERGE ds.l USING (SELECT 1 AS k) ON FALSE WHEN NOT MATCHED THEN INSERT (s) VALUES ('abcd')|STRING(3) has",
                "CREATE TABLE ds.x (s STRING(2)) AS SELECT 'abc'|STRING(2) has maximum length 2",
                "INSERT ds.d (s) VALUES (NULL)|Required field s cannot be null",
                "CREATE TABLE ds.x (a INT64 DEFAULT 'x')|Cannot coerce expression to type INT64",
                "CREATE TABLE ds.x (a INT64, b INT64 DEFAULT a)|Unrecognized name: a",
                "CREATE TABLE ds.x (a INT64 DEFAULT (SELECT 1))|must be a literal or one of the functions",
                "CREATE TABLE ds.x (a INT64 DEFAULT ABS(1))|must be a literal or one of the functions",
                "CREATE TABLE ds.x (a STRUCT<b INT64 DEFAULT 1>)|Unexpected keyword DEFAULT",
                "CREATE TABLE ds.x (a ARRAY<INT64> NOT NULL)|NOT NULL cannot be specified for an ARRAY",
                "CREATE TABLE ds.x (a INT64(3))|INT64 does not support type parameters",
                "CREATE TABLE ds.x (a NUMERIC(40))|P from max(1, S) to S + 29",
                "CREATE TABLE ds.x (a BIGNUMERIC(40))|does not support parameters of BIGNUMERIC",
                "CREATE TABLE ds.x (a INT64, PRIMARY KEY (a) NOT ENFORCED)|does not support PRIMARY KEY",
                "CREATE TABLE ds.x (a STRING COLLATE 'und:ci')|does not support COLLATE",
            })
    void whatDoesNotFitIsRefused(String sql, String words) {
        warehouse.query("INSERT ds.l (s, st) VALUES ('abc', ('a', 1))");
        warehouse.refuses(sql, words);
    }

    @Test
    void numbersAreRoundedToTheirScale() {
        warehouse.query(
                "INSERT ds.l (s, n, i, b, st, ar) VALUES ('abc', -12.345, 998.5, b'xy', ('ab', 3), ['ab', ''])");

        assertThat(warehouse.rows("SELECT s, n, i, st, ar FROM ds.l"))
                .isEqualTo("[[abc, -12.35, 999, [ab, 3], [ab, ]]]");
    }

    @Test
    void limitsThatARequestHasSetAreKept() {
        warehouse.change((connection, tables) -> tables.create(
                connection,
                new Table()
                        .setTableReference(
                                new TableReference().setDatasetId("ds").setTableId("r"))
                        .setSchema(new TableSchema()
                                .setFields(List.of(
                                        new TableFieldSchema()
                                                .setName("s")
                                                .setType("STRING")
                                                .setMaxLength(2L),
                                        new TableFieldSchema()
                                                .setName("e")
                                                .setType("NUMERIC")
                                                .setPrecision(4L)
                                                .setScale(1L)
                                                .setRoundingMode("ROUND_HALF_EVEN"),
                                        new TableFieldSchema()
                                                .setName("b")
                                                .setType("BIGNUMERIC")
                                                .setPrecision(3L),
                                        new TableFieldSchema()
                                                .setName("d")
                                                .setType("INTEGER")
                                                .setDefaultValueExpression("7"))))));
        warehouse.refuses("INSERT ds.r (s) VALUES ('abc')", "STRING(2) has maximum length 2");
        warehouse.query("INSERT ds.r (s, b, e) VALUES ('ab', 1234, 1.25)");

        assertThat(warehouse.rows("SELECT s, d, e FROM ds.r")).isEqualTo("[[ab, 7, 1.2]]");
    }

    @Test
    void columnsAreAltered() {
        warehouse.query("INSERT ds.l (s, n) VALUES ('abc', 1.25)");
        warehouse.query(
                "ALTER TABLE ds.l ALTER COLUMN s SET DATA TYPE STRING(5), ALTER COLUMN s SET OPTIONS (description = 'd'),"
                        + " ALTER COLUMN s SET DEFAULT 'xyz', ALTER COLUMN n SET DATA TYPE FLOAT64, ALTER COLUMN IF EXISTS gone DROP NOT NULL,"
                        + " RENAME COLUMN IF EXISTS gone TO nothing, ALTER COLUMN i SET DATA TYPE NUMERIC");
        warehouse.query(
                "ALTER TABLE ds.d ALTER COLUMN s DROP DEFAULT, ALTER COLUMN s DROP NOT NULL, ALTER COLUMN id SET DATA"
                        + " TYPE NUMERIC");
        warehouse.query("INSERT ds.l (n) VALUES (2.5)");
        warehouse.query("INSERT ds.d (id) VALUES (0.5)");

        assertThat(warehouse.rows("SELECT s, n FROM ds.l ORDER BY n")).isEqualTo("[[abc, 1.25], [xyz, 2.5]]");
        assertThat(warehouse.rows("SELECT id, s FROM ds.d")).isEqualTo("[[0.5, null]]");
        assertThat(fields("l").get(0).getDescription()).isEqualTo("d");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "l ALTER COLUMN s SET DATA TYPE STRING(2)|existing column type (STRING(3)) is assignable to the new type (STRING(2))",
                "l ALTER COLUMN n SET DATA TYPE NUMERIC(4, 1)|(NUMERIC(4, 2)) is assignable to the new type (NUMERIC(4, 1))",
                "d ALTER COLUMN id SET DATA TYPE STRING|(INT64) is assignable to the new type (STRING)",
                "d ALTER COLUMN id SET DATA TYPE BIGNUMERIC|does not support SET DATA TYPE BIGNUMERIC",
                "d ALTER COLUMN id SET DEFAULT 'x'|Cannot coerce expression to type INT64",
                "d ALTER COLUMN gone DROP DEFAULT|Column not found: gone",
                "d ALTER COLUMN s SET COLLATE ''|does not support ALTER COLUMN",
                "d ADD COLUMN x INT64 DEFAULT 5|add it, then ALTER COLUMN",
            })
    void whatCannotBeAlteredStays(String alteration, String words) {
        List<TableFieldSchema> before = fields(alteration.substring(0, 1));
        warehouse.refuses("ALTER TABLE ds." + alteration, words);
        assertThat(fields(alteration.substring(0, 1))).isEqualTo(before);
    }
}
