package dev.sluice.local.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleSqlTests {

    private static Statement read(String sql) {
        return GoogleSql.read(sql, GoogleSqlTests::table, Map.of("org", Type.STRING));
    }

    private static Relation table(TableName name) {
        return new Relation(
                "SELECT 1 FROM data." + name.table(),
                List.of(
                        new Column("id", Type.INT64, true, null),
                        new Column("name", Type.STRING, false, null),
                        new Column("org_slug", Type.STRING, false, null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM ds.t WHERE id = 99) OR (TRUE",
                "DELETE FROM ds.t WHERE id = 99; OR TRUE",
                "DELETE FROM ds.t",
                "DELETE FROM ds.t WHERE rowid = 0",
                "SELECT * FROM (`read_text`('/etc/hostname'))",
                "SELECT * FROM (`/path/x.csv`)",
                "SELECT * FROM (data.t_1)",
                "SELECT `md5`('a')",
                "SELECT name.`length`() FROM ds.t",
                "SELECT _sluice_from FROM ds.t",
                "SELECT read_csv('a')",
                "SELECT @missing",
                "SELECT * FROM t",
                "UPDATE ds.t SET name = 1 WHERE TRUE",
                "UPDATE ds.t SET name = 'x'",
                "CREATE TABLE ds.t (d DATE) PARTITION BY DATE(d)",
            })
    void refusesWhatItDoesNotVouchFor(String sql) {
        assertThatExceptionOfType(SqlRefused.class).isThrownBy(() -> read(sql));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 99_999_999_999L, Long.MAX_VALUE})
    void writesNoMoreDigitsThanThereAre(long digits) {
        var limits = new TypeLimits(null, digits, digits, false);

        assertThat(limits.enforced(Typed.column(Type.NUMERIC, "n")).sql()).hasSizeLessThan(1000);
        assertThat(new TypeLimits(null, digits, 0L, false)
                        .enforced(Typed.column(Type.NUMERIC, "n"))
                        .sql())
                .hasSizeLessThan(1000);
    }

    @Test
    void bindsParametersInOrder() {
        Statement.Select select =
                (Statement.Select) read("SELECT COUNT(*) AS n FROM organizations.t WHERE org_slug = @org");
        assertThat(select.parameters()).containsExactly("org");
        assertThat(select.sql()).contains("FROM (SELECT 1 FROM data.t)").contains("CAST($1 AS VARCHAR)");
    }

    @Test
    void keepsPartitioningAndClustering() {
        Statement.CreateTable create = (Statement.CreateTable) read("CREATE TABLE IF NOT EXISTS `p.ds.t`"
                + " (id STRING NOT NULL OPTIONS(description=\"the id\"), `at` TIMESTAMP)"
                + " PARTITION BY DATE(`at`) CLUSTER BY id OPTIONS(description=\"x\")");
        assertThat(create.layout().partitioning().column()).isEqualTo("at");
        assertThat(create.layout().clustering()).containsExactly("id");
        assertThat(create.columns().get(0)).isEqualTo(new Column("id", Type.STRING, true, "the id"));
    }
}
