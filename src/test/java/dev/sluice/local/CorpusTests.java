package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares answers with those that were recorded from the real BigQuery; refusing is allowed, being wrong is not. */
class CorpusTests {

    /** How the cases of a category ended, and for how many of the equal ones the bytes agree, too. */
    private static final class Tally {
        private final Map<CorpusCase.Outcome, Integer> counts = new TreeMap<>();
        private int sized;
        private int bytesAgree;

        int count(CorpusCase.Outcome outcome) {
            return counts.getOrDefault(outcome, 0);
        }
    }

    @TempDir
    Path folder;

    private final List<String> wrong = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

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
    void isNeverWrong() throws Exception {
        Optional<Path> corpus = corpus();
        assumeTrue(corpus.isPresent(), "no corpus beside the checkout");
        Map<String, Tally> tallies = new TreeMap<>();
        try (var warehouse = new Warehouse(folder.resolve("statements"), Clock.systemUTC());
                var server = LocalServer.open(folder.resolve("rest"));
                Stream<Path> found = Files.find(corpus.orElseThrow(), 3, (path, file) -> path.endsWith("query.sql"))) {
            for (Path query : found.sorted().toList()) {
                Path category = query.getParent().getParent().getFileName();
                tally(
                        tallies.computeIfAbsent(category.toString(), name -> new Tally()),
                        new CorpusCase(query.getParent(), warehouse, server));
            }
        }
        print(tallies);
        assertThat(wrong).isEmpty();
        int equal = tallies.values().stream()
                .mapToInt(tally -> tally.count(CorpusCase.Outcome.EQUAL))
                .sum();
        assertThat(equal).isGreaterThan(480);
    }

    private void tally(Tally tally, CorpusCase each) throws IOException, InterruptedException {
        CorpusCase.Outcome outcome = each.outcome();
        tally.counts.merge(outcome, 1, Integer::sum);
        each.faults().forEach(fault -> wrong.add(each.name() + ": " + fault));
        if (outcome == CorpusCase.Outcome.REFUSED) {
            refused.add(each.name() + ": " + each.refusal());
        }
        if (outcome == CorpusCase.Outcome.EQUAL && each.hasBytes()) {
            tally.sized++;
            tally.bytesAgree += each.bytesAgree() ? 1 : 0;
            if (!each.bytesAgree()) {
                refused.add(each.name() + ": bytes " + each.bytes());
            }
        }
    }

    private void print(Map<String, Tally> tallies) {
        if (Boolean.getBoolean("sluice.corpus.list")) {
            refused.forEach(System.out::println);
        }
        String line = "%-24s %6s %8s %8s %6s %12s%n";
        System.out.printf(line, "recorded answers", "equal", "failed", "refused", "wrong", "bytes agree");
        tallies.forEach((category, tally) -> System.out.printf(
                line,
                category,
                tally.count(CorpusCase.Outcome.EQUAL),
                tally.count(CorpusCase.Outcome.FAILED_TOO),
                tally.count(CorpusCase.Outcome.REFUSED),
                tally.count(CorpusCase.Outcome.WRONG),
                tally.bytesAgree + "/" + tally.sized));
    }
}
