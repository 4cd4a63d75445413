package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryParameterValue;
import dev.sluice.bigquery.BigQueryFailure.Collision;
import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.BigQueryFailure.Permanent;
import dev.sluice.ledger.EffectReceipt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Forty small calls that say whether the door's picture of BigQuery is right; each BigQuery must pass them alike. They
 * are one story, in this order. Those marked [U] are assumptions that no documentation settles.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SmokeContract {

    private static final long MIB = 1L << 20;
    private static final long MOST_BILLED = 1_000 * MIB;
    private static final int MANY = 25_000;
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final String ENDLESS =
            "SELECT COUNT(*) AS n FROM $.many a, $.many b, $.many c WHERE a.n + b.n + c.n > 5";

    private SmokeTarget target;
    private EffectReceipt loaded;
    private KeptResult kept;

    abstract SmokeTarget open();

    /** Ends what {@link #open} began, when the dataset has been removed. */
    void shutDown() {}

    @BeforeAll
    void start() {
        target = open();
    }

    @AfterAll
    void removeEverything() {
        if (target != null) {
            System.out.printf("smoke suite: %d MiB billed%n", target.billed() / MIB);
            target.close();
        }
        shutDown();
    }

    @TestFactory
    Stream<DynamicTest> forty() {
        return Stream.of(resources(), loads(), changes(), queries(), largeResults(), refusals(), endings())
                .flatMap(part -> part);
    }

    private static DynamicTest check(String name, org.junit.jupiter.api.function.Executable call) {
        return DynamicTest.dynamicTest(name, call);
    }

    private Stream<DynamicTest> resources() {
        return Stream.of(
                check(
                        "01 no table in a dataset that is missing",
                        () -> assertThat(find("t")).isFalse()),
                check(
                        "02 creates the dataset",
                        () -> target.tables().createDataset(target.dataset(), target.deadline())),
                check("03 creates it again", () -> target.tables().createDataset(target.dataset(), target.deadline())),
                check("04 no table yet", () -> assertThat(find("t")).isFalse()),
                check("05 creates a table that removes itself", () -> createTable("t")),
                check("06 creates it again", () -> createTable("t")),
                check(
                        "07 answers the schema it was given",
                        () -> assertThat(target.tables()
                                        .find(target.table("t"), target.deadline())
                                        .orElseThrow()
                                        .getFields()
                                        .get(0)
                                        .getName())
                                .isEqualTo("n")));
    }

    private boolean find(String table) {
        return target.tables().find(target.table(table), target.deadline()).isPresent();
    }

    private void createTable(String name) {
        target.tables().createStaging(target.table(name), DoorUnderTest.SCHEMA, Duration.ofDays(1), target.deadline());
    }

    private static String numbers(long from, long to) {
        return LongStream.range(from, to).mapToObj("{\"n\":%d}\n"::formatted).collect(Collectors.joining());
    }

    private Stream<DynamicTest> loads() {
        return Stream.of(
                check("08 loads three rows", () -> {
                    loaded = target.jobs().load(target.effect("load"), target.rows("t", numbers(0, 3), 3));
                    assertThat(loaded.rowsOut()).isEqualTo(3);
                }),
                check("09 adopts the load when the ledger is lost", () -> {
                    target.intents.forget();
                    assertThat(target.jobs()
                                    .load(target.effect("load"), target.rows("t", numbers(0, 3), 3))
                                    .bigQueryJobId())
                            .isEqualTo(loaded.bigQueryJobId());
                }),
                check("10 has loaded once", () -> assertThat(count("t")).isEqualTo(3)),
                check("11 refuses the id for other work", () -> {
                    target.intents.forget();
                    assertThat(catchThrowableOfType(
                                    Collision.class,
                                    () -> target.jobs().execute(target.effect("load"), target.sql("SELECT 1"))))
                            .isNotNull();
                }),
                check(
                        "12 loads nothing",
                        () -> assertThat(target.jobs()
                                        .load(target.effect("nothing"), target.rows("t", "", 0))
                                        .rowsOut())
                                .isZero()),
                check(
                        "13 fails on a bad row",
                        () -> assertThat(catchThrowableOfType(
                                        Permanent.class,
                                        () -> target.jobs()
                                                .load(
                                                        target.effect("bad"),
                                                        target.rows("t", "{\"n\":1}\n{\"n\":\"x\"}\n", 2))))
                                .hasMessageNotContaining("\"x\"")),
                check(
                        "14 has loaded nothing of it",
                        () -> assertThat(count("t")).isEqualTo(3)),
                check("15 loads many rows", () -> {
                    createTable("many");
                    assertThat(target.jobs()
                                    .load(target.effect("many"), target.rows("many", numbers(0, MANY), MANY))
                                    .rowsOut())
                            .isEqualTo(MANY);
                }));
    }

    private long count(String table) {
        return read("SELECT COUNT(*) AS n FROM $." + table).get(0).get(0).getLongValue();
    }

    private List<FieldValueList> read(String text) {
        return target.jobs().query(target.sql(text), target.deadline()).rows();
    }

    private EffectReceipt change(String name, String text) {
        return target.jobs().execute(target.effect(name), target.sql(text));
    }

    private Stream<DynamicTest> changes() {
        String insert = "INSERT INTO $.t (n) SELECT n + 10 FROM $.t";
        return Stream.of(
                check(
                        "16 inserts",
                        () -> assertThat(change("insert", insert).rowsInserted())
                                .isEqualTo(3)),
                check("17 inserts once", () -> {
                    target.intents.forget();
                    change("insert", insert);
                    assertThat(count("t")).isEqualTo(6);
                }),
                check(
                        "18 updates",
                        () -> assertThat(change("update", "UPDATE $.t SET n = n + 100 WHERE n >= 10")
                                        .rowsUpdated())
                                .isEqualTo(3)),
                check(
                        "19 deletes",
                        () -> assertThat(change("delete", "DELETE FROM $.t WHERE n >= 100")
                                        .rowsDeleted())
                                .isEqualTo(3)),
                check(
                        "20 changes nothing where nothing is",
                        () -> assertThat(change("none", "DELETE FROM $.t WHERE n = 4711")
                                        .rowsDeleted())
                                .isZero()));
    }

    private String one(String expression) {
        return String.valueOf(
                read("SELECT %s AS v".formatted(expression)).get(0).get(0).getValue());
    }

    private Stream<DynamicTest> queries() {
        return Stream.of(
                check("21 INT64", () -> assertThat(one("9223372036854775807")).isEqualTo("9223372036854775807")),
                check(
                        "22 FLOAT64",
                        () -> assertThat(Double.parseDouble(one("0.5"))).isEqualTo(0.5)),
                check("23 BOOL", () -> assertThat(one("1 < 2")).isEqualTo("true")),
                check("24 STRING", () -> assertThat(one("'a\\u00e9\\n'")).isEqualTo("a\u00e9\n")),
                check("25 DATE", () -> assertThat(one("DATE '2026-02-28'")).isEqualTo("2026-02-28")),
                check("26 NULL", () -> assertThat(one("CAST(NULL AS INT64)")).isEqualTo("null")),
                check(
                        "27 TIMESTAMP",
                        () -> assertThat(Double.parseDouble(one("TIMESTAMP '2026-01-01 00:00:00+00'")))
                                .isEqualTo(1_767_225_600.0)),
                check("28 a bound parameter", () -> {
                    var statement = new SqlStatement(
                            "smoke/bound.sql",
                            "SELECT @word AS v",
                            Map.of("word", QueryParameterValue.string("it's `quoted`")));
                    assertThat(target.jobs()
                                    .query(statement, target.deadline())
                                    .rows()
                                    .get(0)
                                    .get(0)
                                    .getStringValue())
                            .isEqualTo("it's `quoted`");
                }),
                check(
                        "29 no rows",
                        () -> assertThat(read("SELECT n FROM $.t WHERE n = 4711"))
                                .isEmpty()),
                check(
                        "30 every page",
                        () -> assertThat(read("SELECT n FROM $.many ORDER BY n"))
                                .hasSize(MANY)));
    }

    private ResultPage page(long row) {
        return target.results()
                .page(kept.bigQueryJobId(), row, target.deadline())
                .orElseThrow();
    }

    private Stream<DynamicTest> largeResults() {
        return Stream.of(
                check("31 [U] reads a kept result from any row, in one order, whatever changes", () -> {
                    kept = target.results().keep(target.sql("SELECT n FROM $.many ORDER BY n"), target.deadline());
                    change("shrink", "DELETE FROM $.many WHERE n >= 24000");
                    assertThat(page(24_990).rows())
                            .extracting(row -> row.get(0).getLongValue())
                            .containsExactly(
                                    LongStream.range(24_990, MANY).boxed().toArray(Long[]::new));
                }),
                check(
                        "32 answers no rows behind the last",
                        () -> assertThat(page(MANY).rows()).isEmpty()),
                check(
                        "33 [U] says that a result is not there",
                        () -> assertThat(target.results().page("no-such-job-" + MANY, 0, target.deadline()))
                                .isEmpty()));
    }

    private Permanent refused(String text) {
        var refusal = catchThrowableOfType(Permanent.class, () -> read(text));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private Stream<DynamicTest> refusals() {
        return Stream.of(
                check(
                        "34 a statement that is none",
                        () -> assertThat(refused("SELEKT 1").reason()).isEqualTo("invalidQuery")),
                check(
                        "35 a table that is missing",
                        () -> assertThat(refused("SELECT n FROM $.missing").reason())
                                .isEqualTo("notFound")),
                check(
                        "36 a query above its tier's maximum, unbilled",
                        () -> assertThat(catchThrowableOfType(
                                                Permanent.class,
                                                () -> target.jobs()
                                                        .query(
                                                                target.sql("SELECT SUM(n) AS n FROM $.many"),
                                                                target.within(Tier.AUTH, SmokeTarget.LIMIT)))
                                        .reason())
                                .isEqualTo("bytesBilledLimitExceeded")));
    }

    private Stream<DynamicTest> endings() {
        return Stream.of(
                check("37 [U] bills whole MiB, ten at least, for a read", () -> {
                    read("SELECT SUM(n) AS n FROM $.many");
                    JobFigures figures = target.observed
                            .get(target.observed.size() - 1)
                            .asked()
                            .get();
                    assertThat(figures.bytesBilled()).isGreaterThanOrEqualTo(10 * MIB);
                    assertThat(figures.bytesBilled() % MIB).isZero();
                    assertThat(figures.slotMillis()).isNotNull();
                }),
                check("38 [U] stops what was cut, what is cancelled, and what has had its time", () -> {
                    stopsWhatWasCut();
                    String cancelled = target.submit(ENDLESS, SmokeTarget.LIMIT);
                    target.cancel(cancelled);
                    assertThat(target.errorOf(cancelled)).isEqualTo("stopped");
                    assertThat(target.errorOf(target.submit(ENDLESS, SHORT))).isEqualTo("stopped");
                }),
                check(
                        "39 has billed no more than it may",
                        () -> assertThat(target.billed()).isLessThanOrEqualTo(MOST_BILLED)),
                check("40 removes the dataset", () -> {
                    target.removeDataset();
                    assertThat(find("many")).isFalse();
                }));
    }

    private void stopsWhatWasCut() {
        var cut = catchThrowableOfType(
                DeadlineExceeded.class,
                () -> target.jobs().query(target.sql(ENDLESS), target.within(Tier.USER, SHORT)));
        assertThat(cut).isNotNull();
        assertThat(target.errorOf(String.valueOf(cut.bigQueryJobId()))).isEqualTo("stopped");
    }
}
