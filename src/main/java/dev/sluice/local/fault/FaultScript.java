package dev.sluice.local.fault;

import dev.sluice.yaml.CheckedYaml;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A YAML file of fault rules, checked against {@code scripts/fault-script.schema.json}. */
public final class FaultScript {

    private static final long DEFAULT_MILLIS = 1000;

    private FaultScript() {}

    /** @throws IOException that names every problem with its line */
    public static FaultPlan read(Path script, Path schema, Clock clock) throws IOException {
        List<String> problems = new ArrayList<>();
        JsonNode content = new CheckedYaml(schema).read(script, problems).orElse(null);
        if (content == null) {
            throw new IOException("the fault script is wrong: " + String.join("; ", problems));
        }
        List<FaultRule> rules = new ArrayList<>();
        for (JsonNode rule : content.path("rules")) {
            try {
                rules.add(rule(rule));
            } catch (DateTimeException | PatternSyntaxException e) {
                throw new IOException("the fault script is wrong: %s:%d: %s"
                        .formatted(
                                script,
                                CheckedYaml.line(rule),
                                String.valueOf(e.getMessage())
                                        .lines()
                                        .findFirst()
                                        .orElse("")));
            }
        }
        return new FaultPlan(rules, content.path("seed").asLong(0), clock);
    }

    private static FaultRule rule(JsonNode rule) {
        Set<Integer> calls = new HashSet<>();
        rule.path("calls").forEach(call -> calls.add(call.asInt()));
        return new FaultRule(
                target(rule),
                new FaultRule.Window(instant(rule.path("after")), instant(rule.path("before"))),
                calls,
                rule.path("from").asInt(1),
                rule.path("chance").asDouble(1),
                fault(rule));
    }

    private static FaultRule.Target target(JsonNode rule) {
        String kind = rule.path("on").asString("any");
        return new FaultRule.Target(
                kind.equals("any") ? "" : kind,
                rule.path("dataset").asString(""),
                rule.path("job").asString(""),
                Pattern.compile(rule.path("path").asString("")));
    }

    private static @Nullable Instant instant(JsonNode after) {
        return after.isMissingNode() ? null : Instant.parse(after.asString());
    }

    private static Fault fault(JsonNode rule) {
        Duration millis = Duration.ofMillis(rule.path("millis").asLong(DEFAULT_MILLIS));
        return switch (rule.path("fault").asString()) {
            case "reset" -> new Fault.Reset();
            case "stall" -> new Fault.Stall(millis);
            case "trickle" -> new Fault.Trickle(millis);
            case "lost-reply" -> new Fault.LostReply();
            case "duplicate" -> new Fault.Duplicate();
            case "refuse" -> new Fault.Refuse(millis);
            case "clock-ahead" -> new Fault.ClockAhead(millis);
            case "stay-running" -> new Fault.Stall(millis);
            case "fail-late" -> new Fault.FailLate(millis, rule.path("reason").asString("backendError"));
            case "quota" -> new Fault.Status(403, rule.path("reason").asString("quotaExceeded"));
            default ->
                new Fault.Status(
                        rule.path("status").asInt(503), rule.path("reason").asString("backendError"));
        };
    }
}
