package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.bigquery.BigQueryException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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

    @ParameterizedTest
    @ValueSource(strings = {"US", "eu", "europe-west12", "ASIA-NORTHEAST3", "africa-south1", "me-west1", ""})
    void aDatasetIsWhereBigQueryHasData(String location) throws Exception {
        assertThat(send("POST", "/datasets", dataset(location)).body())
                .contains("\"location\":\"" + (location.isEmpty() ? "US" : location));
        send("DELETE", "/datasets/far", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mars", "Asia", "europe-west7", "us "})
    void aDatasetIsNowhereElse(String location) throws Exception {
        assertThat(send("POST", "/datasets", dataset(location)).body())
                .contains("\"code\":400", "\"reason\":\"invalid\"")
                .contains("Invalid value for: %s is not a valid value".formatted(location));
        assertThatExceptionOfType(BigQueryException.class)
                .isThrownBy(() -> server.query(
                        "CREATE SCHEMA far OPTIONS (location = '%s')".formatted(location), UnaryOperator.identity()))
                .withMessageContaining("is not a valid value");
    }

    @Test
    void anotherCloudIsRefused() throws Exception {
        assertThat(send("POST", "/datasets", dataset("aws-us-east-1")).statusCode())
                .isEqualTo(501);
    }

    private static String dataset(String location) {
        return "{'datasetReference':{'datasetId':'far'},'location':'" + location + "'}";
    }
}
