package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What row access policies show. */
class RowPolicyTests extends OwnWarehouse {

    private static final String FOR_ME = " ON ds.t GRANT TO ('user:local@sluice.invalid') FILTER USING (";
    private static final String FOR_OTHERS = " ON ds.t GRANT TO ('group:sales@example.com') FILTER USING (";

    @BeforeEach
    void fill() {
        warehouse.query(
                "CREATE TABLE ds.t AS SELECT 1 AS id, 'US' AS country UNION ALL SELECT 2, 'EU' UNION ALL SELECT 3, 'JP'");
    }

    private String ids() {
        return warehouse.query("SELECT id FROM ds.t ORDER BY id").rows().toString();
    }

    @Test
    void theReaderSeesWhatHisPoliciesShowTogether() {
        warehouse.query("CREATE ROW ACCESS POLICY us" + FOR_ME + "country = 'US')");
        assertThat(ids()).isEqualTo("[[1]]");
        warehouse.query(
                "CREATE ROW ACCESS POLICY more ON ds.t GRANT TO ('allAuthenticatedUsers') FILTER USING (id > 2)");
        assertThat(ids()).isEqualTo("[[1], [3]]");
        warehouse.query("CREATE VIEW ds.v AS SELECT id FROM ds.t");
        assertThat(warehouse.query("SELECT COUNT(*) FROM ds.v").rows()).hasToString("[[2]]");
        warehouse.query("DROP ROW ACCESS POLICY us ON ds.t");
        assertThat(ids()).isEqualTo("[[3]]");
        warehouse.refuses("DROP ROW ACCESS POLICY more ON ds.t", "use DROP ALL ROW ACCESS POLICIES");
        assertThat(ids()).isEqualTo("[[3]]");
        warehouse.query("DROP ALL ROW ACCESS POLICIES ON ds.t");
        assertThat(ids()).isEqualTo("[[1], [2], [3]]");
    }

    @Test
    void whoHasNoPolicySeesNothingAndNobodyIsToldTheBytes() {
        warehouse.query("CREATE ROW ACCESS POLICY eu" + FOR_OTHERS + "country = 'EU')");
        assertThat(ids()).isEqualTo("[]");
        assertThat(warehouse.query("SELECT id FROM ds.t").statistics().getTotalBytesProcessed())
                .isZero();
        assertThat(warehouse
                        .query("SELECT id FROM ds.t")
                        .statistics()
                        .getQuery()
                        .getTotalBytesBilled())
                .isZero();
    }

    @Test
    void copiesAndChangesNeedToSeeAll() {
        warehouse.query("CREATE ROW ACCESS POLICY us" + FOR_ME + "country = 'US')");
        warehouse.refuses("DELETE FROM ds.t WHERE TRUE", "filters by TRUE");
        warehouse.refuses("CREATE TABLE ds.copy CLONE ds.t", "filters by TRUE");
        warehouse.query("INSERT INTO ds.t VALUES (4, 'US')");
        warehouse.query("CREATE TABLE ds.visible AS SELECT * FROM ds.t");
        assertThat(warehouse.query("SELECT id FROM ds.visible ORDER BY id").rows())
                .hasToString("[[1], [4]]");

        warehouse.query("CREATE ROW ACCESS POLICY everything" + FOR_ME + "TRUE)");
        warehouse.query("UPDATE ds.t SET country = 'US' WHERE id = 2");
        warehouse.query("CREATE TABLE ds.twin CLONE ds.t");
        warehouse.query("DROP ROW ACCESS POLICY everything ON ds.twin");
        assertThat(warehouse.query("SELECT id FROM ds.twin ORDER BY id").rows()).hasToString("[[1], [2], [4]]");
    }

    @Test
    void policiesFollowTheirTable() {
        warehouse.query("CREATE ROW ACCESS POLICY us" + FOR_ME + "country = 'US')");
        warehouse.query("ALTER TABLE ds.t ADD COLUMN more STRING");
        warehouse.query("ALTER TABLE ds.t RENAME TO u");
        assertThat(warehouse.query("SELECT id FROM ds.u").rows()).hasToString("[[1]]");
    }

    @Test
    void aFilterMayEndWithAComment() {
        warehouse.query("CREATE ROW ACCESS POLICY us" + FOR_ME + "id = 1 -- the first\n)");
        assertThat(ids()).isEqualTo("[[1]]");
    }

    @Test
    void namesAreUniqueAndFiltersAreChecked() {
        warehouse.query("CREATE ROW ACCESS POLICY us" + FOR_ME + "country = 'US')");
        warehouse.refuses("CREATE ROW ACCESS POLICY us" + FOR_ME + "TRUE)", "Already Exists");
        warehouse.query("CREATE ROW ACCESS POLICY IF NOT EXISTS us" + FOR_ME + "TRUE)");
        assertThat(ids()).isEqualTo("[[1]]");
        warehouse.query("CREATE OR REPLACE ROW ACCESS POLICY us" + FOR_ME + "country = 'EU')");
        assertThat(ids()).isEqualTo("[[2]]");
        warehouse.refuses("CREATE ROW ACCESS POLICY x" + FOR_ME + "nothing = 1)", "Unrecognized name: nothing");
        warehouse.refuses("CREATE ROW ACCESS POLICY x" + FOR_ME + "id IN (SELECT 1 FROM ds.other))", "subqueries");
        warehouse.query("CREATE VIEW ds.v AS SELECT 1 AS id");
        warehouse.refuses("CREATE ROW ACCESS POLICY x" + FOR_ME.replace("ds.t", "ds.v") + "TRUE)", "not for views");
        warehouse.refuses("DROP ROW ACCESS POLICY missing ON ds.t", "Not found");
        warehouse.query("DROP ROW ACCESS POLICY IF EXISTS missing ON ds.t");
    }
}
