package dev.sluice.local;

import com.google.api.services.bigquery.model.Clustering;
import com.google.api.services.bigquery.model.RangePartitioning;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.api.services.bigquery.model.TimePartitioning;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Layouts of tables that are made and changed as resources. */
class LayoutsTests extends OwnWarehouse {

    private static Table table() {
        return new Table()
                .setTableReference(new TableReference().setDatasetId("ds").setTableId("t"))
                .setSchema(new TableSchema()
                        .setFields(List.of(
                                field("id", "INTEGER"),
                                field("name", "STRING"),
                                field("day", "DATE"),
                                field("days", "DATE").setMode("REPEATED"))));
    }

    private static TableFieldSchema field(String name, String type) {
        return new TableFieldSchema().setName(name).setType(type);
    }

    private void refuses(Table table, String words) {
        Assertions.assertThatExceptionOfType(ApiError.class)
                .isThrownBy(() -> warehouse.change((connection, tables) -> tables.create(connection, table)))
                .withMessageContaining(words)
                .matches(error -> error.status() == 400 && error.reason().equals("invalid"));
    }

    private static Table byTime(String column) {
        return table().setTimePartitioning(new TimePartitioning().setType("DAY").setField(column));
    }

    private static Table clustered(String... columns) {
        return table().setClustering(new Clustering().setFields(List.of(columns)));
    }

    @Test
    void timePartitioningWantsAColumnOfATime() {
        refuses(byTime("name"), "can only be of type TIMESTAMP, DATE or DATETIME. The type found is: STRING");
        refuses(byTime("days"), "The type found is: ARRAY");
        refuses(byTime("nobody"), "The field specified for partitioning cannot be found in the schema");
    }

    @Test
    void rangePartitioningWantsAWholeNumber() {
        refuses(
                table().setRangePartitioning(new RangePartitioning().setField("name")),
                "can only be of type INTEGER. The type found is: STRING");
    }

    @Test
    void clusteringWantsColumnsThatAreThere() {
        refuses(clustered("name", "nobody"), "Invalid field: nobody");
    }

    @Test
    void aLayoutThatTheColumnsBearIsKeptAndNotLostByAChange() {
        warehouse.change((connection, tables) -> tables.create(connection, byTime("day")));

        Assertions.assertThatExceptionOfType(ApiError.class)
                .isThrownBy(() -> warehouse.change((connection, tables) -> tables.patch(
                        connection, Tables.name(table().getTableReference()), clustered("x"), false, null)))
                .withMessageContaining("Invalid field: x");
        Assertions.assertThat(warehouse.rows("SELECT COUNT(*) FROM ds.t")).isEqualTo("[[0]]");
    }
}
