package dev.sluice.runs;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether a repository has been used: reading makes no tables. */
final class RepositoryTables {

    private RepositoryTables() {}

    /** @param tables in upper case */
    static boolean areThere(JdbcClient jdbc, String... tables) {
        return jdbc.sql("SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE UPPER(TABLE_NAME) IN (:tables)")
                        .param("tables", List.of(tables))
                        .query(Integer.class)
                        .single()
                >= tables.length;
    }
}
