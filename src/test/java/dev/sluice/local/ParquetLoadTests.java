package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetLoadTests {

    private static final String FILES =
            "\"sourceFormat\":\"PARQUET\",\"parquetOptions\":{\"enableListInference\":true},\"sourceUris\":";

    @TempDir
    private static Path folder;

    private static LocalServer server;
    private static Connection duckDb;

    @BeforeAll
    static void open() throws IOException, SQLException {
        server = LocalServer.open(folder);
        server.people();
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
    }

    @AfterAll
    static void close() throws SQLException {
        duckDb.close();
        server.close();
    }

    @BeforeEach
    void dropTable() throws Exception {
        server.send("DELETE", "/datasets/house/tables/events", "");
    }

    private static void write(String object, String select) throws IOException, SQLException {
        try (Statement statement = duckDb.createStatement()) {
            statement.execute(
                    "COPY (%s) TO '%s' (FORMAT parquet)".formatted(select, server.object("things/" + object)));
        }
    }

    private static String load(String select, String settings) throws Exception {
        write("a", select);
        return server.load(FILES + "[\"gs://things/a\"]" + settings.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DATE '12000-01-01'",
                "TIMESTAMP '10000-01-01 00:00:00'",
                "TIMESTAMPTZ 'infinity'",
                "TIME '24:00:00'",
                "[1, NULL]",
                "{'x': [DATE '12000-01-01']}",
                "[{'x': TIME '24:00:00'}]"
            })
    void whatBigQueryHasNotIsRefused(String value) throws Exception {
        assertThat(load("SELECT %s AS x".formatted(value), ""))
                .contains("\"reason\":\"invalid\"", "A value of field x is out of range");
        assertThat(server.send("GET", "/datasets/house/tables/events", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void enumsAreTextsOnlyIfTheLoadWantsThem() throws Exception {
        write("a", "SELECT 'x' AS e");
        byte[] file = Files.readAllBytes(server.object("things/a"));
        // the column's name in Thrift's compact protocol, and its converted type: UTF8 becomes ENUM
        int name = new String(file, StandardCharsets.ISO_8859_1).lastIndexOf("\u0018\u0001e\u0025\u0000");
        file[name + 4] = 8;
        Files.write(server.object("things/a"), file);

        assertThat(server.load(FILES + "[\"gs://things/a\"]"))
                .contains(
                        "does not support enums in Parquet files unless parquetOptions.enumAsString is set (field e)");
        server.load(FILES.replace("enableListInference", "enumAsString") + "[\"gs://things/a\"]");
        assertThat(server.rows("events")).containsExactly("{f=[{v=x}]}");
    }

    @Test
    void valuesAtTheBoundsAreLoaded() throws Exception {
        load(
                "SELECT DATE '0001-01-01' AS d, TIME '23:59:59.999999' AS t, [{'x': DATE '9999-12-31'}] AS l,"
                        + " NULL::STRUCT(y DATE[]) AS n",
                "");

        assertThat(server.rows("events"))
                .containsExactly("{f=[{v=0001-01-01}, {v=23:59:59.999999}, {v=[{v={f=[{v=9999-12-31}]}}]}, {v=null}]}");
    }

    @Test
    void aSchemaSaysOtherModesAndColumnsThatAreIgnored() throws Exception {
        String required = "{'name':'id','type':'INT64','mode':'REQUIRED'}";
        String schema = ",'ignoreUnknownValues':true,'schema':{'fields':[%s,{'name':'more','type':'DATE'}]}";
        load("SELECT 1 AS id, 'a' AS name", schema.formatted(required));

        assertThat(server.schema("events")).isEqualTo("id INTEGER REQUIRED, more DATE NULLABLE");
        assertThat(server.rows("events")).containsExactly("{f=[{v=1}, {v=null}]}");
    }

    @Test
    void aSchemaOfOtherTypesIsRefused() throws Exception {
        assertThat(load("SELECT 1 AS id", ",'schema':{'fields':[{'name':'id','type':'STRING'}]}"))
                .contains(
                        "notImplemented", "a schema of a load that differs from that of its Parquet files (field id)");
        assertThat(load("SELECT 1 AS id, 2 AS x", ",'schema':{'fields':[{'name':'id','type':'INTEGER'}]}"))
                .contains("notImplemented", "(field x)");
    }

    @Test
    void filesOfOneLoadHaveTheSameColumns() throws Exception {
        write("p1", "SELECT 1 AS id");
        write("p2", "SELECT 2 AS id, 'b' AS name");
        assertThat(server.load(FILES + "[\"gs://things/p*\"]"))
                .contains("notImplemented", "Parquet files of different columns in one load");

        write("p1", "SELECT 1::FLOAT AS id");
        write("p2", "SELECT 0.1::DOUBLE AS id");
        assertThat(server.load(FILES + "[\"gs://things/p*\"]")).contains("notImplemented", "of different columns");

        write("p1", "SELECT 1 AS id");
        write("p2", "SELECT 2 AS id");
        server.load(FILES + "[\"gs://things/p*\"]");
        assertThat(server.rows("events")).containsExactly("{f=[{v=1}]}", "{f=[{v=2}]}");
    }

    @Test
    void valuesBeyondTheLimitsOfTheirColumnsAreRefused() throws Exception {
        String limited =
                ",'schema':{'fields':[{'name':'s','type':'STRING','maxLength':'2'},{'name':'n','type':'NUMERIC',"
                        + "'precision':'4','scale':'1'}]}";

        assertThat(load("SELECT 'äöü' AS s, 1::DECIMAL(9, 2) AS n", limited)).contains("A value of field s");
        assertThat(load("SELECT 'äö' AS s, 1.25::DECIMAL(9, 2) AS n", limited)).contains("A value of field n");
        assertThat(load("SELECT 'äö' AS s, -1000::DECIMAL(9, 2) AS n", limited)).contains("A value of field n");
        load("SELECT 'äö' AS s, -999.9::DECIMAL(9, 2) AS n", limited);
        assertThat(server.rows("events")).containsExactly("{f=[{v=äö}, {v=-999.9}]}");
    }

    @Test
    void decimalsThatWouldBeLostAreRefused() throws Exception {
        String nanos = "SELECT TIMESTAMP_NS '2024-01-01 00:00:00.000001%s' AS t";
        String digits = "SELECT 1.000000001%s::DECIMAL(38, 20) AS n";

        assertThat(load(nanos.formatted("001"), "")).contains("notImplemented", "more decimals", "(field t)");
        assertThat(load(digits.formatted("01"), "")).contains("notImplemented", "more decimals", "(field n)");
        load(nanos.formatted("000") + ", " + digits.formatted("00").replace("SELECT", ""), "");
        assertThat(server.rows("events")).containsExactly("{f=[{v=2024-01-01T00:00:00.000001}, {v=1.000000001}]}");
    }
}
