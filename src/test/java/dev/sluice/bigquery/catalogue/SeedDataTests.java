package dev.sluice.bigquery.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that come with bulk-insert; see src/adr/0006-seed-data.md for what was repaired. */
class SeedDataTests {

    private static final Path CHECKOUT = Path.of("");
    private static final String PRICES = "llm_model_pricing";
    private static final String PLANS = "saas_subscription_plans";

    private final TableCatalogue catalogue = TableCatalogue.load(CHECKOUT);

    @ParameterizedTest
    @ValueSource(strings = {PRICES, PLANS})
    void hasTheTablesColumnsWithoutTheTenantColumn(String name) throws IOException {
        CatalogueTable table = catalogue.find(name).orElseThrow();
        List<String> columns =
                new ArrayList<>(table.columns().stream().map(TableColumn::name).toList());
        columns.remove(table.tenantColumn());

        assertThat(rows(name))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.getHeader()).containsExactlyElementsOf(columns));
    }

    @ParameterizedTest
    @ValueSource(strings = {PRICES, PLANS})
    void hasEveryRequiredValueAndAUniqueKey(String name) throws IOException {
        CatalogueTable table = catalogue.find(name).orElseThrow();
        List<String> required = table.columns().stream()
                .filter(column -> column.mode() == ColumnMode.REQUIRED)
                .map(TableColumn::name)
                .filter(column -> !column.equals(table.tenantColumn()))
                .toList();

        assertThat(rows(name))
                .allSatisfy(row -> assertThat(required)
                        .allSatisfy(column -> assertThat(row.getField(column)).isNotEmpty()));
        assertThat(rows(name))
                .extracting(row -> row.getField(table.key().get(0)))
                .doesNotHaveDuplicates();
    }

    @Test
    void holdsThePricesOfSeventeenModels() throws IOException {
        assertThat(rows(PRICES)).hasSize(17);
        assertThat(count(PRICES, row -> row.getField("provider").equals("openai")))
                .isEqualTo(7);
        assertThat(count(PRICES, row -> row.getField("provider").equals("anthropic")))
                .isEqualTo(5);
    }

    @Test
    void geminisShiftedColumnsAreBackInPlace() throws IOException {
        assertThat(rows(PRICES))
                .filteredOn(row -> row.getField("provider").equals("gemini"))
                .hasSize(5)
                .allSatisfy(row -> {
                    assertThat(row.getField("pricing_type")).isEqualTo("standard");
                    assertThat(row.getField("free_tier_reset_frequency")).isEqualTo("daily");
                    assertThat(Long.parseLong(row.getField("free_tier_input_tokens")))
                            .isGreaterThanOrEqualTo(50_000_000);
                    assertThat(row.getField("free_tier_output_tokens"))
                            .isEqualTo(row.getField("free_tier_input_tokens"));
                    assertThat(row.getField("x_openai_batch_input_price")).isEmpty();
                    assertThat(row.getField("x_openai_batch_output_price")).isEmpty();
                });
    }

    @Test
    void openAisBatchPriceIsHalfThePrice() throws IOException {
        assertThat(rows(PRICES))
                .filteredOn(row -> row.getField("provider").equals("openai"))
                .allSatisfy(row -> {
                    assertThat(2 * number(row, "x_openai_batch_input_price"))
                            .isEqualTo(number(row, "input_price_per_1k"));
                    assertThat(2 * number(row, "x_openai_batch_output_price"))
                            .isEqualTo(number(row, "output_price_per_1k"));
                });
    }

    @Test
    void thePlansAddUpToTheTotalsOfTheirSource() throws IOException {
        Set<String> providers = new TreeSet<>();
        rows(PLANS).forEach(row -> providers.add(row.getField("provider")));

        assertThat(rows(PLANS)).hasSize(75);
        assertThat(providers).hasSize(25);
        assertThat(count(PLANS, row -> row.getField("pricing_model").equals("FLAT_FEE")))
                .isEqualTo(41);
        assertThat(count(PLANS, row -> row.getField("pricing_model").equals("PER_SEAT")))
                .isEqualTo(34);
        assertThat(count(PLANS, row -> row.getField("billing_cycle").equals("monthly")))
                .isEqualTo(66);
        assertThat(count(PLANS, row -> row.getField("billing_cycle").equals("annual")))
                .isEqualTo(9);
    }

    @Test
    void aPriceIsUnknownExactlyWhereItHasToBeAskedFor() throws IOException {
        assertThat(rows(PLANS)).allSatisfy(row -> {
            boolean custom = Boolean.parseBoolean(row.getField("is_custom"));
            assertThat(row.getField("unit_price_usd").isEmpty()).isEqualTo(custom);
            assertThat(row.getField("yearly_price_usd").isEmpty()).isEqualTo(custom);
        });
        assertThat(rows(PLANS))
                .filteredOn(row -> row.getField("is_custom").equals("true"))
                .extracting(row -> row.getField("subscription_id"))
                .containsExactly("sub_vercel_enterprise_annual");
        assertThat(rows(PLANS))
                .filteredOn(row -> row.getField("unit_price_usd").equals("0.00"))
                .extracting(row -> row.getField("plan_name"))
                .containsOnly("FREE", "HOBBY", "STARTER");
    }

    @Test
    void noPlanCarriesADiscountAndNoDateIsFilledIn() throws IOException {
        assertThat(rows(PLANS))
                .allSatisfy(row -> assertThat(
                                List.of("discount_type", "discount_value", "start_date", "end_date", "renewal_date"))
                        .allSatisfy(column ->
                                assertThat(row.getField(column)).as(column).isEmpty()));
    }

    private static double number(NamedCsvRecord row, String column) {
        return Double.parseDouble(row.getField(column));
    }

    private static long count(String name, Predicate<NamedCsvRecord> condition) throws IOException {
        return rows(name).stream().filter(condition).count();
    }

    /** Strict: a row with another number of fields than the header fails. */
    private static List<NamedCsvRecord> rows(String name) throws IOException {
        Path file = CHECKOUT.resolve("jobs/bulk-insert").resolve(name + ".csv");
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
            return csv.stream().toList();
        }
    }
}
