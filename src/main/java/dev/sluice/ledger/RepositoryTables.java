package dev.sluice.ledger;

import java.util.Set;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDatabaseInitializerDetector;

/** Its bean says that the repository has its tables: Boot makes it before whatever uses them, such as the job repository. */
record RepositoryTables() {

    /** Named in {@code META-INF/spring.factories}. */
    static final class Detector extends AbstractBeansOfTypeDatabaseInitializerDetector {

        @Override
        protected Set<Class<?>> getDatabaseInitializerBeanTypes() {
            return Set.of(RepositoryTables.class);
        }
    }
}
