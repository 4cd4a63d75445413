package dev.sluice.bigquery.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code catalogue.yaml} says of one table. */
record CatalogueEntry(String name, String dataset, @Nullable String tenantColumn, List<String> key) {}
