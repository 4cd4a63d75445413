package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of partitions are those that a table can have. */
class PartitionNamesTests extends HouseOverRest {

    private static final String RANGE =
            "'rangePartitioning':{'field':'n','range':{'start':'0','end':'100','interval':'10'}}";

    private void partitioned(String unit) throws Exception {
        String partitioning =
                unit.equals("RANGE") ? RANGE : "'timePartitioning':{'type':'%s','field':'at'}".formatted(unit);
        table("'schema':{'fields':[{'name':'n','type':'INTEGER'},{'name':'at','type':'TIMESTAMP'}]}," + partitioning);
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, 2024",
        "DAY, 202401",
        "DAY, 20241301",
        "DAY, 20240230",
        "HOUR, 20240131",
        "HOUR, 2024013124",
        "MONTH, 20240131",
        "MONTH, 202413",
        "YEAR, 202401",
        "RANGE, 5",
        "RANGE, 100",
        "RANGE, 01",
    })
    void noOtherPartitionIsThere(String unit, String partition) throws Exception {
        partitioned(unit);

        assertThat(send("GET", T + "$" + partition + "/data", "").body())
                .contains("\"code\":400", "Invalid partition decorator: $" + partition);
        assertThat(send("DELETE", T + "$" + partition, "").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, 20240229",
        "HOUR, 2024013123",
        "MONTH, 202412",
        "YEAR, 2024",
        "RANGE, 90",
        "RANGE, __NULL__",
        "DAY, __NULL__",
        "DAY, __UNPARTITIONED__",
    })
    void aPartitionMayHaveNoRows(String unit, String partition) throws Exception {
        partitioned(unit);

        assertThat(send("GET", T + "$" + partition + "/data", "").body()).contains("\"totalRows\":\"0\"");
        assertThat(send("DELETE", T + "$" + partition, "").statusCode()).isEqualTo(204);
    }

    @Test
    void theListOfPartitionsIsReadByPagesAndColumns() throws Exception {
        partitioned("DAY");
        server.query(
                "INSERT INTO house.t (n, `at`) VALUES (1, '2024-01-31'), (2, '2024-02-01')", UnaryOperator.identity());
        String summary = T + "$__PARTITIONS_SUMMARY__/data?selectedFields=partition_id";

        assertThat(send("GET", summary, "").body())
                .contains("'rows':[{'f':[{'v':'20240131'}]},{'f':[{'v':'20240201'}]}]".replace('\'', '"'));
        assertThat(send("GET", summary + "&maxResults=1", "").body())
                .contains("'pageToken':'1','rows':[{'f':[{'v':'20240131'}]}],'totalRows':'2'".replace('\'', '"'));
        assertThat(send("GET", summary + "&pageToken=1", "").body())
                .contains("'rows':[{'f':[{'v':'20240201'}]}]".replace('\'', '"'))
                .doesNotContain("pageToken");
        assertThat(send("GET", summary + ",nothing", "").statusCode()).isEqualTo(400);
    }
}
