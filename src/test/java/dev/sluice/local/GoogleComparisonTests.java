package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.local.GoogleComparison.Outcome;
import dev.sluice.local.googlesql.GeneratedSql.Piece;
import dev.sluice.local.googlesql.GoogleReference;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What skipping an operand excuses, and that it excuses no wrong answer. */
class GoogleComparisonTests {

    private static final String ALL = "SELECT id FROM `house.t` ORDER BY id";
    private static final String FAILS = "DIV(id, 0) = 1";

    @TempDir
    static Path folder;

    private static GoogleComparison both;

    @BeforeAll
    static void open() throws Exception {
        assumeTrue(GoogleReference.unavailable().isEmpty(), GoogleReference::unavailable);
        both = new GoogleComparison(new Warehouse(folder, Clock.systemUTC()), GoogleReference.open(folder), 1);
    }

    @AfterAll
    static void close() throws Exception {
        if (both != null) {
            both.close();
        }
    }

    /** The first operand of each fails for each row; ours is made to answer what skipping it would. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AND | id < 0      | FALSE            | EQUAL_SKIPPING",
                "AND | id < 0      | id < 3           | WRONG",
                "AND | id < 0      | CAST(NULL AS BOOL) | WRONG",
                "AND | id > 0      | FALSE            | WRONG",
                "AND | id < 3      | FALSE            | WRONG",
                "AND | id > 0      | TRUE             | WRONG",
                "AND | id IN (NULL) | FALSE           | WRONG",
                "AND | id IN (NULL) | CAST(NULL AS BOOL) | WRONG",
                "AND | DIV(id, 0) < 1 | FALSE         | WRONG",
                "OR  | id > 0      | TRUE             | EQUAL_SKIPPING",
                "OR  | id > 0      | id > 1           | WRONG",
                "OR  | id > 3      | id > 3           | WRONG",
                "OR  | id IN (NULL) | FALSE           | WRONG",
            })
    void forgivesAnOperandThatDecidesNothing(String operator, String other, String answer, Outcome outcome) {
        String query = "SELECT id, %s AS x1 FROM `house.t` ORDER BY id";
        for (List<Piece> operands : List.of(List.of(b(FAILS), b(other)), List.of(b(other), b(FAILS)))) {
            var value = new Piece("b", "({b} %s {b})".formatted(operator), operands);
            var theirs = new Piece("query", query.formatted("{b}"), List.of(value));
            assertThat(both.compare(query.formatted(answer), theirs).outcome())
                    .as(theirs.text())
                    .isEqualTo(outcome);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id < 0       | FALSE  | EQUAL_SKIPPING",
                "id IN (NULL) | FALSE  | EQUAL_SKIPPING",
                "id < 0       | id = 2 | WRONG",
                "id = 2       | id = 2 | WRONG",
                "id = 2       | FALSE  | WRONG",
            })
    void forgivesAFilterThatDecidesNothing(String other, String answer, Outcome outcome) {
        var theirs = new Piece("delete", "DELETE `house.c` WHERE {b} AND {b}", List.of(b(FAILS), b(other)));
        assertThat(both.compare("DELETE FROM `house.c` WHERE " + answer, theirs).outcome())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rid > 999     | id < 0 | EQUAL_SKIPPING",
                "rid > 999     | id < 3 | WRONG",
                "rid > id      | id < 0 | WRONG",
                "rid > 999 - 0 | id < 0 | WRONG",
            })
    void forgivesAComparisonThatDecidesNothing(String other, String answer, Outcome outcome) {
        String query =
                "SELECT id FROM `house.t` WHERE EXISTS (SELECT 1 FROM `house.r` WHERE ra = {i} AND %s) ORDER BY id";
        var theirs = new Piece("query", query.formatted(other), List.of(new Piece("i", "DIV(id, 0)", List.of())));
        assertThat(both.compare("SELECT id FROM `house.t` WHERE " + answer + " ORDER BY id", theirs)
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    void forgivesTheSubqueryOfAnInThatFailsByItself() {
        var in =
                new Piece("b", "({i} IN (SELECT ra FROM `house.r` WHERE rid > {i}))", List.of(b("id"), b("DIV(1, 0)")));
        var theirs = new Piece("query", "SELECT {b} AS x1 FROM `house.t` WHERE {b}", List.of(in, b("id < 0")));
        assertThat(both.compare("SELECT DIV(1, 0) AS x1", theirs).outcome()).isEqualTo(Outcome.FAILS_EARLY);
        var other =
                new Piece("b", "({i} IN (SELECT ra FROM `house.r` WHERE rid > {i}))", List.of(b("DIV(1, 0)"), b("1")));
        theirs = new Piece("query", "SELECT {b} AS x1 FROM `house.t` WHERE {b}", List.of(other, b("id < 0")));
        assertThat(both.compare("SELECT DIV(1, 0) AS x1", theirs).outcome()).isEqualTo(Outcome.WRONG);
    }

    /** The condition of the join fails for each pair of rows. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JOIN      | FALSE  | FALSE  | EQUAL_SKIPPING",
                "JOIN      | FALSE  | id = 2 | WRONG",
                "JOIN      | id = 2 | id = 2 | WRONG",
                "JOIN      | id = 2 | FALSE  | WRONG",
                "LEFT JOIN | rid = 0 | FALSE | WRONG",
            })
    void forgivesTheConditionOfAnInnerJoin(String join, String where, String answer, Outcome outcome) {
        String query = "SELECT id, rid FROM `house.t` %s `house.r` ON %s WHERE %s ORDER BY id, rid";
        var theirs = new Piece(
                "query", query.formatted(join, "{on}", "{b}"), List.of(new Piece("on", FAILS, List.of()), b(where)));
        assertThat(both.compare(query.formatted(join, "TRUE", answer), theirs).outcome())
                .isEqualTo(outcome);
    }

    /** The filter fails for each row, and the reference may compute it before it joins. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JOIN      | rid > id + 999 | FALSE  | EQUAL_SKIPPING",
                "JOIN      | rid > id + 999 | id = 2 | WRONG",
                "JOIN      | rid > id       | FALSE  | WRONG",
                "JOIN      | DIV(rid, 0) > id | FALSE  | WRONG",
                "LEFT JOIN | rid > id + 999 | FALSE  | WRONG",
            })
    void forgivesAFilterBehindAnInnerJoinOfNoRows(String join, String on, String answer, Outcome outcome) {
        String query = "SELECT id, rid FROM `house.t` %s `house.r` ON %s WHERE %s ORDER BY id, rid";
        var theirs = new Piece(
                "query", query.formatted(join, "{on}", "{b}"), List.of(new Piece("on", on, List.of()), b(FAILS)));
        assertThat(both.compare(query.formatted(join, "TRUE", answer), theirs).outcome())
                .isEqualTo(outcome);
    }

    /** Ours is made to fail. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT id FROM `house.t` WHERE {b} AND {b} ORDER BY id            | id < 3 | DIV(1, id - 5) = 9 | FAILS_EARLY",
                "SELECT id FROM `house.t` WHERE {b} AND {b} ORDER BY id            | id < 3 | id > 1 | WRONG",
                "SELECT id, rid FROM `house.t` FULL JOIN `house.r` ON a = ra AND {b} ORDER BY id, rid | NOT EXISTS (SELECT 1 FROM UNNEST([DIV(1, IF(a IS NULL, 0, 1))]) AS e WHERE e = id) | 0 | FAILS_EARLY",
                "SELECT id, rid FROM `house.t` FULL JOIN `house.r` ON a = ra AND {b} ORDER BY id, rid | DIV(1, id - 99) = 9 | 0 | WRONG",
                "SELECT id, IF({b}, {b}, FALSE) AS x1 FROM `house.t`               | id < 3 | DIV(1, id - 5) = 9 | WRONG",
            })
    void forgivesAnOperandThatFailsWhereTheReferenceSkipsIt(String form, String one, String other, Outcome outcome) {
        var theirs = new Piece("query", form, List.of(b(one), b(other)));
        assertThat(both.compare("SELECT 1 AS id, DIV(1, 0) AS x1", theirs).outcome())
                .isEqualTo(outcome);
    }

    /** Ours is made to fail. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[DIV(1, 0)]                | id < 0 | FAILS_EARLY",
                "GENERATE_ARRAY(1, 9000000) | id < 0 | FAILS_EARLY",
                "[DIV(1, id - 3)]           | id < 0 | FAILS_EARLY",
                "[DIV(1, id - 3)]           | id < 3 | WRONG",
                "[1]                        | id < 0 | WRONG",
                "[1]                        | id > 0 | WRONG",
                "[DIV(1, 0)]                | id > 0 | BOTH_FAIL",
            })
    void forgivesAnArrayThatFailsForRowsThatWhereLeavesOut(String array, String where, Outcome outcome) {
        var theirs = new Piece(
                "query",
                "SELECT id, x1 FROM `house.t`, UNNEST({I}) AS x1 WHERE {b} ORDER BY id",
                List.of(new Piece("I", array, List.of()), b(where)));
        assertThat(both.compare("SELECT 1 AS id, DIV(1, 0) AS x1", theirs).outcome())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query  | SELECT id, {i} AS x1 FROM `house.t` WHERE {b} ORDER BY id | (SELECT DIV(1, 0))  | id < 0 | FAILS_EARLY",
                "query  | SELECT id, {i} AS x1 FROM `house.t` WHERE {b} ORDER BY id | (SELECT DIV(1, 0))  | id > 0 | BOTH_FAIL",
                "query  | SELECT id, {i} AS x1 FROM `house.t` WHERE {b} ORDER BY id | (SELECT DIV(1, id) - DIV(1, 0)) | id < 0 | WRONG",
                "query  | SELECT id, {i} AS x1 FROM `house.t` WHERE {b} ORDER BY id | (SELECT 1)          | id < 0 | WRONG",
                "query  | SELECT id, {i} AS x1 FROM `house.t` WHERE {b} ORDER BY id | DIV(1, 0)           | id < 0 | WRONG",
                "query  | SELECT id, IF(id < 0, {i}, 0) AS x1 FROM `house.t` WHERE {b} ORDER BY id | (SELECT DIV(1, 0)) | id = 2 | WRONG",
                "update | UPDATE `house.c` SET a = {i} WHERE {b}                    | (SELECT DIV(1, 0))  | id < 0 | FAILS_EARLY",
                "update | UPDATE `house.c` SET a = {i} WHERE {b}                    | (SELECT 1)          | id < 3 | WRONG",
                "update | UPDATE `house.c` SET a = IF(id < 0, {i}, 7) WHERE {b}     | (SELECT DIV(1, 0))  | id < 3 | WRONG",
                "insert | INSERT INTO `house.i` (id, a) SELECT id + 1000, {i} FROM `house.t` WHERE {b} | (SELECT DIV(1, 0)) | id < 0 | FAILS_EARLY",
                "insert | INSERT INTO `house.i` (id, a) SELECT id + 1000, {i} FROM `house.t` WHERE {b} | (SELECT 1) | id < 3 | WRONG",
            })
    void forgivesASubqueryThatFailsThoughNoRowNeedsIt(
            String symbol, String form, String subquery, String where, Outcome outcome) {
        var theirs = new Piece(symbol, form, List.of(new Piece("i", subquery, List.of()), b(where)));
        assertThat(both.compare("SELECT 1 AS id, DIV(1, 0) AS x1", theirs).outcome())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "SELECT DIV(id - 1, 0) AS id FROM `house.t` ORDER BY id",
        "SELECT id FROM `house.t` WHERE {b} ORDER BY id"
    })
    void forgivesNoOtherError(String form) {
        var theirs = new Piece("query", form, form.contains("{b}") ? List.of(b(FAILS)) : List.of());
        assertThat(both.compare(ALL, theirs).outcome()).isEqualTo(Outcome.WRONG);
    }

    private static Piece b(String condition) {
        return new Piece("b", condition, List.of());
    }
}
