package dev.sluice.jobs.bulkinsert;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What goes by the machine's clock. */
@Configuration(proxyBeanMethods = false)
class SourceWiring {

    @Bean
    SourceDigests sourceDigests(BulkInsertProperties properties) {
        return new SourceDigests(properties.bulkInsert().maxExpansion(), Clock.systemUTC());
    }

    @Bean
    Wires wires() {
        return new Wires(System::nanoTime);
    }
}
