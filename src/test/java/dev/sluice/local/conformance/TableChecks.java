package dev.sluice.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpHeaders;
import com.google.api.services.bigquery.model.Table;
import com.google.cloud.bigquery.Clustering;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TimePartitioning;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DynamicTest;

/** Tables as resources. */
final class TableChecks extends Area {

    private static final Schema EVENTS = Schema.of(
            Field.of("id", StandardSQLTypeName.INT64),
            Field.of("who", StandardSQLTypeName.STRING),
            Field.of("day", StandardSQLTypeName.DATE));

    TableChecks(ConformanceTarget at) {
        super(at);
    }

    @Override
    String page() {
        return "tables";
    }

    @Override
    Stream<DynamicTest> checks() {
        return Stream.concat(making(), changing());
    }

    private com.google.cloud.bigquery.Table found(String name) {
        return Objects.requireNonNull(at.client().getTable(at.table(name)));
    }

    private void partitioned(String name, String column, List<String> clustering) {
        at.client()
                .create(TableInfo.of(
                        at.table(name),
                        StandardTableDefinition.newBuilder()
                                .setSchema(EVENTS)
                                .setTimePartitioning(TimePartitioning.newBuilder(TimePartitioning.Type.DAY)
                                        .setField(column)
                                        .build())
                                .setClustering(Clustering.newBuilder()
                                        .setFields(clustering)
                                        .build())
                                .build()));
    }

    private Stream<DynamicTest> making() {
        return Stream.of(
                check(
                        "a table that nobody made is not found",
                        () -> assertThat(at.client().getTable(at.table("nobody")))
                                .isNull()),
                check("a table keeps its partitioning and clustering", () -> {
                    partitioned("events", "day", List.of("who", "id"));
                    StandardTableDefinition definition = found("events").getDefinition();
                    assertThat(definition.getTimePartitioning().getField()).isEqualTo("day");
                    assertThat(definition.getClustering().getFields()).containsExactly("who", "id");
                }),
                check("an empty table has no rows and no bytes", () -> {
                    assertThat(found("events").getNumRows()).isZero();
                    assertThat(found("events").getNumBytes()).isZero();
                }),
                refuses("a table is not made twice", () -> at.create("events", EVENTS), 409, "duplicate"),
                refuses(
                        "a table needs a dataset that is there",
                        () -> at.client()
                                .create(TableInfo.of(
                                        TableId.of(at.project(), "no_such_dataset", "t"),
                                        StandardTableDefinition.of(EVENTS))),
                        404,
                        "notFound"),
                refuses(
                        "tables are not partitioned by a STRING",
                        () -> partitioned("by_string", "who", List.of("id")),
                        400,
                        "invalid"),
                refuses(
                        "tables are not clustered by a column that they lack",
                        () -> partitioned("by_nothing", "day", List.of("nothing")),
                        400,
                        "invalid"),
                refuses(
                        "tables are clustered by four columns at most",
                        () -> at.run(
                                "CREATE TABLE $.five (a INT64, b INT64, c INT64, d INT64, e INT64) CLUSTER BY a, b, c, d, e"),
                        400,
                        "invalidQuery"),
                check(
                        "names of tables tell cases apart",
                        () -> assertThat(at.client().getTable(at.table("EVENTS")))
                                .isNull()),
                check(
                        "tables are listed",
                        () -> assertThat(at.client().listTables(at.dataset()).iterateAll())
                                .extracting(each -> each.getTableId().getTable())
                                .contains("events")));
    }

    private Stream<DynamicTest> changing() {
        return Stream.of(
                check("a table's description and labels are changed", () -> {
                    found("events").toBuilder()
                            .setDescription("what happened")
                            .setLabels(Map.of("team", "blue"))
                            .build()
                            .update();
                    assertThat(found("events").getDescription()).isEqualTo("what happened");
                    assertThat(found("events").getLabels()).containsEntry("team", "blue");
                }),
                check("a change gives a table another etag", () -> {
                    String before = found("events").getEtag();
                    found("events").toBuilder()
                            .setFriendlyName("friend")
                            .build()
                            .update();
                    assertThat(found("events").getEtag()).isNotEqualTo(before);
                }),
                check("a change with an etag that is not the table's is refused", () -> {
                    var refusal = Assertions.catchThrowableOfType(
                            GoogleJsonResponseException.class, () -> patch("another-etag"));
                    assertThat(refusal.getStatusCode()).isEqualTo(412);
                    assertThat(refusal.getDetails().getErrors().get(0).getReason())
                            .isEqualTo("conditionNotMet");
                }),
                check("a change with the table's etag is made", () -> {
                    patch(found("events").getEtag());
                    assertThat(found("events").getDescription()).isEqualTo("patched");
                }),
                check("a table is deleted", () -> {
                    at.create("short", EVENTS);
                    assertThat(at.client().delete(at.table("short"))).isTrue();
                    assertThat(at.client().getTable(at.table("short"))).isNull();
                }),
                check(
                        "a table that is gone cannot be deleted",
                        () -> assertThat(at.client().delete(at.table("short"))).isFalse()));
    }

    private void patch(String etag) throws IOException {
        var patch =
                at.raw().tables().patch(at.project(), at.dataset(), "events", new Table().setDescription("patched"));
        patch.setRequestHeaders(new HttpHeaders().setIfMatch(etag));
        patch.execute();
    }
}
