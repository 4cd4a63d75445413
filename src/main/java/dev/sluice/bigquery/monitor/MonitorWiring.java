package dev.sluice.bigquery.monitor;

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

    /** @param registries where the process publishes its meters, if it does */
    @Bean
    DoorMeters doorMeters(ObjectProvider<MeterRegistry> registries, MonitorProperties properties) {
        return new DoorMeters(registries.getIfAvailable(SimpleMeterRegistry::new), properties.orgLabels());
    }

    @Bean(destroyMethod = "close")
    @DependsOn("runningJobs")
    QueryMonitor queryMonitor(MonitorProperties properties, DoorMeters meters, QueryRecords records) {
        return new QueryMonitor(properties, meters, records).start();
    }
}
