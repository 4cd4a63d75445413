package dev.sluice.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How an answer differs from a recorded one, in which {@code <*>} stands for any value that is there. */
final class RecordedAnswers {

    private static final String ANY = "<*>";

    private RecordedAnswers() {}

    /** A folder of the corpus, which lies beside the checkout or above. */
    static Optional<Path> corpus(String name) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path corpus = folder.resolve("shared/corpus").resolve(name);
            if (Files.isDirectory(corpus)) {
                return Optional.of(corpus);
            }
        }
        return Optional.empty();
    }

    static List<String> faults(JsonNode expected, RecordedExchange.Answer answer) {
        List<String> faults = new ArrayList<>();
        if (expected.path("http_status").asInt() != answer.status()) {
            faults.add("status %d instead of %s: %s"
                    .formatted(answer.status(), expected.path("http_status"), answer.text()));
            return faults;
        }
        expected.path("headers").properties().forEach(header -> {
            String own = answer.headers().firstValue(header.getKey()).orElse("");
            String wanted = header.getValue().asString();
            if (wanted.equals(ANY) ? own.isEmpty() : !own.startsWith(wanted)) {
                faults.add("header %s is '%s'".formatted(header.getKey(), own));
            }
        });
        if (expected.path("body").isObject()) {
            compare("", expected.path("body"), answer.body(), faults);
        } else if (!expected.path("body").asString("").equals(answer.text())) {
            faults.add("body " + answer.text());
        }
        return faults;
    }

    static void compare(String path, JsonNode expected, JsonNode own, List<String> faults) {
        if (own.isMissingNode()) {
            faults.add(path + " is missing");
        } else if (expected.isObject()) {
            expected.properties()
                    .forEach(member -> compare(
                            path + "/" + member.getKey(), member.getValue(), own.path(member.getKey()), faults));
        } else if (expected.isArray() && expected.size() != own.size()) {
            faults.add("%s has %d elements instead of %d".formatted(path, own.size(), expected.size()));
        } else if (expected.isArray()) {
            for (int i = 0; i < expected.size(); i++) {
                compare(path + "/" + i, expected.get(i), own.path(i), faults);
            }
        } else if (!expected.asString("").equals(ANY) && !expected.equals(own)) {
            faults.add("%s is %s instead of %s".formatted(path, own, expected));
        }
    }
}
