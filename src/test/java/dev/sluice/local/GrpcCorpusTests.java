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

/** Plays the recorded calls of the real Storage Write API against a local one; refusing is allowed, being wrong is not. */
class GrpcCorpusTests {

    private enum Outcome {
        EQUAL,
        REFUSED,
        WRONG
    }

    private static final double LEAST_EQUAL = 0.9;

    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();

    @Test
    void theLocalBigQueryAnswersAsBigQueryDid() throws Exception {
        Optional<Path> corpus = RecordedAnswers.corpus("grpc");
        assumeTrue(corpus.isPresent(), "no corpus beside this checkout: recorded calls of BigQuery were NOT played");
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        try (LocalServer server = LocalServer.openForWrites(folder);
                StorageClient storage = StorageClient.of(server);
                Stream<Path> cases = Files.list(corpus.get())) {
            for (Path recorded : cases.sorted().toList()) {
                counts.merge(outcome(server, storage, recorded), 1, Integer::sum);
            }
        }
        System.out.println("recorded calls of BigQuery's Storage Write API: " + counts);
        told.forEach(System.out::println);
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(counts).doesNotContainKey(Outcome.WRONG);
        assertThat(counts.getOrDefault(Outcome.EQUAL, 0)).isGreaterThanOrEqualTo((int) Math.ceil(LEAST_EQUAL * all));
    }

    private Outcome outcome(LocalServer server, StorageClient storage, Path recorded)
            throws IOException, InterruptedException {
        List<String> faults = new RecordedWriteCalls(server, storage, recorded).play();
        if (faults.isEmpty()) {
            return Outcome.EQUAL;
        }
        boolean refused = faults.toString().contains("The local BigQuery does not support");
        told.add("  %s %s: %s".formatted(refused ? "refused" : "WRONG", recorded.getFileName(), faults));
        return refused ? Outcome.REFUSED : Outcome.WRONG;
    }
}
