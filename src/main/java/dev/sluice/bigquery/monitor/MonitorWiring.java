package dev.sluice.bigquery.monitor;

import dev.sluice.bigquery.ConnectionLoad;
import dev.sluice.bigquery.GateLoad;
import dev.sluice.ledger.QueryRecords;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** The monitor's beans; its thread ends with the context, while BigQuery and the repository can still be asked. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MonitorProperties.class)
class MonitorWiring {

    /** Where the process publishes its meters, if it does. */
    record Meters(MeterRegistry registry) {}

    @Bean
    Meters doorMeterRegistry(ObjectProvider<MeterRegistry> registries) {
        return new Meters(registries.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    DoorMeters doorMeters(Meters meters, MonitorProperties properties) {
        return new DoorMeters(meters.registry(), properties.orgLabels());
    }

    @Bean
    LoadGauges loadGauges(Meters meters, ObjectProvider<ConnectionLoad> connections, ObjectProvider<GateLoad> gates) {
        var gauges = new LoadGauges(meters.registry());
        connections.ifAvailable(gauges::show);
        gates.ifAvailable(gauges::show);
        return gauges;
    }

    @Bean(destroyMethod = "close")
    @DependsOn("openDoor")
    QueryMonitor queryMonitor(MonitorProperties properties, DoorMeters meters, QueryRecords records) {
        return new QueryMonitor(properties, meters, records).start();
    }
}
