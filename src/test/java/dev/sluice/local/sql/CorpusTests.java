package dev.sluice.local.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares answers with those that were recorded from the real BigQuery; refusing is allowed, being wrong is not. */
class CorpusTests {

    private enum Outcome {
        EQUAL,
        FAILED_TOO,
        REFUSED,
        WRONG
    }

    /** Settings of a job that do not change what its statement means. */
    private static final Set<String> HARMLESS = Set.of("labels", "priority", "use_query_cache");

    private static final Map<String, String> DUCK_DB_TYPES = Map.of(
            "INTEGER", "BIGINT",
            "FLOAT", "DOUBLE",
            "STRING", "VARCHAR",
            "BOOLEAN", "BOOLEAN",
            "DATE", "DATE",
            "TIME", "TIME",
            "DATETIME", "TIMESTAMP",
            "TIMESTAMP", "TIMESTAMP WITH TIME ZONE",
            "NUMERIC", "DECIMAL(38,9)");

    private final JsonMapper json = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private final Warehouse warehouse;
    private int datasets;
    private final List<String> wrong = new ArrayList<>();

    CorpusTests() throws SQLException {
        this.warehouse = new Warehouse();
    }

    @AfterEach
    void close() throws SQLException {
        warehouse.close();
    }

    private static Optional<Path> corpus() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path corpus = folder.resolve("shared/corpus/sql");
            if (Files.isDirectory(corpus)) {
                return Optional.of(corpus);
            }
        }
        return Optional.empty();
    }

    @Test
    void isNeverWrong() throws IOException {
        Optional<Path> corpus = corpus();
        assumeTrue(corpus.isPresent(), "no corpus beside the checkout");
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        try (Stream<Path> found = Files.find(corpus.orElseThrow(), 3, (path, file) -> path.endsWith("query.sql"))) {
            for (Path query : found.sorted().toList()) {
                Path folder = query.getParent();
                if (standsForItself(folder)) {
                    counts.merge(outcome(folder), 1, Integer::sum);
                }
            }
        }
        System.out.println("recorded answers of BigQuery: " + counts);
        assertThat(wrong).isEmpty();
        assertThat(counts.get(Outcome.EQUAL)).isGreaterThan(100);
    }

    private boolean standsForItself(Path folder) throws IOException {
        if (Files.exists(folder.resolve("setup_rest.json"))) {
            return false;
        }
        Path job = folder.resolve("job_config.json");
        return !Files.exists(job)
                || json.readTree(Files.readString(job)).propertyNames().stream().allMatch(HARMLESS::contains);
    }

    private Outcome outcome(Path folder) throws IOException {
        JsonNode expected = json.readTree(Files.readString(folder.resolve("expected.json")));
        Warehouse.Result result;
        datasets++;
        try {
            Path setup = folder.resolve("setup.sql");
            if (Files.exists(setup)) {
                // nothing is there to be replaced
                run(Files.readString(setup).replace("CREATE OR REPLACE TABLE", "CREATE TABLE"), Map.of());
            }
            result = run(Files.readString(folder.resolve("query.sql")), parameters(folder));
        } catch (SqlRefused | SQLException e) {
            return expected.has("error") ? Outcome.FAILED_TOO : Outcome.REFUSED;
        }
        List<String> faults = expected.has("error") ? List.of("must fail") : faults(expected, result);
        faults.forEach(
                fault -> wrong.add(folder.getParent().getFileName() + "/" + folder.getFileName() + ": " + fault));
        return faults.isEmpty() ? Outcome.EQUAL : Outcome.WRONG;
    }

    private Map<String, JsonNode> parameters(Path folder) throws IOException {
        Map<String, JsonNode> parameters = new HashMap<>();
        Path file = folder.resolve("parameters.json");
        if (Files.exists(file)) {
            for (JsonNode parameter : json.readTree(Files.readString(file)).path("parameters")) {
                parameters.put(parameter.path("name").asString(""), parameter);
            }
        }
        return parameters;
    }

    private Warehouse.Result run(String script, Map<String, JsonNode> parameters) throws SQLException {
        Map<String, String> types = new HashMap<>();
        Map<String, String> values = new HashMap<>();
        parameters.forEach((name, parameter) -> {
            types.put(name, parameter.path("type").asString("none"));
            values.put(
                    name,
                    parameter.path("value").isNull()
                            ? null
                            : parameter.path("value").asString(""));
        });
        Warehouse.Result result = Warehouse.NOTHING;
        for (String sql : script.replace("${DATASET}", "p.ds" + datasets).split(";\\s*(\\n|$)")) {
            if (!sql.replaceAll("(?m)^\\s*--.*$", "").isBlank()) {
                result = warehouse.query(sql, types, values);
            }
        }
        return result;
    }

    private static List<String> faults(JsonNode expected, Warehouse.Result result) {
        List<String> faults = new ArrayList<>();
        if (result == Warehouse.NOTHING) {
            return faults;
        }
        List<JsonNode> columns = expected.path("schema").valueStream().toList();
        for (int i = 0; i < Math.max(columns.size(), result.names().size()); i++) {
            String column = i < columns.size()
                    ? columns.get(i).path("name").asString() + " "
                            + DUCK_DB_TYPES.get(columns.get(i).path("type").asString())
                    : "none";
            String own = i < result.names().size()
                    ? result.names().get(i) + " " + result.types().get(i)
                    : "none";
            if (!own.equals(column)) {
                faults.add("column %s instead of %s".formatted(own, column));
            }
        }
        if (faults.isEmpty()) {
            rows(expected, columns, result, faults);
        }
        return faults;
    }

    private static void rows(JsonNode expected, List<JsonNode> columns, Warehouse.Result result, List<String> faults) {
        List<JsonNode> rows = expected.path("rows").valueStream().toList();
        if (rows.size() != result.rows().size()) {
            faults.add("%d rows instead of %d".formatted(result.rows().size(), rows.size()));
            return;
        }
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < columns.size(); j++) {
                JsonNode cell = rows.get(i).path(columns.get(j).path("name").asString());
                String own = result.rows().get(i).get(j);
                if (!same(cell, own, columns.get(j).path("type").asString())) {
                    faults.add("%s instead of %s".formatted(own, cell));
                }
            }
        }
    }

    private static boolean same(JsonNode cell, @Nullable String own, String type) {
        if (cell.isNull() || own == null) {
            return cell.isNull() && own == null;
        }
        String text = cell.asString();
        return switch (type) {
            case "FLOAT" -> Double.valueOf(text).equals(Double.valueOf(own));
            case "NUMERIC" -> new BigDecimal(text).compareTo(new BigDecimal(own)) == 0;
            case "TIMESTAMP", "DATETIME" -> seconds(text).equals(seconds(own));
            case "TIME" -> java.time.LocalTime.parse(text).equals(java.time.LocalTime.parse(own));
            default -> text.equals(own);
        };
    }

    private static java.time.LocalDateTime seconds(String text) {
        return java.time.LocalDateTime.parse(text.replaceAll("(\\+00:00|Z)$", ""));
    }
}
