package dev.sluice.local;

import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.QueryParameterType;
import com.google.api.services.bigquery.model.QueryParameterValue;
import dev.sluice.local.sql.SqlRefused;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One statement with its recorded answer. */
final class CorpusCase {

    enum Outcome {
        EQUAL,
        FAILED_TOO,
        REFUSED,
        WRONG
    }

    private static final Map<String, String> DUCK_DB_TYPES = Map.of(
            "INTEGER", "BIGINT",
            "FLOAT", "DOUBLE",
            "STRING", "VARCHAR",
            "DATETIME", "TIMESTAMP",
            "TIMESTAMP", "TIMESTAMP WITH TIME ZONE",
            "NUMERIC", "DECIMAL(38,9)",
            "BYTES", "BLOB");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final Path folder;
    private final Warehouse warehouse;
    private final LocalServer server;
    private final JsonNode expected;
    private final CorpusJob job;
    private final List<String> faults = new ArrayList<>();
    private String refusal = "";
    private Warehouse.@Nullable Result result;

    CorpusCase(Path folder, Warehouse warehouse, LocalServer server) throws IOException {
        this.folder = folder;
        this.server = server;
        this.warehouse = warehouse;
        this.expected = JSON.readTree(Files.readString(folder.resolve("expected.json")));
        this.job = CorpusJob.of(folder.resolve("job_config.json"), JSON);
    }

    String name() {
        return folder.getParent().getFileName() + "/" + folder.getFileName();
    }

    List<String> faults() {
        return faults;
    }

    String refusal() {
        return refusal;
    }

    /** Whether it is a statement with settings that no REST is needed for. */
    private boolean standsForItself() {
        return !Files.exists(folder.resolve("setup_rest.json")) && job.isKnown();
    }

    Outcome outcome() throws IOException, InterruptedException {
        String dataset = name().replace('/', '_').toLowerCase(Locale.ROOT);
        try {
            result = standsForItself()
                    ? answer(dataset)
                    : new CorpusRest(server, JSON).run(folder, dataset, job.settings());
        } catch (SqlRefused | ApiError e) {
            refusal = String.valueOf(e.getMessage());
            return expected.has("error") ? Outcome.FAILED_TOO : Outcome.REFUSED;
        }
        if (expected.has("error")) {
            faults.add("must fail");
        } else if (!result.names().isEmpty()) {
            compare(result);
        }
        return faults.isEmpty() ? Outcome.EQUAL : Outcome.WRONG;
    }

    private Warehouse.Result answer(String dataset) throws IOException {
        warehouse.dataset(dataset);
        Path setup = folder.resolve("setup.sql");
        if (Files.exists(setup)) {
            warehouse.query(statement(setup, dataset));
        }
        var query = new JobConfigurationQuery()
                .setQuery(statement(folder.resolve("query.sql"), dataset))
                .setUseLegacySql(false)
                .setQueryParameters(new ArrayList<>(parameters().values()));
        return warehouse.query(job.set(query, dataset));
    }

    private static String statement(Path file, String dataset) throws IOException {
        return Files.readString(file)
                .replace("${DATASET}", Warehouse.PROJECT + "." + dataset)
                .replace("${GCS_BUCKET}", "corpus");
    }

    private Map<String, QueryParameter> parameters() throws IOException {
        Map<String, QueryParameter> parameters = new LinkedHashMap<>();
        Path file = folder.resolve("parameters.json");
        if (Files.exists(file)) {
            int number = 0;
            for (JsonNode parameter : JSON.readTree(Files.readString(file)).path("parameters")) {
                number++;
                String name = parameter.path("name").asString("");
                parameters.put(
                        name.isEmpty() ? String.valueOf(number) : name,
                        new QueryParameter()
                                .setName(name.isEmpty() ? null : name)
                                .setParameterType(type(parameter.path("type")))
                                .setParameterValue(value(parameter.path("value"))));
            }
        }
        return parameters;
    }

    private static QueryParameterType type(JsonNode type) {
        String name = type.isString() ? type.asString() : type.path("type").asString("");
        var parameter = new QueryParameterType().setType(name);
        if (name.equals("ARRAY")) {
            JsonNode element = type.has("arrayType") ? type.path("arrayType") : type.path("array_type");
            parameter.setArrayType(type(element));
        }
        if (name.equals("STRUCT")) {
            parameter.setStructTypes(type.path("structTypes")
                    .valueStream()
                    .map(field -> new QueryParameterType.StructTypes()
                            .setName(field.path("name").asString())
                            .setType(type(field.path("type"))))
                    .toList());
        }
        return parameter;
    }

    private static QueryParameterValue value(JsonNode value) {
        var parameter = new QueryParameterValue();
        if (value.isArray()) {
            return parameter.setArrayValues(
                    value.valueStream().map(CorpusCase::value).toList());
        }
        if (value.isObject()) {
            Map<String, QueryParameterValue> fields = new HashMap<>();
            value.properties().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
            return parameter.setStructValues(fields);
        }
        return value.isNull() ? parameter : parameter.setValue(value.asString());
    }

    private void compare(Warehouse.Result answer) {
        List<JsonNode> columns = expected.path("schema").valueStream().toList();
        List<String> wanted = columns.stream()
                .map(column -> column.path("name").asString() + " " + duckDb(column))
                .toList();
        List<String> own = new ArrayList<>();
        for (int i = 0; i < answer.names().size(); i++) {
            own.add(answer.names().get(i) + " " + answer.types().get(i).replaceAll("STRUCT\\(.*\\)", "STRUCT"));
        }
        if (!own.equals(wanted)) {
            faults.add("columns %s instead of %s".formatted(own, wanted));
            return;
        }
        List<JsonNode> rows = expected.path("rows").valueStream().toList();
        if (rows.size() != answer.rows().size()) {
            faults.add("%d rows instead of %d".formatted(answer.rows().size(), rows.size()));
            return;
        }
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < columns.size(); j++) {
                JsonNode cell = rows.get(i).path(columns.get(j).path("name").asString());
                Object value = answer.rows().get(i).get(j);
                if (!same(cell, value, columns.get(j))) {
                    faults.add("%s instead of %s".formatted(value, cell));
                }
            }
        }
    }

    /** The type of a column as DuckDB has it. */
    static String duckDb(JsonNode column) {
        String type = column.path("type").asString();
        String single = type.equals("RECORD") ? "STRUCT" : DUCK_DB_TYPES.getOrDefault(type, type);
        return column.path("mode").asString().equals("REPEATED") ? single + "[]" : single;
    }

    private static boolean same(JsonNode cell, @Nullable Object own, JsonNode column) {
        if (column.path("mode").asString().equals("REPEATED")) {
            List<?> values = own == null ? List.of() : (List<?>) own;
            boolean same = cell.size() == values.size();
            for (int i = 0; same && i < values.size(); i++) {
                same = single(cell.get(i), values.get(i), column);
            }
            return same;
        }
        return single(cell, own, column);
    }

    private static boolean single(JsonNode cell, @Nullable Object own, JsonNode column) {
        if (cell.isNull() || own == null) {
            return cell.isNull() && own == null;
        }
        if (!column.path("type").asString().equals("RECORD")) {
            return scalar(cell, own.toString(), column.path("type").asString());
        }
        boolean same = true;
        List<?> values = (List<?>) own;
        for (int i = 0; i < values.size(); i++) {
            JsonNode field = column.path("fields").get(i);
            same &= same(cell.path(field.path("name").asString()), values.get(i), field);
        }
        return same;
    }

    private static boolean scalar(JsonNode cell, String own, String type) {
        String text = cell.isString() ? cell.asString() : cell.toString();
        return switch (type) {
            case "FLOAT" -> Double.valueOf(text.replace("\"", "")).equals(Double.valueOf(own));
            case "NUMERIC" -> new BigDecimal(text).compareTo(new BigDecimal(own)) == 0;
            case "TIMESTAMP", "DATETIME" -> seconds(text).equals(seconds(own));
            case "TIME" -> LocalTime.parse(text).equals(LocalTime.parse(own));
            case "JSON" ->
                JSON.readTree(cell.isString() ? cell.asString() : text).equals(JSON.readTree(own))
                        || cell.isString() && JSON.readTree(own).equals(cell);
            default -> text.equals(own);
        };
    }

    private static LocalDateTime seconds(String text) {
        return LocalDateTime.parse(text.replaceAll("(\\+00:00|Z)$", ""));
    }

    boolean hasBytes() {
        return expected.path("bigquery").has("total_bytes_processed");
    }

    boolean bytesAgree() {
        return bytes().matches("(\\d+)/(\\d+) instead of \\1/\\2");
    }

    String bytes() {
        JsonNode recorded = expected.path("bigquery");
        var query = Objects.requireNonNull(result).statistics().getQuery();
        return "%d/%d instead of %d/%d"
                .formatted(
                        query.getTotalBytesProcessed(),
                        query.getTotalBytesBilled(),
                        recorded.path("total_bytes_processed").asLong(),
                        recorded.path("total_bytes_billed").asLong());
    }
}
