package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.QueryParameterType;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import dev.sluice.local.googlesql.GoogleReference;
import dev.sluice.local.sql.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Google's own analyzer takes every statement of {@code sql/} for every table, and expects the columns that we do. */
class GoogleSqlFilesTests {

    private static final Path SQL = Path.of("sql");
    private static final List<String> STAGED = List.of(
            "sluice_row INT64",
            "sluice_fault STRING",
            "sluice_digest STRING",
            "sluice_raw STRING",
            "sluice_wrong STRING");

    /** Queries about the record {@code line.doc}, and what they consist of. */
    private static final Set<String> OF_RECORDS = Set.of("ndjson-record.sql", "ndjson-array.sql");

    private static final Set<String> PARTS = Set.of("ndjson-level.sql", "ndjson-members.sql");
    private static final List<String> RAW = List.of("line STRING", "rest STRING", "f1 STRING", "f2 STRING");

    @TempDir
    static Path folder;

    private static Warehouse local;
    private static GoogleReference google;

    @BeforeAll
    static void open() throws Exception {
        assumeTrue(GoogleReference.unavailable().isEmpty(), GoogleReference::unavailable);
        local = new Warehouse(folder, Clock.systemUTC());
        local.dataset("house");
        google = GoogleReference.open(folder);
    }

    @AfterAll
    static void close() throws Exception {
        if (local != null) {
            google.close();
            local.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> accepts() throws IOException {
        List<Path> schemas = files(SQL.resolve("schema"));
        List<Path> statements = files(SQL).stream()
                .filter(file -> !file.startsWith(SQL.resolve("schema")))
                .filter(file -> !PARTS.contains(file.getFileName().toString()))
                .toList();
        assertThat(schemas).hasSizeGreaterThan(2);
        assertThat(statements).hasSizeGreaterThan(10);
        return schemas.stream().flatMap(schema -> {
            Map<String, String> tables = tables(schema);
            SqlTemplate.Columns columns = columns(tables.get("target"));
            create(tables, columns);
            return statements.stream()
                    .map(file -> DynamicTest.dynamicTest(
                            "%s of %s".formatted(file, tables.get("target")), () -> accept(file, tables, columns)));
        });
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".sql")
                            && !file.startsWith(SQL.resolve("jobrepository"))
                            && !file.startsWith(SQL.resolve("retention")))
                    .sorted()
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A table as its schema says, and the names of what jobs put beside it. */
    private static Map<String, String> tables(Path schema) {
        String name = schema.getFileName().toString().replace(".sql", "");
        String target = "`house.%s`".formatted(name);
        both(read(schema).replace("${table}", target).replace("IF NOT EXISTS ", ""));
        return Map.of(
                "target", target,
                "staging", "`house.%s_staging`".formatted(name),
                "rejects", "`house.%s_rejects`".formatted(name),
                "raw", "`house.%s_raw`".formatted(name),
                "rows", "`house.%s_rows`".formatted(name),
                "values", "`house.%s_staging`".formatted(name));
    }

    private static void both(String ddl) {
        local.query(ddl);
        google.create(ddl);
    }

    private static void create(Map<String, String> tables, SqlTemplate.Columns columns) {
        create(tables.get("staging"), columns.types(), STAGED);
        create(
                tables.get("rejects"),
                Map.of(),
                List.of("number INT64", "reason STRING", "digest STRING", "content STRING"));
        Map<String, String> texts = new LinkedHashMap<>();
        columns.types().keySet().forEach(column -> texts.put(column, "STRING"));
        create(tables.get("raw"), texts, RAW);
        create(tables.get("rows"), texts, STAGED);
    }

    private static void create(String table, Map<String, String> columns, List<String> more) {
        Stream<String> own = columns.entrySet().stream().map(column -> column.getKey() + " " + column.getValue());
        both("CREATE TABLE %s (%s)"
                .formatted(table, Stream.concat(own, more.stream()).collect(Collectors.joining(", "))));
    }

    private static SqlTemplate.Columns columns(String table) {
        Map<String, String> types = new LinkedHashMap<>();
        Set<String> required = new LinkedHashSet<>();
        TableSchema schema = local.dryRun("SELECT * FROM " + table).getQuery().getSchema();
        google.columns("SELECT * FROM " + table).forEach(column -> types.put(column.name(), column.type()));
        assertThat(described(schema)).as(table).isEqualTo(List.copyOf(google.columns("SELECT * FROM " + table)));
        schema.getFields().stream()
                .filter(field -> "REQUIRED".equals(field.getMode()))
                .forEach(field -> required.add(field.getName()));
        return new SqlTemplate.Columns(types, required);
    }

    private static void accept(Path file, Map<String, String> tables, SqlTemplate.Columns columns) {
        String sql = OF_RECORDS.contains(file.getFileName().toString())
                ? ofARecord(file, tables, columns)
                : new SqlTemplate(read(file)).filledIn(tables, columns);
        Set<String> parameters = SqlTemplate.parameters(sql);
        parameters.forEach(parameter -> google.declare(parameter, SqlTemplate.type(parameter, columns)));
        List<GoogleReference.Column> expected = google.columns(sql);
        TableSchema schema = local.dryRun(
                        sql,
                        parameters.stream()
                                .map(parameter -> parameter(parameter, SqlTemplate.type(parameter, columns)))
                                .toArray(QueryParameter[]::new))
                .getQuery()
                .getSchema();
        if (!expected.isEmpty()) {
            assertThat(described(schema)).as(sql).isEqualTo(expected);
        }
    }

    private static String ofARecord(Path file, Map<String, String> tables, SqlTemplate.Columns columns) {
        Path folder = SQL.resolve("bulk-insert");
        String query = "";
        for (String part : List.of("ndjson-members", "check-values", "ndjson-level")) {
            Map<String, String> inner = Map.of("rows", query, "values", query);
            query = "(%s)".formatted(new SqlTemplate(read(folder.resolve(part + ".sql"))).filledIn(inner, columns));
        }
        String whole = new SqlTemplate(read(file)).filledIn(Map.of("level", query), columns);
        return "SELECT line.one.fault FROM (SELECT (%s) AS one FROM (SELECT PARSE_JSON(raw.line) AS doc FROM %s AS raw) AS line) AS line"
                .formatted(whole, tables.get("raw"));
    }

    private static QueryParameter parameter(String name, String type) {
        var declared = new QueryParameterType().setType(type);
        if (type.equals("ARRAY<STRING>")) {
            declared.setType("ARRAY").setArrayType(new QueryParameterType().setType("STRING"));
        }
        return new QueryParameter().setName(name).setParameterType(declared);
    }

    private static List<GoogleReference.Column> described(TableSchema schema) {
        return schema.getFields().stream()
                .map(field -> new GoogleReference.Column(field.getName(), type(field)))
                .toList();
    }

    private static String type(TableFieldSchema field) {
        String single = Type.named(field.getType()).orElseThrow().toString();
        return "REPEATED".equals(field.getMode()) ? "ARRAY<%s>".formatted(single) : single;
    }
}
