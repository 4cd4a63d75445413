package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.services.bigquery.model.QueryParameter;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What row access policies show. */
class RowPolicyTests {

    private static final String FOR_ME = " ON ds.t GRANT TO ('user:local@sluice.invalid') FILTER USING (";
    private static final String FOR_OTHERS = " ON ds.t GRANT TO ('group:sales@example.com') FILTER USING (";

    @TempDir
    Path folder;

    private Warehouse warehouse;

    @BeforeEach
    void open() throws Exception {
        warehouse = new Warehouse(folder, Clock.systemUTC());
        warehouse.dataset("ds");
        run("CREATE TABLE ds.t AS SELECT 1 AS id, 'US' AS country UNION ALL SELECT 2, 'EU' UNION ALL SELECT 3, 'JP'");
    }

    @AfterEach
    void close() throws Exception {
        warehouse.close();
    }

    private Warehouse.Result run(String sql) {
        return warehouse.query(sql, new QueryParameter[0]);
    }

    private String ids() {
        return run("SELECT id FROM ds.t ORDER BY id").rows().toString();
    }

    private void refuses(String sql, String message) {
        assertThatExceptionOfType(RuntimeException.class)
                .as(sql)
                .isThrownBy(() -> run(sql))
                .withMessageContaining(message);
    }

    @Test
    void theReaderSeesWhatHisPoliciesShowTogether() {
        run("CREATE ROW ACCESS POLICY us" + FOR_ME + "country = 'US')");
        assertThat(ids()).isEqualTo("[[1]]");
        run("CREATE ROW ACCESS POLICY more ON ds.t GRANT TO ('allAuthenticatedUsers') FILTER USING (id > 2)");
        assertThat(ids()).isEqualTo("[[1], [3]]");
        run("CREATE VIEW ds.v AS SELECT id FROM ds.t");
        assertThat(run("SELECT COUNT(*) FROM ds.v").rows()).hasToString("[[2]]");
        run("DROP ROW ACCESS POLICY us ON ds.t");
        assertThat(ids()).isEqualTo("[[3]]");
        run("DROP ALL ROW ACCESS POLICIES ON ds.t");
        assertThat(ids()).isEqualTo("[[1], [2], [3]]");
    }

    @Test
    void whoHasNoPolicySeesNothingAndNobodyIsToldTheBytes() {
        run("CREATE ROW ACCESS POLICY eu" + FOR_OTHERS + "country = 'EU')");
        assertThat(ids()).isEqualTo("[]");
        assertThat(run("SELECT id FROM ds.t").statistics().getTotalBytesProcessed())
                .isZero();
        assertThat(run("SELECT id FROM ds.t").statistics().getQuery().getTotalBytesBilled())
                .isZero();
    }

    @Test
    void copiesAndChangesNeedToSeeAll() {
        run("CREATE ROW ACCESS POLICY us" + FOR_ME + "country = 'US')");
        refuses("DELETE FROM ds.t WHERE TRUE", "filters by TRUE");
        refuses("CREATE TABLE ds.copy CLONE ds.t", "filters by TRUE");
        run("INSERT INTO ds.t VALUES (4, 'US')");
        run("CREATE TABLE ds.visible AS SELECT * FROM ds.t");
        assertThat(run("SELECT id FROM ds.visible ORDER BY id").rows()).hasToString("[[1], [4]]");

        run("CREATE ROW ACCESS POLICY everything" + FOR_ME + "TRUE)");
        run("UPDATE ds.t SET country = 'US' WHERE id = 2");
        run("CREATE TABLE ds.twin CLONE ds.t");
        run("DROP ROW ACCESS POLICY everything ON ds.twin");
        assertThat(run("SELECT id FROM ds.twin ORDER BY id").rows()).hasToString("[[1], [2], [4]]");
    }

    @Test
    void policiesFollowTheirTable() {
        run("CREATE ROW ACCESS POLICY us" + FOR_ME + "country = 'US')");
        run("ALTER TABLE ds.t ADD COLUMN more STRING");
        run("ALTER TABLE ds.t RENAME TO u");
        assertThat(run("SELECT id FROM ds.u").rows()).hasToString("[[1]]");
    }

    @Test
    void namesAreUniqueAndFiltersAreChecked() {
        run("CREATE ROW ACCESS POLICY us" + FOR_ME + "country = 'US')");
        refuses("CREATE ROW ACCESS POLICY us" + FOR_ME + "TRUE)", "Already Exists");
        run("CREATE ROW ACCESS POLICY IF NOT EXISTS us" + FOR_ME + "TRUE)");
        assertThat(ids()).isEqualTo("[[1]]");
        run("CREATE OR REPLACE ROW ACCESS POLICY us" + FOR_ME + "country = 'EU')");
        assertThat(ids()).isEqualTo("[[2]]");
        refuses("CREATE ROW ACCESS POLICY x" + FOR_ME + "nothing = 1)", "Unrecognized name: nothing");
        refuses("CREATE ROW ACCESS POLICY x" + FOR_ME + "id IN (SELECT 1 FROM ds.other))", "subqueries");
        refuses("DROP ROW ACCESS POLICY missing ON ds.t", "Not found");
        run("DROP ROW ACCESS POLICY IF EXISTS missing ON ds.t");
    }
}
