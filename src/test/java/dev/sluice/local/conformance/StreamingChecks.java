package dev.sluice.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.InsertAllRequest;
import com.google.cloud.bigquery.InsertAllResponse;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Rows one by one. */
final class StreamingChecks extends Area {

    private static final Schema SCHEMA = Schema.of(
            Field.newBuilder("id", StandardSQLTypeName.INT64)
                    .setMode(Field.Mode.REQUIRED)
                    .build(),
            Field.of("name", StandardSQLTypeName.STRING));

    StreamingChecks(ConformanceTarget at) {
        super(at);
    }

    @Override
    String page() {
        return "streaming-data-into-bigquery";
    }

    private InsertAllResponse insert(
            String table, UnaryOperator<InsertAllRequest.Builder> settings, Iterable<Map<String, Object>> rows) {
        var request = settings.apply(InsertAllRequest.newBuilder(at.table(table)));
        rows.forEach(request::addRow);
        return at.client().insertAll(request.build());
    }

    private InsertAllResponse insert(UnaryOperator<InsertAllRequest.Builder> settings, List<Map<String, Object>> rows) {
        return insert("streamed", settings, rows);
    }

    private void holds(String rows) throws InterruptedException {
        assertThat(at.rows("SELECT id, name FROM $.streamed ORDER BY id")).isEqualTo(rows);
    }

    @Override
    Stream<DynamicTest> checks() {
        Map<String, Object> bad = Map.of("id", "x");
        return Stream.of(
                check("rows are there at once", () -> {
                    at.create("streamed", SCHEMA);
                    assertThat(insert(UnaryOperator.identity(), List.of(Map.of("id", 1, "name", "a"), Map.of("id", 2)))
                                    .hasErrors())
                            .isFalse();
                    holds("[[1, a], [2, null]]");
                }),
                check("a bad row keeps the others out", () -> {
                    InsertAllResponse answer = insert(UnaryOperator.identity(), List.of(Map.of("id", 3), bad));
                    assertThat(answer.getErrorsFor(0).get(0).getReason()).isEqualTo("stopped");
                    assertThat(answer.getErrorsFor(1).get(0).getReason()).isEqualTo("invalid");
                    holds("[[1, a], [2, null]]");
                }),
                check("a bad row is skipped if that is said", () -> {
                    InsertAllResponse answer = insert(s -> s.setSkipInvalidRows(true), List.of(Map.of("id", 3), bad));
                    assertThat(answer.getInsertErrors()).containsOnlyKeys(1L);
                    holds("[[1, a], [2, null], [3, null]]");
                }),
                check(
                        "a field that is missing is an error",
                        () -> assertThat(insert(UnaryOperator.identity(), List.of(Map.of("name", "x")))
                                        .hasErrors())
                                .isTrue()),
                check(
                        "a field that nobody knows is an error",
                        () -> assertThat(insert(UnaryOperator.identity(), List.of(Map.of("id", 4, "who", "x")))
                                        .hasErrors())
                                .isTrue()),
                check("a field that nobody knows is left out if that is said", () -> {
                    insert(s -> s.setIgnoreUnknownValues(true), List.of(Map.of("id", 4, "who", "x")));
                    holds("[[1, a], [2, null], [3, null], [4, null]]");
                }),
                refuses(
                        "rows need a table",
                        () -> insert("no_stream", UnaryOperator.identity(), List.of(Map.of("id", 1))),
                        404,
                        "notFound"),
                refuses(
                        "rows that were just streamed are not changed",
                        "DELETE FROM $.streamed WHERE TRUE",
                        400,
                        "invalidQuery"));
    }
}
