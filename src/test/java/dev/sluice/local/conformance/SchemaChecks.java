package dev.sluice.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What may become of a table's columns. */
final class SchemaChecks extends Area {

    private static final Field ID = Field.newBuilder("id", StandardSQLTypeName.INT64)
            .setMode(Field.Mode.REQUIRED)
            .setDescription("the id")
            .build();
    private static final Field NAME = Field.of("name", StandardSQLTypeName.STRING);
    private static final Field TAGS = Field.newBuilder("tags", StandardSQLTypeName.STRING)
            .setMode(Field.Mode.REPEATED)
            .build();
    private static final Field PLACE = Field.newBuilder(
                    "place",
                    StandardSQLTypeName.STRUCT,
                    Field.of("x", StandardSQLTypeName.INT64),
                    Field.of("y", StandardSQLTypeName.STRING))
            .build();

    SchemaChecks(ConformanceTarget at) {
        super(at);
    }

    @Override
    String page() {
        return "managing-table-schemas";
    }

    private FieldList fields() {
        return Objects.requireNonNull(Objects.requireNonNull(at.client().getTable(at.table("people")))
                        .getDefinition()
                        .getSchema())
                .getFields();
    }

    private void become(Field... fields) {
        Objects.requireNonNull(at.client().getTable(at.table("people"))).toBuilder()
                .setDefinition(StandardTableDefinition.of(Schema.of(fields)))
                .build()
                .update();
    }

    private Field[] with(Field... more) {
        List<Field> all = new ArrayList<>(List.of(ID, NAME, TAGS, PLACE));
        all.addAll(List.of(more));
        return all.toArray(Field[]::new);
    }

    @Override
    Stream<DynamicTest> checks() {
        return Stream.of(
                check("columns keep their modes, descriptions and records", () -> {
                    at.create("people", Schema.of(ID, NAME, TAGS, PLACE));
                    assertThat(fields().get("id").getMode()).isEqualTo(Field.Mode.REQUIRED);
                    assertThat(fields().get("id").getDescription()).isEqualTo("the id");
                    assertThat(fields().get("tags").getMode()).isEqualTo(Field.Mode.REPEATED);
                    assertThat(fields().get("place").getSubFields())
                            .extracting(Field::getName)
                            .containsExactly("x", "y");
                }),
                check("a row leaves out what it may", () -> {
                    at.run("INSERT INTO $.people (id) VALUES (1)");
                    assertThat(at.rows("SELECT id, name, tags, place FROM $.people"))
                            .isEqualTo("[[1, null, [], null]]");
                }),
                check("a NULLABLE column is added, and is NULL in rows that are there", () -> {
                    become(with(Field.of("born", StandardSQLTypeName.DATE)));
                    assertThat(at.rows("SELECT born FROM $.people")).isEqualTo("[[null]]");
                }),
                refuses(
                        "a REQUIRED column is not added",
                        () -> become(with(
                                Field.of("born", StandardSQLTypeName.DATE),
                                Field.newBuilder("must", StandardSQLTypeName.STRING)
                                        .setMode(Field.Mode.REQUIRED)
                                        .build())),
                        400,
                        "invalid"),
                refuses("a column is not dropped by an update", () -> become(with()), 400, "invalid"),
                refuses(
                        "a column does not become another type",
                        () -> become(with(Field.of("born", StandardSQLTypeName.STRING))),
                        400,
                        "invalid"),
                check("a REQUIRED column is relaxed", () -> {
                    Field[] relaxed = with(Field.of("born", StandardSQLTypeName.DATE));
                    relaxed[0] = Field.of("id", StandardSQLTypeName.INT64);
                    become(relaxed);
                    assertThat(fields().get("id").getMode()).isNotEqualTo(Field.Mode.REQUIRED);
                }),
                refuses(
                        "a NULLABLE column does not become REQUIRED",
                        () -> become(with(Field.of("born", StandardSQLTypeName.DATE))),
                        400,
                        "invalid"),
                refuses(
                        "two columns do not differ in case alone",
                        () -> at.create(
                                "twins",
                                Schema.of(
                                        Field.of("a", StandardSQLTypeName.INT64),
                                        Field.of("A", StandardSQLTypeName.INT64))),
                        400,
                        "invalid"),
                answers("names of columns do not tell cases apart", "SELECT ID FROM $.people", "[[1]]"));
    }
}
