package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements that define datasets and views, and what INFORMATION_SCHEMA tells of them. */
class DefinitionStatementTests extends OwnWarehouse {

    @BeforeEach
    void fill() {
        warehouse.query(
                "CREATE TABLE ds.t (id INT64, s STRUCT<a STRING(5), b ARRAY<STRUCT<c INT64 OPTIONS (description = 'sea')>>>)");
        warehouse.query("INSERT ds.t (id) VALUES (1), (2)");
    }

    private String performed(String sql) {
        var statistics = warehouse.query(sql).statistics().getQuery();
        return "%s %s %s"
                .formatted(
                        statistics.getStatementType(),
                        statistics.getDdlOperationPerformed(),
                        statistics.getDdlTargetDataset().getDatasetId());
    }

    @Test
    void datasetsHaveOptions() {
        assertThat(performed("CREATE SCHEMA house OPTIONS (description = 'rooms', default_table_expiration_days = 2,"
                        + " labels = [('k', 'v')], max_time_travel_hours = 72)"))
                .isEqualTo("CREATE_SCHEMA CREATE house");
        assertThat(performed("CREATE SCHEMA IF NOT EXISTS `test-project`.house"))
                .isEqualTo("CREATE_SCHEMA SKIP house");
        assertThat(performed("ALTER SCHEMA house SET OPTIONS (description = NULL, friendly_name = 'House',"
                        + " default_partition_expiration_days = 0.5)"))
                .isEqualTo("ALTER_SCHEMA ALTER house");
        assertThat(warehouse.rows("SELECT schema_name, option_name, option_type, option_value FROM"
                        + " INFORMATION_SCHEMA.SCHEMATA_OPTIONS ORDER BY option_name"))
                .isEqualTo("[[house, default_partition_expiration_days, FLOAT64, 0.5],"
                        + " [house, default_table_expiration_days, FLOAT64, 2.0], [house, friendly_name, STRING, \"House\"],"
                        + " [house, labels, ARRAY<STRUCT<STRING, STRING>>, [STRUCT(\"k\", \"v\")]],"
                        + " [house, max_time_travel_hours, INT64, 72]]");
        warehouse.query("CREATE TABLE house.t (id INT64)");
        warehouse.refuses("DROP SCHEMA house", "still in use");
        assertThat(performed("DROP SCHEMA house CASCADE")).isEqualTo("DROP_SCHEMA DROP house");
        assertThat(performed("DROP SCHEMA IF EXISTS house")).isEqualTo("DROP_SCHEMA SKIP house");
        assertThat(performed("ALTER SCHEMA IF EXISTS house SET OPTIONS (description = 'x')"))
                .isEqualTo("ALTER_SCHEMA SKIP house");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "CREATE SCHEMA other.house|Not found: Project other",
                "DROP SCHEMA other.ds CASCADE|Not found: Project other",
                "CREATE SCHEMA ds|Already Exists: Dataset",
                "CREATE SCHEMA house OPTIONS (max_time_travel_hours = 5)|multiple of 24",
                "CREATE SCHEMA house OPTIONS (is_case_insensitive = TRUE)|does not support option is_case_insensitive",
                "CREATE SCHEMA house DEFAULT COLLATE 'und:ci'|does not support DEFAULT COLLATE",
                "ALTER SCHEMA ds SET DEFAULT COLLATE ''|does not support ALTER SCHEMA … SET DEFAULT",
                "ALTER SCHEMA ds SET OPTIONS (location = 'EU')|cannot be changed",
                "ALTER SCHEMA house SET OPTIONS (description = 'x')|Not found: Dataset",
                "ALTER VIEW ds.t SET OPTIONS (description = 'x')|is a table, which ALTER VIEW cannot change",
                "ALTER VIEW ds.v SET OPTIONS (description = 'x')|Not found: Table",
                "ALTER VIEW ds.t ALTER COLUMN id SET OPTIONS (description = 'x')|does not support ALTER VIEW … ALTER",
                "CREATE VIEW ds.v (a) AS SELECT 1, 2|1 names, 2 columns",
                "CREATE VIEW ds.v (a, A) AS SELECT 1, 2|duplicate field name",
                "CREATE TABLE ds.u LIKE ds.t AS SELECT * FROM ds.t|does not support CREATE TABLE … LIKE … AS",
                "CREATE TABLE ds.u COPY ds.t CLUSTER BY id|does not support CREATE TABLE … COPY … CLUSTER",
                "ALTER PROJECT p SET OPTIONS (x = 1)|does not support ALTER PROJECT",
            })
    void whatIsNotSoIsRefused(String sql, String words) {
        warehouse.refuses(sql, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "labels = 5|Option labels must be ARRAY<STRUCT<STRING, STRING>>, not INT64",
                "labels = ['a']|Option labels must be ARRAY<STRUCT<STRING, STRING>>, not ARRAY<STRING>",
                "labels = [('a', NULL)]|Option labels must be ARRAY<STRUCT<STRING, STRING>>",
                "labels = [('a', 'b'), ('c', NULL)]|Option labels must be ARRAY<STRUCT<STRING, STRING>> without NULL",
                "labels = [STRUCT('a')]|Option labels must be ARRAY<STRUCT<STRING, STRING>>, not ARRAY<STRUCT<STRING>>",
                "labels = [('a', 1)]|Option labels must be ARRAY<STRUCT<STRING, STRING>>, not",
                "description = [1, 2]|Option description must be STRING, not ARRAY<INT64>",
                "description = 3|Option description must be STRING, not INT64",
                "description = CURRENT_DATE()|Option description must be STRING, not DATE",
                "friendly_name = 5|Option friendly_name must be STRING, not INT64",
                "default_table_expiration_days = 'x'|Option default_table_expiration_days must be FLOAT64, not STRING",
                "default_table_expiration_days = CAST('inf' AS FLOAT64)|Option default_table_expiration_days must be a finite",
                "max_time_travel_hours = 72.0|Option max_time_travel_hours must be INT64, not FLOAT64",
                "expiration_timestamp = CONCAT('2100-01-', '01')|Option expiration_timestamp must be TIMESTAMP, not STRING",
                "require_partition_filter = 'yes'|Option require_partition_filter must be BOOL, not STRING",
                "partition_expiration_days = TRUE|Option partition_expiration_days must be FLOAT64, not BOOL",
            })
    void anOptionHasValuesOfItsTypeOnly(String option, String message) {
        boolean ofTables = option.matches("(?s)(expiration|require|partition).*");
        String of = ofTables ? "TABLE ds.p" : "SCHEMA ds";
        warehouse.query("CREATE TABLE ds.p (d DATE) PARTITION BY d");

        assertThatExceptionOfType(ApiError.class)
                .isThrownBy(() -> warehouse.query("ALTER %s SET OPTIONS (%s)".formatted(of, option)))
                .withMessageContaining(message)
                .returns("invalidQuery", ApiError::reason);
        if (option.matches("(?s)(labels|description|friendly).*")) {
            warehouse.refuses("ALTER TABLE ds.p SET OPTIONS (%s)".formatted(option), message);
        }
    }

    @Test
    void anOptionOfATableIsTakenAway() {
        warehouse.query("CREATE TABLE ds.p (d DATE) PARTITION BY d OPTIONS (description = CONCAT('a', 'b'),"
                + " labels = [STRUCT('k' AS x, 'v' AS y)], expiration_timestamp = TIMESTAMP '2100-01-01 00:00:00+00',"
                + " partition_expiration_days = NUMERIC '1.5', require_partition_filter = TRUE)");
        String told = "SELECT option_name, option_value FROM ds.INFORMATION_SCHEMA.TABLE_OPTIONS WHERE table_name = 'p'"
                + " ORDER BY 1";
        assertThat(warehouse.rows(told))
                .contains("[description, \"ab\"]", "[labels, [STRUCT(\"k\", \"v\")]]", "2100-01-01", "1.5", "true");

        warehouse.query("ALTER TABLE ds.p SET OPTIONS (description = NULL, labels = [], expiration_timestamp = NULL,"
                + " partition_expiration_days = NULL, require_partition_filter = NULL)");
        assertThat(warehouse.rows(told)).isEqualTo("[]");

        warehouse.refuses("ALTER TABLE ds.p SET OPTIONS (expiration_timestamp = 'x')", "TIMESTAMP");
        warehouse.query("ALTER TABLE ds.p SET OPTIONS (expiration_timestamp = '2100-01-02 00:00:00+00')");
        assertThat(warehouse.rows(told)).contains("2100-01-02");
    }

    @Test
    void aViewMayNameItsColumns() {
        warehouse.query("CREATE VIEW ds.v (n OPTIONS (description = 'number'), twice) AS SELECT id, id * 2 FROM ds.t");

        assertThat(warehouse.rows("SELECT * FROM ds.v WHERE twice > 2")).isEqualTo("[[2, 4]]");
        assertThat(warehouse.rows("SELECT w.n, v.twice FROM ds.v JOIN ds.v AS w ON w.n = v.twice"))
                .isEqualTo("[[2, 2]]");
        warehouse.refuses("SELECT id FROM ds.v", "Unrecognized name: id");
        assertThat(warehouse.query("SELECT * FROM ds.v").names()).containsExactly("n", "twice");
        assertThat(warehouse.rows(
                        "SELECT field_path, data_type, description FROM ds.INFORMATION_SCHEMA.COLUMN_FIELD_PATHS"
                                + " WHERE table_name = 'v' ORDER BY 1"))
                .isEqualTo("[[n, INT64, number], [twice, INT64, null]]");

        warehouse.query("CREATE OR REPLACE VIEW ds.v (a, b) AS SELECT * FROM ds.t");
        warehouse.query("ALTER TABLE ds.t ADD COLUMN more INT64");
        warehouse.refuses("SELECT * FROM ds.v", "2 names, 3 columns");
    }

    @Test
    void optionsOfAViewAreSet() {
        warehouse.query("CREATE VIEW ds.v AS SELECT 1 AS x");
        var statistics = warehouse
                .query("ALTER VIEW ds.v SET OPTIONS (description = 'one', labels = [('k', 'v')])")
                .statistics()
                .getQuery();
        warehouse.query("ALTER VIEW IF EXISTS ds.gone SET OPTIONS (description = 'one')");

        assertThat(statistics.getStatementType()).isEqualTo("ALTER_VIEW");
        assertThat(warehouse.rows(
                        "SELECT option_name, option_value FROM ds.INFORMATION_SCHEMA.TABLE_OPTIONS ORDER BY 1"))
                .isEqualTo("[[description, \"one\"], [labels, [STRUCT(\"k\", \"v\")]]]");
    }

    @Test
    void fieldsWithinColumnsHavePaths() {
        assertThat(warehouse.rows("SELECT column_name, field_path, data_type, description FROM"
                        + " ds.INFORMATION_SCHEMA.COLUMN_FIELD_PATHS ORDER BY field_path"))
                .isEqualTo(
                        "[[id, id, INT64, null], [s, s, STRUCT<a STRING(5), b ARRAY<STRUCT<c INT64>>>, null],"
                                + " [s, s.a, STRING(5), null], [s, s.b, ARRAY<STRUCT<c INT64>>, null], [s, s.b.c, INT64, sea]]");
    }

    @Test
    void optionsAndTheQueryHaveVariablesOfTheirOwn() {
        assertThat(warehouse.rows("""
                DECLARE words STRING DEFAULT 'told';
                DECLARE n INT64 DEFAULT 7;
                CREATE TABLE ds.o OPTIONS (description = words) AS SELECT n AS n;
                SELECT n, (SELECT option_value FROM ds.INFORMATION_SCHEMA.TABLE_OPTIONS WHERE table_name = 'o') FROM ds.o""")).isEqualTo("[[7, \"told\"]]");
    }
}
