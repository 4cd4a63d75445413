package dev.sluice.jobs.bulkinsert;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.QueryParameterValue;
import dev.sluice.bigquery.SqlFiles;
import dev.sluice.bigquery.SqlStatement;
import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.bigquery.catalogue.TypeLimits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class LineMembersTests {

    private static TableColumn text(String name, long longest) {
        return new TableColumn(
                name, ColumnType.STRING, ColumnMode.NULLABLE, List.of(), new TypeLimits(longest, null, null), null);
    }

    private static TableColumn struct(String name, TableColumn... fields) {
        return new TableColumn(name, ColumnType.STRUCT, ColumnMode.NULLABLE, List.of(fields), null);
    }

    /** {@code a.b.x} and {@code a_b.x} are not the same. */
    @Test
    void tellsTheLimitsOfMembersApartWhoseNamesRunTogether() {
        List<TableColumn> level = List.of(struct("a", struct("b", text("x", 5))), struct("a_b", text("x", 7)));
        try (var context = new AnnotationConfigApplicationContext()) {
            context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
            context.scan("dev.sluice.bigquery");
            context.refresh();
            SqlFiles sql = context.getBean(SqlFiles.class);
            var members = new LineMembers(sql, false);

            SqlStatement statement =
                    sql.statement("bulk-insert/ndjson-members.sql", members.lists(level), members.parameters());

            assertThat(statement.parameters().values())
                    .extracting(QueryParameterValue::getValue)
                    .contains("5", "7");
        }
    }
}
