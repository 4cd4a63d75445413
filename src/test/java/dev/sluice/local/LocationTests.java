package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Datasets are at a place. */
class LocationTests extends HouseOverRest {

    @BeforeAll
    void makeDatasetElsewhere() throws Exception {
        send("POST", "/datasets", "{'datasetReference':{'datasetId':'cellar'},'location':'EU'}");
        server.query("CREATE TABLE cellar.wine AS SELECT 1 AS n", UnaryOperator.identity());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "PUT"})
    void aDatasetDoesNotMove(String method) throws Exception {
        assertThat(send(method, "/datasets/cellar", "{'location':'US'}").body())
                .contains("\"code\":400", "The location of dataset sluice-local:cellar cannot be changed");
        assertThat(send(method, "/datasets/cellar", "{'location':'eu'}").body()).contains("\"location\":\"EU\"");
        assertThat(send(method, "/datasets/cellar", "{'description':'cold'}").body())
                .contains("\"location\":\"EU\"");
    }

    @ParameterizedTest
    @CsvSource({
        "region-eu, cellar, wine",
        "REGION-EU, cellar, wine",
        "region-us, house, people",
        "region-asia-east2, '', ''",
    })
    void aRegionShowsWhatIsThere(String region, String dataset, String table) throws Exception {
        server.query("CREATE OR REPLACE TABLE house.people (n INT64)", UnaryOperator.identity());
        String view = "FROM `sluice-local`.`%s`.INFORMATION_SCHEMA.".formatted(region);

        assertThat(String.join(",", server.column("SELECT schema_name " + view + "SCHEMATA")))
                .isEqualTo(dataset);
        assertThat(String.join(",", server.column("SELECT table_name " + view + "TABLES")))
                .isEqualTo(table);
    }
}
