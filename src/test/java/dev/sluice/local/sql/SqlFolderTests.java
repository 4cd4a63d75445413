package dev.sluice.local.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every statement of the platform is one that the local BigQuery takes. */
class SqlFolderTests {

    private static final Relation ANY = new Relation(
            "SELECT id, doc, sluice_row FROM data.t1",
            List.of(
                    new Column("id", Type.STRING, false, null),
                    new Column("doc", Type.JSON, false, null),
                    new Column("sluice_row", Type.INT64, true, null),
                    new Column("sluice_fault", Type.STRING, false, null),
                    new Column("sluice_digest", Type.STRING, false, null),
                    new Column("sluice_raw", Type.STRING, false, null),
                    new Column("number", Type.INT64, false, null),
                    new Column("reason", Type.STRING, false, null),
                    new Column("digest", Type.STRING, false, null),
                    new Column("content", Type.STRING, false, null),
                    new Column("line", Type.STRING, false, null),
                    new Column("sluice_wrong", Type.STRING, false, null),
                    new Column("rest", Type.STRING, false, null),
                    new Column("f1", Type.STRING, false, null),
                    new Column("f2", Type.STRING, false, null)));

    private static final Pattern PART = Pattern.compile(".*/ndjson-(array|level|members|record)\\.sql");

    private static final Map<String, Type> PARAMETERS = Map.ofEntries(
            Map.entry("after", Type.INT64),
            Map.entry("scope_id", Type.STRING),
            Map.entry("tenant_id", Type.STRING),
            Map.entry("repeated", Type.STRING),
            Map.entry("beyond", Type.STRING),
            Map.entry("ignoring", Type.BOOL),
            Map.entry("header", Type.BOOL),
            Map.entry("nullMarker", Type.STRING),
            Map.entry("names", Type.array(Type.STRING)),
            Map.entry("mostBytes", Type.INT64),
            Map.entry("tooLong", Type.STRING));

    @Test
    void acceptsEveryFile() throws IOException {
        List<String> types = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("sql"))) {
            for (Path file : files.filter(SqlFolderTests::isForBigQuery).toList()) {
                String sql = Files.readString(file)
                        .replaceAll("\\$\\{(columns|key)}", "`id`")
                        .replaceAll(
                                "(\\$\\{documents:.*)", "TO_JSON_STRING(target.doc) = TO_JSON_STRING(staged.doc)) THEN")
                        .replaceAll("\\$\\{(typed|fields|positions|scalars): ([^;]+); }", "$2")
                        .replaceAll("\\$\\{\\w+: [^;]+; }", "")
                        .replaceAll("\\$\\{\\w+: ([^;]+); (AND|OR|,)}", "$1")
                        .replace("$column", "id")
                        .replaceAll("\\$\\{\\w+}", "`sluice-local.organizations.any`");
                types.add(GoogleSql.read(sql, table -> ANY, PARAMETERS).type());
            }
        }
        assertThat(types).hasSizeGreaterThan(4).contains("CREATE_TABLE", "INSERT", "SELECT");
    }

    /** The job repository is another database's; what belongs into other statements stands alone nowhere. */
    private static boolean isForBigQuery(Path file) {
        return file.toString().endsWith(".sql")
                && !file.startsWith("sql/jobrepository")
                && !file.startsWith("sql/retention")
                && !PART.matcher(file.toString()).matches();
    }
}
