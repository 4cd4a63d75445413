package dev.sluice.definition;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.util.unit.DataSize;

/**
 * What a person gave as {@code name=value}, checked against a job's declaration.
 *
 * @param values canonical: defaults applied, paths absolute, sizes in bytes
 * @param problems every fault; the values are to be used only if there is none
 */
public record JobArguments(Map<String, String> values, List<String> problems) {

    private static final Pattern ORG = Pattern.compile("[a-z][a-z0-9_]{2,49}");
    private static final Pattern SIZE = Pattern.compile("\\d{1,15}(B|KB|MB|GB|TB)?");
    /** In UTF-8: with its name and the run a value has to fit into an index entry of PostgreSQL, 2,704 bytes. */
    private static final int MAX_BYTES = 2_000;

    /** @param workingDirectory against which relative paths are meant */
    public static JobArguments of(JobDefinition job, Map<String, String> given, Path workingDirectory) {
        List<String> problems = new ArrayList<>();
        Map<String, String> values = new LinkedHashMap<>();
        List<String> names =
                job.parameters().stream().map(JobParameterDefinition::name).toList();
        given.keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> problems.add("unknown parameter '%s'%s; %s takes: %s"
                        .formatted(name, Suggestion.of(name, names), job.name(), String.join(", ", names))));
        for (JobParameterDefinition parameter : job.parameters()) {
            String text = given.getOrDefault(parameter.name(), parameter.defaultValue());
            if (text == null) {
                if (parameter.required()) {
                    problems.add("parameter '%s' is required: %s".formatted(parameter.name(), parameter.description()));
                }
                continue;
            }
            if (SecretText.isIn(text)) {
                problems.add(
                        "parameter '%s' looks like it holds a secret, and parameters are kept for all to read: store it elsewhere and give its name"
                                .formatted(parameter.name()));
                continue;
            }
            try {
                values.put(parameter.name(), fitting(canonical(parameter, fitting(text), workingDirectory)));
            } catch (IllegalArgumentException | DateTimeException e) {
                problems.add("parameter '%s' %s".formatted(parameter.name(), expectation(parameter, text)));
            }
        }
        return new JobArguments(values, problems);
    }

    private static String canonical(JobParameterDefinition parameter, String text, Path workingDirectory) {
        return switch (parameter.type()) {
            case STRING -> text;
            case INTEGER -> String.valueOf(Long.parseLong(text));
            case BOOLEAN -> oneOf(List.of("true", "false"), text);
            case DATE -> LocalDate.parse(text).toString();
            case INSTANT -> Instant.parse(text).truncatedTo(ChronoUnit.SECONDS).toString();
            case SIZE -> size(text);
            case DURATION -> DurationText.canonical(text);
            case PATH -> path(text, workingDirectory);
            case ORG -> matching(ORG, text);
            case CHOICE -> oneOf(parameter.choices(), text);
        };
    }

    private static String fitting(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException("too long");
        }
        return text;
    }

    private static String size(String text) {
        long bytes = DataSize.parse(matching(SIZE, text)).toBytes();
        if (bytes < 1) {
            throw new IllegalArgumentException("not positive");
        }
        return String.valueOf(bytes);
    }

    private static String path(String text, Path workingDirectory) {
        if (text.isBlank()) {
            throw new InvalidPathException(text, "empty");
        }
        if (text.startsWith("gs://")) {
            // names of objects mean themselves, wherever one stands
            return text;
        }
        return workingDirectory.resolve(text).toAbsolutePath().normalize().toString();
    }

    private static String oneOf(List<String> allowed, String text) {
        if (!allowed.contains(text)) {
            throw new IllegalArgumentException("not allowed");
        }
        return text;
    }

    private static String matching(Pattern pattern, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("wrong form");
        }
        return text;
    }

    private static String expectation(JobParameterDefinition parameter, String text) {
        return switch (parameter.type()) {
            case STRING -> "must be at most %d bytes long in UTF-8".formatted(MAX_BYTES);
            case INTEGER -> "must be a whole number";
            case BOOLEAN -> "must be true or false";
            case DATE -> "must be a date like 2026-11-24";
            case INSTANT -> "must be a time in UTC like 2026-11-24T03:00:00Z";
            case DURATION -> "must be a time like 180d (s, m, h, d)";
            case SIZE -> "must be a size like 8MB (B, KB, MB, GB, TB)";
            case PATH ->
                "must be the path of a file or folder, or gs://<bucket>/<objects>, at most %d bytes long"
                        .formatted(MAX_BYTES);
            case ORG ->
                "must be an organization's slug: lower-case letters, digits, underscore; 3 to 50 of them;"
                        + " starting with a letter";
            case CHOICE ->
                "must be one of: " + String.join(", ", parameter.choices()) + Suggestion.of(text, parameter.choices());
        };
    }
}
