package dev.sluice.bigquery;

import dev.sluice.bigquery.ClientLoad.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The door against a raw client on the same server, in turns; {@code scripts/bench/client} runs it. */
final class ClientBenchmark {

    private static final double OPEN_LOOP_SHARE = 0.5;
    private static final GateLimits SHIPPED =
            new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("gate", GateLimits.class);
    /** As many at once as shipped, so that more callers wait before it; throughput stays the client's. */
    private static final GateLimits GATE = new GateLimits(SHIPPED.concurrent(), 1_000_000, SHIPPED.backgroundPercent());

    private final Contender raw;
    private final Contender door;
    private final Contender gated;
    private final Contender shipped;
    private final int rounds;
    private final int share;
    private final boolean quick;

    private ClientBenchmark(Contender raw, Contender door, Contender gated, Contender shipped, boolean quick) {
        this.raw = raw;
        this.door = door;
        this.gated = gated;
        this.shipped = shipped;
        this.rounds = quick ? 1 : 3;
        this.share = quick ? 5 : 1;
        this.quick = quick;
    }

    /** @param arguments the server's URL, {@code --quick}, and how many callers */
    public static void main(String[] arguments) throws InterruptedException {
        String url = arguments[0];
        boolean quick = List.of(arguments).contains("--quick");
        try (Contender raw = Contender.raw(url);
                Contender door = Contender.door(url);
                Contender gated = Contender.door(url, GATE);
                Contender shipped = Contender.door(url, SHIPPED)) {
            var benchmark = new ClientBenchmark(raw, door, gated, shipped, quick);
            benchmark.warmUp();
            for (int callers : callers(arguments)) {
                benchmark.measure(callers);
            }
        }
    }

    private static int[] callers(String[] arguments) {
        int[] chosen = Arrays.stream(arguments)
                .filter(word -> word.matches("\\d+"))
                .mapToInt(Integer::parseInt)
                .toArray();
        return chosen.length == 0 ? new int[] {1, 10, 100, 500, 1_000} : chosen;
    }

    private void warmUp() throws InterruptedException {
        for (Contender each : List.of(raw, door, gated)) {
            new ClientLoad(20, 4_000, 0).on(each);
        }
    }

    private void measure(int callers) throws InterruptedException {
        int each = Math.max(quick ? 2 : 10, (callers == 1 ? 500 : 5_000) / share / callers);
        int calls = each * callers;
        Pair closed = inTurns(callers, calls, 0);
        print(callers, "closed", closed);
        double rate = OPEN_LOOP_SHARE
                * closed.door().stream().mapToDouble(Outcome::perSecond).min().orElseThrow();
        print(callers, "open", inTurns(callers, calls, rate));
        if (callers > GATE.concurrent()) {
            print(callers, "closed", "gate", new ClientLoad(callers, calls, 0).on(gated));
            print(callers, "once", "ship", new ClientLoad(callers, callers, 0).on(shipped));
        }
    }

    /** The outcomes of all rounds; the n-th of both were measured one after the other. */
    private record Pair(List<Outcome> raw, List<Outcome> door) {

        /** Of the rounds' differences, so that what disturbs the machine for a round disturbs both. */
        double overhead(ToDoubleFunction<Latencies> value) {
            List<Double> differences = new ArrayList<>();
            for (int i = 0; i < raw.size(); i++) {
                differences.add(value.applyAsDouble(door.get(i).latencies())
                        - value.applyAsDouble(raw.get(i).latencies()));
            }
            differences.sort(null);
            return differences.get((differences.size() - 1) / 2);
        }
    }

    private Pair inTurns(int callers, int calls, double perSecond) throws InterruptedException {
        var load = new ClientLoad(callers, calls, perSecond);
        var pair = new Pair(new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < rounds; round++) {
            pair.raw().add(load.on(raw));
            pair.door().add(load.on(door));
        }
        return pair;
    }

    private static void print(int callers, String loop, Pair pair) {
        for (int round = 0; round < pair.raw().size(); round++) {
            print(callers, loop, "raw", pair.raw().get(round));
            print(callers, loop, "door", pair.door().get(round));
        }
        System.out.printf(
                Locale.ROOT,
                "%4d callers %-6s => overhead of the median round: p50 %.2f ms, p95 %.2f ms, p99 %.2f ms%n",
                callers,
                loop,
                pair.overhead(Latencies::p50),
                pair.overhead(Latencies::p95),
                pair.overhead(Latencies::p99));
    }

    private static void print(int callers, String loop, String name, Outcome outcome) {
        System.out.printf(
                Locale.ROOT,
                "%4d callers %-6s %-4s %s  errors %d  late %d  fairness %.2f  %.0f/s%n",
                callers,
                loop,
                name,
                outcome.latencies(),
                outcome.errors(),
                outcome.late(),
                outcome.fairness(),
                outcome.perSecond());
    }
}
