package dev.sluice.jobs.bulkinsert;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What tells one source from another, by the machine's clock. */
@Configuration(proxyBeanMethods = false)
class SourceWiring {

    @Bean
    SourceDigests sourceDigests(BulkInsertProperties properties) {
        return new SourceDigests(properties.bulkInsert().maxExpansion(), Clock.systemUTC());
    }
}
