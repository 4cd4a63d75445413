package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.QueryParameterType;
import com.google.api.services.bigquery.model.QueryParameterValue;
import dev.sluice.local.sql.SqlRefused;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parameters of a job in the statements of its script. */
class ScriptParameterTests extends SharedWarehouse {

    @BeforeAll
    void fillWarehouse() {
        warehouse.query("CREATE TABLE ds.t (id INT64, place INT64)");
    }

    /** 10, 20, 30 … */
    private static QueryParameter[] tens(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(position -> new QueryParameter()
                        .setParameterType(new QueryParameterType().setType("INT64"))
                        .setParameterValue(new QueryParameterValue().setValue(position + "0")))
                .toArray(QueryParameter[]::new);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT 1; SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?|[[10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120]]",
                "INSERT ds.t VALUES (?, 0); INSERT ds.t VALUES (?, 1); SELECT id, place FROM ds.t ORDER BY place|[[10, 0], [20, 1]]",
                "DECLARE a, b INT64 DEFAULT ?; FOR r IN (SELECT i FROM UNNEST([1, 2]) i WHERE i < ?) DO SET b = b + ?; END FOR;"
                        + " SELECT a, b, ?|[[10, 70, 40]]",
                "DECLARE s STRING DEFAULT '?'; /* ? */ CASE ? WHEN ?+0 THEN SELECT ?; WHEN ?-30 THEN SELECT s, ?; END CASE|[[?, 50]]",
                "DECLARE x INT64 DEFAULT ?; EXECUTE IMMEDIATE 'SELECT ? - ?' INTO x USING ?, x; SELECT x, ?|[[10, 30]]",
                "BEGIN IF ?/0 > ?THEN SELECT 1; END IF; EXCEPTION WHEN ERROR THEN SELECT @@error.statement_text; END|[[IF ?/0 > ?...]]",
            })
    void positionsCountOnThroughTheScript(String script, String rows) {
        assertThat(warehouse.query(script, tens(12)).rows()).hasToString(rows);
    }

    @Test
    void aNameMayStandInBackQuotes() {
        QueryParameter named = tens(1)[0].setName("a");
        assertThat(warehouse.rows("SELECT @`a` + 1, @a, @`A`", named)).isEqualTo("[[11, 10, 10]]");
        assertThat(warehouse.rows("DECLARE x INT64 DEFAULT @`a`; SELECT x + @`a`", named))
                .isEqualTo("[[20]]");
        assertThat(warehouse.rows("SELECT @`an \\`odd\\` name`", tens(1)[0].setName("an `odd` name")))
                .isEqualTo("[[10]]");
        warehouse.refuses("SELECT @`b`", "Query parameter 'b' not found at [1:8]");
    }

    @Test
    void aPositionWithoutAParameterIsRefused() {
        assertThatExceptionOfType(SqlRefused.class)
                .isThrownBy(() -> warehouse.query("SELECT ?; SELECT ?", tens(1)))
                .withMessageContaining("Query parameter '2' not found at");
    }

    @Test
    void aStructWithoutAValueIsNull() {
        var type = new QueryParameterType()
                .setType("STRUCT")
                .setStructTypes(List.of(new QueryParameterType.StructTypes()
                        .setName("x")
                        .setType(new QueryParameterType().setType("INT64"))));
        var parameter =
                new QueryParameter().setName("p").setParameterType(type).setParameterValue(new QueryParameterValue());
        assertThat(warehouse.query("SELECT @p IS NULL, @p.x", parameter).rows()).hasToString("[[true, null]]");
        parameter.getParameterValue().setStructValues(Map.of("x", new QueryParameterValue().setValue("5")));
        assertThat(warehouse.query("SELECT @p IS NULL, @p.x", parameter).rows()).hasToString("[[false, 5]]");
    }
}
