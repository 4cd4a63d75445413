package dev.sluice.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQuery.DatasetListOption;
import com.google.cloud.bigquery.Dataset;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.Schema;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Datasets as resources. */
final class DatasetChecks extends Area {

    private final String other;

    DatasetChecks(ConformanceTarget at) {
        super(at);
        this.other = at.dataset() + "_other";
    }

    @Override
    String page() {
        return "datasets-intro";
    }

    @Override
    Stream<DynamicTest> checks() {
        return Stream.concat(making(), changing());
    }

    private Dataset found() {
        return Objects.requireNonNull(at.client().getDataset(other));
    }

    private Stream<DynamicTest> making() {
        return Stream.of(
                check(
                        "a dataset that nobody made is not found",
                        () -> assertThat(at.client().getDataset(other)).isNull()),
                check("a dataset is made with a description and labels", () -> {
                    at.client()
                            .create(DatasetInfo.newBuilder(other)
                                    .setLocation(at.place().location())
                                    .setDescription("for a check")
                                    .setLabels(Map.of("a", "1", "b", "2"))
                                    .build());
                    assertThat(found().getDescription()).isEqualTo("for a check");
                    assertThat(found().getLabels()).containsEntry("a", "1").containsEntry("b", "2");
                }),
                check(
                        "a dataset has the location that was asked for",
                        () -> assertThat(found().getLocation())
                                .isEqualTo(at.place().location())),
                check(
                        "a dataset says when it was made, in milliseconds",
                        () -> assertThat(found().getCreationTime()).isGreaterThan(1_600_000_000_000L)),
                refuses(
                        "a dataset is not made twice",
                        () -> at.client().create(DatasetInfo.of(other)),
                        409,
                        "duplicate"),
                refuses(
                        "a dataset's name has letters, digits and underscores only",
                        () -> at.client().create(DatasetInfo.of("not-a-name")),
                        400,
                        "invalid"),
                check(
                        "datasets are listed",
                        () -> assertThat(at.client().listDatasets().iterateAll())
                                .extracting(each -> each.getDatasetId().getDataset())
                                .contains(other, at.dataset())),
                check(
                        "datasets are listed by label",
                        () -> assertThat(at.client()
                                        .listDatasets(DatasetListOption.labelFilter("labels.a:1"))
                                        .iterateAll())
                                .extracting(each -> each.getDatasetId().getDataset())
                                .contains(other)
                                .doesNotContain(at.dataset())));
    }

    private Stream<DynamicTest> changing() {
        return Stream.of(
                check("a change gives a dataset another etag", () -> {
                    String before = found().getEtag();
                    found().toBuilder().setFriendlyName("friend").build().update();
                    assertThat(found().getEtag()).isNotEqualTo(before);
                    assertThat(found().getFriendlyName()).isEqualTo("friend");
                }),
                check("a label goes when it is set to null, and others stay", () -> {
                    Map<String, String> labels = new HashMap<>();
                    labels.put("a", null);
                    found().toBuilder().setLabels(labels).build().update();
                    assertThat(found().getLabels()).doesNotContainKey("a").containsEntry("b", "2");
                }),
                check("tables take the lifetime of their dataset", () -> {
                    at.create("mortal", Schema.of());
                    assertThat(Objects.requireNonNull(at.client().getTable(at.table("mortal")))
                                    .getExpirationTime())
                            .isNotNull();
                }),
                refuses(
                        "a dataset with tables is not deleted unless that is said",
                        () -> at.client().delete(at.dataset()),
                        400,
                        "resourceInUse"),
                check(
                        "an empty dataset is deleted",
                        () -> assertThat(at.client().delete(other)).isTrue()),
                check(
                        "a dataset that is gone cannot be deleted",
                        () -> assertThat(at.client().delete(other)).isFalse()));
    }
}
