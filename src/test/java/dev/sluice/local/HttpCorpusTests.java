package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plays the recorded exchanges with the real BigQuery against a local one; refusing is allowed, being wrong is not. */
class HttpCorpusTests {

    private enum Outcome {
        EQUAL,
        REFUSED,
        WRONG,
        /** The recording lacks the body that was sent. */
        INCOMPLETE
    }

    /** ORC is refused. */
    private static final double LEAST_EQUAL = 0.8;

    @TempDir
    private Path folder;

    private final JsonMapper json = new JsonMapper();
    private final List<String> told = new ArrayList<>();

    @Test
    void isNeverWrong() throws Exception {
        Optional<Path> corpus = RecordedAnswers.corpus("http");
        if (corpus.isEmpty()) {
            System.out.println("recorded HTTP exchanges: none beside the checkout, not compared");
        }
        assumeTrue(corpus.isPresent(), "no corpus beside the checkout");
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        try (Stream<Path> cases = Files.list(corpus.orElseThrow());
                LocalServer server = LocalServer.open(folder)) {
            for (Path recorded : cases.sorted().toList()) {
                counts.merge(outcome(server, recorded), 1, Integer::sum);
            }
        }
        System.out.println("recorded HTTP exchanges of BigQuery: " + counts);
        told.forEach(System.out::println);
        int complete =
                counts.values().stream().mapToInt(Integer::intValue).sum() - counts.getOrDefault(Outcome.INCOMPLETE, 0);
        assertThat(counts).doesNotContainKey(Outcome.WRONG);
        assertThat(counts.get(Outcome.EQUAL)).isGreaterThanOrEqualTo((int) (LEAST_EQUAL * complete));
    }

    private Outcome outcome(LocalServer server, Path recorded) throws IOException, InterruptedException {
        JsonNode expected = json.readTree(Files.readString(recorded.resolve("expected_response.json")));
        var exchange = new RecordedExchange(server, recorded);
        if (!exchange.isComplete()) {
            return Outcome.INCOMPLETE;
        }
        RecordedExchange.Answer answer = exchange.play();
        List<String> faults = RecordedAnswers.faults(expected, answer);
        if (faults.isEmpty()) {
            return Outcome.EQUAL;
        }
        boolean refused = answer.status() == 501 || answer.text().contains("The local BigQuery does not support");
        told.add("  %s %s: %s".formatted(refused ? "refused" : "WRONG", recorded.getFileName(), faults));
        return refused ? Outcome.REFUSED : Outcome.WRONG;
    }
}
