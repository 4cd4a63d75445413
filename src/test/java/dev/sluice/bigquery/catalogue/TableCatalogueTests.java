package dev.sluice.bigquery.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.LegacySQLTypeName;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.TableId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableCatalogueTests {

    private static final Path CHECKOUT = Path.of("");

    @TempDir
    private Path root;

    private Path schema;

    @BeforeEach
    void copyTheSchemaOfTheCatalogue() throws IOException {
        schema = Files.createDirectories(root.resolve("sql/schema"));
        Files.copy(CHECKOUT.resolve("sql/schema/catalogue.schema.json"), schema.resolve("catalogue.schema.json"));
    }

    @Test
    void holdsOurTables() {
        TableCatalogue catalogue = TableCatalogue.load(CHECKOUT);

        assertThat(catalogue.names()).containsExactly("llm_model_pricing", "org_audit_logs", "saas_subscription_plans");
        CatalogueTable audit = catalogue.find("org_audit_logs").orElseThrow();
        assertThat(audit.columns()).hasSize(14);
        assertThat(audit.partitioning()).isEqualTo("DATE(created_at)");
        assertThat(audit.clustering()).containsExactly("org_slug", "action", "resource_type");
        assertThat(audit.ddlFile()).isEqualTo("schema/org_audit_logs.sql");
        CatalogueTable prices = catalogue.find("llm_model_pricing").orElseThrow();
        assertThat(prices.columns()).hasSize(29);
        assertThat(prices.clustering()).containsExactly("provider", "model_id");
        CatalogueTable plans = catalogue.find("saas_subscription_plans").orElseThrow();
        assertThat(plans.columns()).hasSize(27);
        assertThat(plans.partitioning()).isEqualTo("start_date");
        assertThat(plans.clustering()).containsExactly("org_slug", "provider");
        assertThat(catalogue.find("org_profiles")).isEmpty();
    }

    @Test
    void aPriceOfAPlanMayBeUnknown() {
        CatalogueTable plans =
                TableCatalogue.load(CHECKOUT).find("saas_subscription_plans").orElseThrow();

        assertThat(plans.schema().getFields().get("unit_price_usd").getMode()).isEqualTo(Field.Mode.NULLABLE);
        assertThat(plans.schema().getFields().get("yearly_price_usd").getMode()).isEqualTo(Field.Mode.NULLABLE);
        assertThat(plans.schema().getFields().get("is_custom").getMode()).isEqualTo(Field.Mode.REQUIRED);
    }

    @Test
    void findsCentralAndTenantTables() {
        TableCatalogue catalogue = TableCatalogue.load(CHECKOUT);
        CatalogueTable audit = catalogue.find("org_audit_logs").orElseThrow();
        CatalogueTable prices = catalogue.find("llm_model_pricing").orElseThrow();

        assertThat(audit.tableId("p", "acme", "development"))
                .isEqualTo(TableId.of("p", "organizations", "org_audit_logs"));
        assertThat(prices.tableId("p", "acme", "development"))
                .isEqualTo(TableId.of("p", "acme_development", "llm_model_pricing"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prices.tableId("p", null, "development"))
                .withMessageContaining("llm_model_pricing");
    }

    @Test
    void translatesNestedColumnsToBigQuerysSchema() throws IOException {
        write("catalogue.yaml", "tables:\n  t: {dataset: tenant, key: [id]}\n");
        write("t.sql", "CREATE TABLE IF NOT EXISTS ${table} (id INT64 NOT NULL, tags ARRAY<STRUCT<k STRING>>)");

        Field tags = TableCatalogue.load(root)
                .find("t")
                .orElseThrow()
                .schema()
                .getFields()
                .get("tags");

        assertThat(tags.getType()).isEqualTo(LegacySQLTypeName.RECORD);
        assertThat(tags.getMode()).isEqualTo(Field.Mode.REPEATED);
        assertThat(tags.getSubFields().get("k").getType()).isEqualTo(LegacySQLTypeName.STRING);
    }

    @Test
    void reportsAllProblemsAtOnceWithFileAndLine() throws IOException {
        write("catalogue.yaml", """
                tables:
                  broken:
                    dataset: tenant
                    key: [id]
                  missing:
                    dataset: tenant
                    key: [id]
                  wrong:
                    dataset: organizations
                    tenantColumn: org_slug
                    key: [id, nothing]
                """);
        write("broken.sql", "CREATE TABLE IF NOT EXISTS ${table} (\n  id STRNG)");
        write("wrong.sql", "CREATE TABLE IF NOT EXISTS ${table} (id STRING, org_slug STRING)");
        write("stray.sql", "CREATE TABLE IF NOT EXISTS ${table} (id STRING)");

        assertThatThrownBy(() -> TableCatalogue.load(root))
                .isInstanceOf(InvalidCatalogue.class)
                .hasMessageContaining(schema.resolve("broken.sql") + ":2: unknown type STRNG")
                .hasMessageContaining(schema.resolve("stray.sql") + ":1: catalogue.yaml does not name table stray")
                .hasMessageContaining("catalogue.yaml:6: table missing has no schema file")
                .hasMessageContaining("catalogue.yaml:9: key column nothing is not a column of table wrong")
                .hasMessageContaining("catalogue.yaml:9: tenantColumn org_slug is not a column of table wrong");
    }

    @Test
    void bindsTheValuesOfAScope() {
        CatalogueTable plans =
                TableCatalogue.load(CHECKOUT).find("saas_subscription_plans").orElseThrow();

        assertThat(plans.scope("provider").orElseThrow().values("slack' OR TRUE --"))
                .containsExactly(
                        entry("provider", QueryParameterValue.string("slack' OR TRUE --")),
                        entry("is_custom", QueryParameterValue.bool(false)));
        assertThat(plans.scope("plan")).isEmpty();
    }

    @Test
    void refusesKeysAndScopesThatCannotTellRowsApart() throws IOException {
        write("catalogue.yaml", """
                tables:
                  t:
                    dataset: tenant
                    key: [id, price]
                    scopes:
                      price: {description: by price, column: price}
                      day: {description: by day, column: day, fixed: {id: many, tags: x}}
                """);
        write("t.sql", "CREATE TABLE IF NOT EXISTS ${table} (id INT64, price FLOAT64, day DATE, tags ARRAY<STRING>)");

        assertThatThrownBy(() -> TableCatalogue.load(root))
                .hasMessageContaining("catalogue.yaml:3: key column price of table t cannot identify rows")
                .hasMessageContaining("catalogue.yaml:6: scope price: price is not a column of type [STRING")
                .hasMessageContaining("catalogue.yaml:7: scope day, column id: not a valid INT64")
                .hasMessageContaining("catalogue.yaml:7: scope day: tags is not a column of type [STRING");
    }

    @Test
    void refusesUnknownKeysAndDatasetsButStillReadsTheSchemaFiles() throws IOException {
        write("catalogue.yaml", """
                tables:
                  t:
                    dataset: elsewhere
                    keys: [id]
                    key: [id]
                """);
        write("t.sql", "CREATE TABLE IF NOT EXISTS ${table} (id STRNG)");

        assertThatThrownBy(() -> TableCatalogue.load(root))
                .isInstanceOf(InvalidCatalogue.class)
                .hasMessageContaining("catalogue.yaml:3: ")
                .hasMessageContaining("catalogue.yaml:4: ")
                .hasMessageContaining("keys")
                .hasMessageContaining("t.sql:1: unknown type STRNG")
                .message()
                .doesNotContain("does not name");
    }

    @Test
    void saysWhatIsMissingWhereThereIsNoCheckout() throws IOException {
        Path empty = Files.createDirectories(root.resolve("empty"));

        assertThatThrownBy(() -> TableCatalogue.load(empty))
                .isInstanceOf(InvalidCatalogue.class)
                .hasMessageContaining("catalogue.schema.json: cannot be read")
                .hasMessageContaining("sluice.root");
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(schema.resolve(name), content);
    }
}
