package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.TableId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlFolderTests {

    @TempDir
    private Path folder;

    private SqlFiles files;
    private int written;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(folder.resolve("test"));
        files = new SqlFolder(folder);
    }

    private SqlStatement statement(
            String text, Map<String, SqlIdentifier> identifiers, Map<String, QueryParameterValue> parameters)
            throws IOException {
        String name = "test/a%d.sql".formatted(++written);
        Files.writeString(folder.resolve(name), text);
        return files.statement(name, identifiers, parameters);
    }

    private static SqlIdentifier columns(String... names) {
        return new SqlIdentifier.Columns(List.of(names));
    }

    @Test
    void writesTablesAndColumns() throws IOException {
        SqlStatement statement = statement(
                "-- a comment\nSELECT ${some} FROM ${table}",
                Map.of("some", columns("a", "b"), "table", new SqlIdentifier.Table(TableId.of("p", "d", "t"))),
                Map.of());
        assertThat(statement.text()).isEqualTo("SELECT `a`, `b` FROM `p.d.t`");
    }

    @Test
    void writesATextForEachColumnAndFindsItsParameters() throws IOException {
        var value = QueryParameterValue.string("x");
        SqlStatement statement = statement(
                "${key: s.`$column` = @p_$column; AND} ${some: `$column` IS NULL; OR} ${some: `$column` = 1; ,}",
                Map.of("key", columns("a", "b"), "some", columns("c", "d")),
                Map.of("p_a", value, "p_b", value));
        assertThat(statement.text())
                .isEqualTo("s.`a` = @p_a AND s.`b` = @p_b `c` IS NULL OR `d` IS NULL `c` = 1, `d` = 1");
    }

    @Test
    void writesLinesOfWhichThereMayBeNone() throws IOException {
        assertThat(statement(
                                "CASE ${some: WHEN REGEXP_CONTAINS(`$column`, r'^[0-9]{1,2}$') THEN 1; }${none: x; } END",
                                Map.of("some", columns("a", "b"), "none", columns()),
                                Map.of())
                        .text())
                .isEqualTo("CASE WHEN REGEXP_CONTAINS(`a`, r'^[0-9]{1,2}$') THEN 1\n"
                        + "WHEN REGEXP_CONTAINS(`b`, r'^[0-9]{1,2}$') THEN 1 END");
    }

    @Test
    void putsStatementsIntoOthersWithTheirParameters() throws IOException {
        SqlStatement inner = statement("SELECT @a", Map.of(), Map.of("a", QueryParameterValue.string("x")));
        SqlStatement outer = statement(
                "SELECT @b FROM ${rows}",
                Map.of("rows", new SqlIdentifier.Subquery(inner)),
                Map.of("b", QueryParameterValue.string("y")));
        assertThat(outer.text()).isEqualTo("SELECT @b FROM (SELECT @a)");
        assertThat(outer.parameters()).containsOnlyKeys("a", "b");
    }

    @Test
    void writesAQueryForEachColumnAndTellsTheirParametersApart() throws IOException {
        SqlStatement inner = statement("SELECT @a, '@'", Map.of(), Map.of("a", QueryParameterValue.string("x")));
        SqlStatement other = statement("SELECT @a", Map.of(), Map.of("a", QueryParameterValue.string("y")));
        Map<String, SqlStatement> queries = new java.util.LinkedHashMap<>();
        queries.put("b", inner);
        queries.put("c", other.prefixed("c_"));
        SqlStatement outer =
                statement("${q: $query AS `$column`; ,}", Map.of("q", new SqlIdentifier.Queries(queries)), Map.of());
        assertThat(outer.text()).isEqualTo("(SELECT @a, '@') AS `b`, (SELECT @c_a) AS `c`");
        assertThat(outer.parameters()).containsOnlyKeys("a", "c_a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> statement(
                        "${q: $query; ,}",
                        Map.of("q", new SqlIdentifier.Queries(Map.of("b", inner, "c", other))),
                        Map.of()))
                .withMessageContaining("stands for something else");
    }

    @Test
    void nothingIsAlwaysTrueTogetherAndNeverOneByOne() throws IOException {
        assertThat(statement(
                                "${none: `$column` = 1; AND} ${none: `$column` = 1; OR}",
                                Map.of("none", columns()),
                                Map.of())
                        .text())
                .isEqualTo("TRUE FALSE");
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> statement("${a: `$column` = @p_$column; AND}", Map.of("a", columns("b")), Map.of()))
                .withMessageContaining("p_b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> statement("${a}", Map.of("a", columns("b` --")), Map.of()))
                .withMessageContaining("not an identifier");
    }
}
