package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.local.GoogleComparison.Outcome;
import dev.sluice.local.GoogleComparison.Verdict;
import dev.sluice.local.googlesql.GeneratedSql;
import dev.sluice.local.googlesql.GeneratedSql.Piece;
import dev.sluice.local.googlesql.GoogleReference;
import dev.sluice.sweep.Shard;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Generated statements answer as Google's reference executor does, or are refused aloud. {@code -Dgooglesql.seed} draws
 * others; {@code -Dgooglesql.told} prints more of those that are refused.
 */
class GoogleSqlWitnessTests {

    private static final int SAMPLE = Integer.getInteger("googlesql.cases", 100);
    private static final int ALL = 10_000;

    @TempDir
    private Path folder;

    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private final Map<String, Verdict> wrong = new HashMap<>();
    private final Map<String, Integer> refused = new HashMap<>();
    private final Map<String, String> examples = new HashMap<>();

    @BeforeEach
    void requireGoogle() {
        assumeTrue(GoogleReference.unavailable().isEmpty(), GoogleReference::unavailable);
    }

    @Test
    void aSampleThatMovesByDayAnswersAsTheReferenceDoes() throws Exception {
        long day = Duration.between(Instant.EPOCH, Clock.systemUTC().instant()).toDays();
        compare(Long.getLong("googlesql.seed", day), SAMPLE);
    }

    @Tag("sweep")
    @Test
    void tenThousandStatementsAnswerAsTheReferenceDoes() throws Exception {
        Shard shard = Shard.chosen();
        compare(Long.getLong("googlesql.seed", shard.part()), shard.of(ALL));
    }

    /** Numbers in the middle, tiny and huge ones, and as many digits as they have. */
    @Test
    void numbersAreRoundedAsTheReferenceDoes() throws Exception {
        long seed = Long.getLong("googlesql.seed", 1);
        var random = new Random(seed);
        try (var both =
                new GoogleComparison(new Warehouse(folder, Clock.systemUTC()), GoogleReference.open(folder), seed)) {
            for (int i = 0; i < 5; i++) {
                String rounded =
                        Stream.generate(() -> rounded(random)).limit(60).collect(Collectors.joining(", "));
                assertThat(both.compare(new Piece("query", "SELECT " + rounded, List.of())))
                        .as("seed %d", seed)
                        .extracting(Verdict::outcome, Verdict::difference)
                        .containsExactly(Outcome.EQUAL, "");
            }
        }
    }

    private static String rounded(Random random) {
        int exponent = random.nextBoolean() ? 0 : random.nextInt(600) - 300;
        double number = Math.rint(random.nextGaussian() * 1e5) / 1000 * Math.pow(10, exponent);
        return "ROUND(%s, %d)".formatted(number, random.nextInt(5) - 1 - exponent);
    }

    private void compare(long seed, int cases) throws Exception {
        var generated = new GeneratedSql(seed);
        try (var both =
                new GoogleComparison(new Warehouse(folder, Clock.systemUTC()), GoogleReference.open(folder), seed)) {
            for (int i = 0; i < cases; i++) {
                judge(both, generated.draw(symbol(i)));
            }
        }
        report(seed, cases);
        assertThat(wrong)
                .as("statements that answer otherwise than Google's, with seed %d", seed)
                .isEmpty();
        assertThat(counts.getOrDefault(Outcome.EQUAL, 0)).isGreaterThan(cases / 2);
    }

    private static String symbol(int number) {
        return switch (number % 10) {
            case 7 -> "update";
            case 8 -> "insert";
            case 9 -> "delete";
            default -> "query";
        };
    }

    private void judge(GoogleComparison both, Piece statement) {
        Verdict verdict = both.compare(statement);
        counts.merge(verdict.outcome(), 1, Integer::sum);
        if (verdict.outcome() == Outcome.WRONG) {
            Verdict smallest = both.smallest(statement);
            wrong.merge(smallest.sql(), smallest, (one, other) -> one);
        } else if (verdict.outcome() != Outcome.EQUAL) {
            String reason = verdict.difference().replaceAll("\\d+|\\s+", " ");
            refused.merge(verdict.outcome() + " " + reason, 1, Integer::sum);
            examples.merge(
                    verdict.outcome() + " " + reason,
                    verdict.sql(),
                    (one, other) -> one.length() < other.length() ? one : other);
        }
    }

    private void report(long seed, int cases) {
        System.out.printf(
                "%d generated statements, seed %d, beside Google's reference executor: %s%n", cases, seed, counts);
        refused.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(Integer.getInteger("googlesql.told", 0))
                .forEach(each -> System.out.printf(
                        "  %5d %s%n        %s%n", each.getValue(), each.getKey(), examples.get(each.getKey())));
        List<Verdict> shortest = new ArrayList<>(wrong.values());
        shortest.sort(java.util.Comparator.comparing(verdict -> verdict.sql().length()));
        shortest.forEach(each -> System.out.printf("  WRONG %s%n    %s%n", each.sql(), each.difference()));
    }
}
