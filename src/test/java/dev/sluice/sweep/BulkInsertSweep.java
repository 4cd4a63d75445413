package dev.sluice.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.launch.ExitCode;
import dev.sluice.launch.LaunchOutcome;
import dev.sluice.local.LocalBigQuery;
import dev.sluice.local.LocalSettings;
import dev.sluice.sweep.DeathSwitch.ProcessDeath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Kills a bulk insert at one moment, starts it again on the same databases, and looks at what is there. All runs share
 * one local BigQuery; each has a dataset and a repository of its own, which are gone if all was well.
 */
final class BulkInsertSweep implements AutoCloseable {

    private static final String SEED = "seed";

    private final LocalBigQuery server;
    private final SweepBigQuery bigQuery;
    private final Path folder;
    private final SweepScenario scenario;
    private final String source;
    private final UnaryOperator<String> databases;
    private boolean isSeeded;
    private int lives;

    /** @param databases gives the JDBC URL of a new database for a life and its successor */
    BulkInsertSweep(Path folder, SweepScenario scenario, UnaryOperator<String> databases) throws IOException {
        this(folder, scenario, databases, LocalSettings.defaults());
    }

    BulkInsertSweep(Path folder, SweepScenario scenario, UnaryOperator<String> databases, LocalSettings settings)
            throws IOException {
        this.folder = folder;
        this.scenario = scenario;
        this.databases = databases;
        this.source = scenario.write(folder, folder.resolve("bigquery/gcs"));
        this.server =
                LocalBigQuery.open(folder.resolve("bigquery"), 0, SweepBigQuery.TOKEN, Clock.systemUTC(), settings);
        this.bigQuery = new SweepBigQuery(server.url());
    }

    private Place place(String name) {
        var repository = new SweepRepository(databases.apply(scenario.name() + "-" + name)).migrated();
        return new Place(name, folder.resolve("home-" + name), repository, bigQuery);
    }

    /** A place whose table is as the load is to find it; those that are appended to begin empty. */
    private Place prepared(String name) throws IOException {
        Place place = place(name);
        if (!scenario.mode().equals("append")) {
            if (!isSeeded) {
                seed();
            }
            bigQuery.copyPlans(SEED, place.dataset());
        }
        return place;
    }

    private void seed() throws IOException {
        try (var place = place("plans");
                var process = place.process(new DeathSwitch(0))) {
            LaunchOutcome outcome = process.start(
                    Map.of("table", SweepBigQuery.PLANS, "source", SweepScenario.PLANS.toString(), "org", "acme_corp"));
            assertThat(outcome.exitCode()).isEqualTo(ExitCode.COMPLETED);
            bigQuery.createPlans(SEED, SweepScenario.seed(place.table()));
            isSeeded = true;
        }
    }

    private Map<String, String> arguments(String unitSize) {
        Map<String, String> arguments = new HashMap<>(scenario.more());
        arguments.put("mode", scenario.mode());
        arguments.put("table", SweepBigQuery.PLANS);
        arguments.put("source", source);
        arguments.put("org", "acme_corp");
        arguments.put("unitSize", unitSize);
        if (!scenario.isObjects()) {
            // what one life leaves unsent another may send the other way
            arguments.put("wire", unitSize.equals(scenario.unit()) ? "ndjson" : "avro");
        }
        arguments.put("maxRejects", String.valueOf(scenario.rejected().size()));
        return arguments;
    }

    /**
     * A life without a death.
     *
     * @param moments at which it could have died
     * @param exchanges with BigQuery
     * @param places what each moment was
     */
    record Calm(long moments, long exchanges, String digest, List<String> places) {}

    Calm calm() throws IOException {
        var life = new DeathSwitch(0);
        var network = new Fault.At(Fault.REQUEST_LOST, 0);
        try (var place = prepared("calm");
                var process = place.process(life, network)) {
            assertThat(process.start(arguments(scenario.unit())).exitCode()).isEqualTo(ExitCode.COMPLETED);
            long moments = life.count();
            long exchanges = network.count();
            List<String> places = life.places();
            return new Calm(moments, exchanges, digest(place, process), places);
        }
    }

    /**
     * What two lives left behind.
     *
     * @param died false if the first ended before its moment: how often it polls depends on the machine
     * @param digest of all rows of the table
     */
    record Aftermath(boolean died, String digest) {}

    /** Runs, dies at {@code moment}, runs again. */
    Aftermath dieAt(long moment) throws IOException {
        return die("m%dx%d".formatted(moment, ++lives), List.of(new DeathSwitch(moment)));
    }

    /** Runs and dies in each life, then runs once more. */
    Aftermath die(String name, List<DeathSwitch> deaths) throws IOException {
        try (var place = prepared(name)) {
            place.repository().beginIdsOfItsOwn();
            for (DeathSwitch death : deaths) {
                liveAndDie(place, death);
            }
            return outlive(place, deaths);
        }
    }

    private void liveAndDie(Place place, DeathSwitch death) {
        try (var process = place.process(death)) {
            place.repository().endLeases();
            process.start(arguments(scenario.unit()));
        } catch (ProcessDeath expected) {
            assertThat(death.isDead()).isTrue();
        }
    }

    private Aftermath outlive(Place place, List<DeathSwitch> deaths) throws IOException {
        try (var process = place.process(new DeathSwitch(0))) {
            place.repository().endLeases();
            LaunchOutcome outcome = process.start(arguments(scenario.otherUnit()));
            assertThat(outcome.exitCode())
                    .as(() -> "%s: %s%n%s"
                            .formatted(
                                    place.name(),
                                    outcome.messages(),
                                    place.repository().failures()))
                    .isIn(ExitCode.COMPLETED, ExitCode.ALREADY_COMPLETED);
            return new Aftermath(deaths.stream().allMatch(DeathSwitch::isDead), digest(place, process));
        }
    }

    /**
     * What a run left behind to which something happened.
     *
     * @param struck false if the run ended before its exchange: how often it polls depends on the machine
     * @param digest of all rows of the table
     */
    record Befallen(boolean struck, String digest) {}

    /** Runs over a network on which one exchange goes wrong; a person starts it again if it gives up. */
    Befallen befallenAt(long exchange, Fault fault) throws IOException {
        var network = new Fault.At(fault, exchange);
        try (var place = prepared("f%dx%d".formatted(exchange, fault.ordinal()));
                var process = place.process(new DeathSwitch(0), network)) {
            LaunchOutcome outcome = process.start(arguments(scenario.unit()));
            if (outcome.exitCode() != ExitCode.COMPLETED) {
                outcome = process.start(arguments(scenario.otherUnit()));
            }
            assertThat(outcome.exitCode())
                    .as("%s at exchange %d: %s", fault, exchange, outcome.messages())
                    .isEqualTo(ExitCode.COMPLETED);
            // what is asked from here on is the test's
            return new Befallen(network.end(), digest(place, process));
        }
    }

    /** Two processes start the same at the same moment; one owns it. */
    String twiceAtOnce() throws Exception {
        try (var place = prepared("twice");
                var one = place.process(new DeathSwitch(0));
                var other = place.process(new DeathSwitch(0))) {
            var first = new FutureTask<>(() -> one.start(arguments(scenario.unit())));
            new Thread(first, "first process").start();
            List<ExitCode> codes = List.of(
                    other.start(arguments(scenario.otherUnit())).exitCode(),
                    first.get(1, TimeUnit.MINUTES).exitCode());
            assertThat(codes)
                    .containsOnlyOnce(ExitCode.COMPLETED)
                    .containsAnyOf(ExitCode.ALREADY_RUNNING, ExitCode.ALREADY_COMPLETED);
            return digest(place, one);
        }
    }

    private String digest(Place place, JobProcess process) throws IOException {
        return new Evidence(scenario, bigQuery, process).digest(place.table());
    }

    @Override
    public void close() {
        server.close();
    }
}
