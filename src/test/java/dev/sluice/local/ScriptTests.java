package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scripts: variables, branches, errors and transactions. */
class ScriptTests extends OwnWarehouse {

    @BeforeEach
    void fill() {
        warehouse.query("CREATE TABLE ds.t (id INT64, name STRING)");
    }

    @Test
    void variablesBranchesAndLoopsAreFollowed() {
        assertThat(warehouse.rows("""
                DECLARE i, total INT64 DEFAULT 0;
                DECLARE words ARRAY<STRING> DEFAULT ['a', 'b'];
                DECLARE moment TIMESTAMP;
                SET moment = TIMESTAMP '2024-01-01 10:00:00.5+01';
                WHILE TRUE DO
                  SET i = i + 1;
                  IF i = 2 THEN CONTINUE; ELSEIF i > 4 THEN BREAK; END IF;
                  SET total = total + i;
                END WHILE;
                FOR row IN (SELECT 10 AS n UNION ALL SELECT 20 ORDER BY n) DO
                  SET total = total + row.n;
                END FOR;
                SELECT total, words[OFFSET(1)], CASE WHEN i > 3 THEN 'many' ELSE 'few' END, moment;""")).isEqualTo("[[38, b, many, 2024-01-01T09:00:00.500]]");
    }

    @Test
    void aConditionMayBeginWithAQuery() {
        assertThat(warehouse.rows("IF (SELECT COUNT(*) FROM ds.t) < 5 THEN SELECT 'few' AS n; END IF"))
                .isEqualTo("[[few]]");
        assertThat(warehouse.rows("IF ((SELECT COUNT(*) FROM ds.t) > 5) THEN SELECT 1; ELSE SELECT 'few' AS n; END IF"))
                .isEqualTo("[[few]]");
    }

    @Test
    void aColumnHidesAVariableOfItsName() {
        warehouse.query("INSERT INTO ds.t VALUES (1, 'one')");
        assertThat(warehouse.rows("DECLARE id, other INT64 DEFAULT 7; SELECT id, other FROM ds.t"))
                .isEqualTo("[[1, 7]]");
    }

    @Test
    void whatWasDoneBeforeAnErrorStays() {
        assertThatExceptionOfType(ApiError.class)
                .isThrownBy(() ->
                        warehouse.query("INSERT INTO ds.t VALUES (1, 'x'); SELECT 1/0; DELETE FROM ds.t WHERE TRUE;"))
                .withMessage("division by zero: 1 / 0");
        assertThat(warehouse.rows("SELECT id FROM ds.t")).isEqualTo("[[1]]");
    }

    @Test
    void aHandlerSeesTheErrorAndRollsBack() {
        assertThat(warehouse.rows("""
                DECLARE seen STRING DEFAULT '';
                BEGIN
                  BEGIN TRANSACTION;
                  INSERT INTO ds.t VALUES (1, 'x');
                  RAISE USING MESSAGE = 'the gate is shut';
                  COMMIT TRANSACTION;
                EXCEPTION WHEN ERROR THEN
                  SET seen = @@error.message;
                  ROLLBACK TRANSACTION;
                END;
                SELECT seen, (SELECT COUNT(*) FROM ds.t)""")).isEqualTo("[[the gate is shut, 0]]");
    }

    @Test
    void aHandlerMayTellTheErrorBeforeItRollsBack() {
        assertThat(warehouse.rows("""
                BEGIN
                  BEGIN TRANSACTION;
                  INSERT INTO ds.t VALUES (1, 'x');
                  SELECT 1 / 0;
                EXCEPTION WHEN ERROR THEN
                  SELECT @@error.message AS seen;
                  ROLLBACK TRANSACTION;
                END""")).isEqualTo("[[division by zero: 1 / 0]]");
        assertThat(warehouse.rows("SELECT COUNT(*) FROM ds.t")).isEqualTo("[[0]]");
        warehouse.refuses(
                "BEGIN BEGIN TRANSACTION; SELECT 1 / 0; EXCEPTION WHEN ERROR THEN SELECT COUNT(*) FROM ds.t; END",
                "The transaction failed before");
    }

    @Test
    void aTransactionIsSeenWholeOrNotAtAll() {
        warehouse.query("BEGIN TRANSACTION; INSERT INTO ds.t VALUES (1, 'x'); DELETE FROM ds.t WHERE id = 1;"
                + " INSERT INTO ds.t VALUES (2, 'y'); COMMIT TRANSACTION;");
        assertThat(warehouse.rows("SELECT id FROM ds.t")).isEqualTo("[[2]]");

        warehouse.query("BEGIN TRANSACTION; DELETE FROM ds.t WHERE TRUE; ROLLBACK TRANSACTION;");
        warehouse.query("BEGIN TRANSACTION; DELETE FROM ds.t WHERE TRUE;");
        assertThat(warehouse.rows("SELECT id FROM ds.t")).isEqualTo("[[2]]");
    }

    @Test
    void aTransactionIsOfAScript() {
        for (String alone : List.of("BEGIN TRANSACTION", "COMMIT;", "ROLLBACK TRANSACTION")) {
            warehouse.refuses(alone, "Transaction control statements are supported only in scripts or sessions");
        }
        warehouse.refuses("SELECT 1; COMMIT", "There is no transaction in progress");
    }

    @Test
    void aTransactionDefinesNothing() {
        for (String definition : List.of(
                "CREATE TABLE ds.made (id INT64)",
                "CREATE OR REPLACE VIEW ds.t2 AS SELECT 1 AS n",
                "ALTER TABLE ds.t ADD COLUMN more INT64",
                "/* now */ drop table ds.t",
                "CREATE SCHEMA other",
                "EXECUTE IMMEDIATE 'DROP SCHEMA ds CASCADE'")) {
            warehouse.refuses(
                    "BEGIN TRANSACTION; INSERT ds.t VALUES (1, 'x'); %s; COMMIT".formatted(definition),
                    "DDL statements are not supported in a transaction");
        }
        assertThat(warehouse.rows("BEGIN TRANSACTION; INSERT ds.t VALUES (1, 'x'); TRUNCATE TABLE ds.t; COMMIT;"
                        + " CREATE TABLE ds.made (id INT64); SELECT COUNT(*) FROM ds.t"))
                .isEqualTo("[[0]]");
    }

    @Test
    void whatIsNotSupportedIsNoErrorToHandle() {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> warehouse.query("BEGIN SELECT ST_X(1); EXCEPTION WHEN ERROR THEN SELECT 1; END;"))
                .withMessageContaining("the local BigQuery");
        warehouse.refuses(
                "BEGIN SELECT TO_JSON(NUMERIC '0.1' + n) FROM UNNEST([NUMERIC '1e20']) n; EXCEPTION WHEN ERROR"
                        + " THEN SELECT 1; END",
                "The local BigQuery does not know this NUMERIC");
    }

    @Test
    void whatAScriptSaysItselfIsAnErrorToHandle() {
        assertThat(warehouse.rows("BEGIN RAISE USING MESSAGE = 'my local BigQuery failed'; EXCEPTION WHEN ERROR THEN"
                        + " SELECT 'handled', @@error.message; END"))
                .isEqualTo("[[handled, my local BigQuery failed]]");
        assertThat(warehouse.rows("BEGIN SELECT ERROR('The local BigQuery does not support it'); EXCEPTION WHEN ERROR"
                        + " THEN SELECT 'handled'; END"))
                .isEqualTo("[[handled]]");
    }

    @Test
    void bytesOfAllStatementsAreCounted() {
        warehouse.query("INSERT INTO ds.t VALUES (1, 'x'), (2, 'y')");
        var statistics = warehouse
                .query("SELECT id FROM ds.t; UPDATE ds.t SET name = 'z' WHERE id = 2;")
                .statistics();
        assertThat(statistics.getQuery().getStatementType()).isEqualTo("SCRIPT");
        assertThat(statistics.getTotalBytesProcessed()).isEqualTo(2 * 8 + 2 * (8 + 3));
    }
}
