package dev.sluice.yaml;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.serialization.DefaultNodeReader;
import com.networknt.schema.serialization.NodeReader;
import com.networknt.schema.utils.JsonNodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files of one kind: those that one schema describes. Thread-safe. */
public final class CheckedYaml {

    private static final String UNKNOWN_KEY = "additionalProperties";

    private final Schema schema;
    private final JsonNode schemaContent;
    private final NodeReader reader =
            DefaultNodeReader.builder().locationAware().build();

    /** @throws IOException if the schema cannot be read */
    public CheckedYaml(Path schemaFile) throws IOException {
        String text = Files.readString(schemaFile);
        this.schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text, InputFormat.JSON);
        this.schemaContent = JsonMapper.shared().readTree(text);
    }

    /**
     * Reads one file.
     *
     * @param problems receives every fault, as {@code file:line: what is wrong}
     * @return the content, or empty if there was a problem
     */
    public Optional<JsonNode> read(Path file, List<String> problems) {
        JsonNode content;
        try {
            content = reader.readTree(Files.readString(file), InputFormat.YAML);
        } catch (IOException e) {
            problems.add(file + ": cannot be read");
            return Optional.empty();
        } catch (IllegalArgumentException | JacksonException e) {
            Throwable cause = e instanceof JacksonException ? e : e.getCause();
            int line = cause instanceof JacksonException yaml ? line(yaml.getLocation()) : 1;
            problems.add("%s:%d: not valid YAML".formatted(file, line));
            return Optional.empty();
        }
        List<Error> errors = schema.validate(content);
        errors.forEach(error -> problems.add(describe(file, error)));
        return errors.isEmpty() ? Optional.of(content) : Optional.empty();
    }

    /** The line on which a value that {@link #read} returned stands, from 1. */
    public static int line(JsonNode node) {
        return line(JsonNodes.tokenStreamLocationOf(node));
    }

    private static int line(@Nullable TokenStreamLocation location) {
        return location == null ? 1 : Math.max(1, location.getLineNr());
    }

    private String describe(Path file, Error error) {
        JsonNode place = error.getInstanceNode();
        String property = error.getProperty();
        if (property != null && place != null && place.has(property)) {
            place = place.get(property);
        }
        int line = place == null ? 1 : line(place);
        return "%s:%d: %s: %s%s".formatted(file, line, error.getInstanceLocation(), error.getMessage(), allowed(error));
    }

    /** What the schema knows beside the rule that a key has broken. */
    private String allowed(Error error) {
        if (!UNKNOWN_KEY.equals(error.getKeyword())) {
            return "";
        }
        String rule = error.getSchemaLocation().getFragment().toString();
        String parent = rule.substring(0, rule.length() - UNKNOWN_KEY.length());
        return "; allowed: "
                + String.join(", ", schemaContent.at(parent + "properties").propertyNames());
    }
}
