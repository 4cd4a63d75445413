package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.services.bigquery.Bigquery;
import dev.sluice.bigquery.BigQueryFailure.Closed;
import dev.sluice.ledger.Intents;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

class BigQueryWiringTests {

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withUserConfiguration(BigQueryWiring.class)
            .withBean(Intents.class, IntentsInMemory::new)
            .withBean(Clock.class, Clock::systemUTC)
            .withBean(CallObserver.class, () -> CallObserver.NONE)
            .withBean(JobObserver.class, () -> JobObserver.NONE);

    @Test
    void closesItsTransportAndItsThreadsWithTheContext() throws Exception {
        try (var server = new ScriptedServer((request, connection) -> connection.json(200, "{}"))) {
            context.withPropertyValues(
                            "sluice.bigquery.endpoint=" + server.url(), "sluice.bigquery.token=" + DoorUnderTest.TOKEN)
                    .run(started -> {
                        BigQueryTables tables = started.getBean(BigQueryTables.class);
                        Deadlines deadlines = started.getBean(Deadlines.class);
                        assertThat(tables.find(DoorUnderTest.TABLE, deadlines.start(Tier.USER)))
                                .isPresent();
                        PooledTransport transport = started.getBean(PooledTransport.class);
                        assertThat(transport.open()).isEqualTo(1);
                        started.close();
                        assertThat(transport.open()).isZero();
                    });
            assertThat(server.requests().get(0).headers())
                    .containsEntry("authorization", "Bearer " + DoorUnderTest.TOKEN);
        }
    }

    @Test
    void makesOneClientOnOneTransportAndClosesTheDoorBeforeThem() {
        context.withPropertyValues(
                        "sluice.bigquery.endpoint=http://127.0.0.1:1", "sluice.bigquery.token=" + DoorUnderTest.TOKEN)
                .run(started -> {
                    assertThat(started).hasSingleBean(Bigquery.class).hasSingleBean(PooledTransport.class);
                    var beans = (ConfigurableListableBeanFactory)
                            started.getSourceApplicationContext().getAutowireCapableBeanFactory();
                    assertThat(beans.getDependentBeans("openDoor"))
                            .contains("bigQueryJobs", "bigQueryTables", "bigQueryResults");
                    assertThat(beans.getDependenciesForBean("openDoor"))
                            .contains("bigQueryTransport", "runningJobs", "bigQueryGate", "bigQueryCredentials");
                    BigQueryTables tables = started.getBean(BigQueryTables.class);
                    Deadlines deadlines = started.getBean(Deadlines.class);
                    started.close();
                    assertThatExceptionOfType(Closed.class)
                            .isThrownBy(() -> tables.find(DoorUnderTest.TABLE, deadlines.start(Tier.USER)));
                });
    }

    @Test
    void startsWithTheTiersOfTheDesign() {
        context.withPropertyValues(
                        "sluice.bigquery.endpoint=http://127.0.0.1:1", "sluice.bigquery.token=" + DoorUnderTest.TOKEN)
                .run(started -> {
                    Deadlines deadlines = started.getBean(Deadlines.class);
                    assertThat(List.of(Tier.values()))
                            .extracting(tier -> deadlines.start(tier).limit().toSeconds())
                            .containsExactly(10L, 30L, 60L, 300L, 300L);
                    BigQueryProperties properties = started.getBean(BigQueryProperties.class);
                    assertThat(List.of(Tier.values()))
                            .extracting(properties.maximumBytesBilled()::of)
                            .extracting(DataSize::ofBytes)
                            .extracting(DataSize::toGigabytes)
                            .containsExactly(10L, 100L, 100L, 1024L, 100L);
                    assertThat(properties.poolSize()).isEqualTo(500);
                    assertThat(properties.connectTimeout()).isEqualTo(Duration.ofSeconds(60));
                    assertThat(properties.gate().concurrent())
                            .as("BigQuery refuses 300")
                            .isLessThan(300);
                    assertThat(properties.gate().perSecond())
                            .as("BigQuery refuses 100")
                            .isLessThan(100);
                    assertThat(properties)
                            .hasToString(properties.toString())
                            .asString()
                            .doesNotContain("token");
                });
    }

    @Test
    void refusesSettingsThatCannotBeMeant() {
        Map.of(
                        "sluice.bigquery.tiers.user=2h", "between",
                        "sluice.bigquery.tiers.auth=1ms", "between",
                        "sluice.bigquery.maximum-bytes-billed.user=0B", "not positive",
                        "sluice.bigquery.gate.per-second=0", "at least 1",
                        "sluice.bigquery.gate.background-percent=101", "from 1 to 100",
                        "sluice.bigquery.pool-size=0", "pool-size: 0 is not positive",
                        "sluice.bigquery.connect-timeout=0s", "connect-timeout: 0 ms is not between",
                        "sluice.bigquery.close-grace=-1s", "close-grace: -1000 ms is not between",
                        "sluice.bigquery.quota-pause=0s", "quota-pause: 0 ms is not between",
                        "sluice.bigquery.token=", "together")
                .forEach(this::requireRefused);
    }

    @Test
    void refusesAPoolInWhichThoseWouldWaitWhomTheGateLetsIn() {
        requireRefused("sluice.bigquery.pool-size=279", "pool-size: 279 is less than gate.concurrent, 280");
    }

    private void requireRefused(String setting, String reason) {
        context.withPropertyValues("sluice.bigquery.endpoint=http://127.0.0.1:1", "sluice.bigquery.token=t", setting)
                .run(started ->
                        assertThat(started).hasFailed().getFailure().rootCause().hasMessageContaining(reason));
    }
}
