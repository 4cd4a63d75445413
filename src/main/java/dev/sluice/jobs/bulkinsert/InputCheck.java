package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.catalogue.CatalogueScope;
import dev.sluice.bigquery.catalogue.CatalogueTable;
import dev.sluice.bigquery.catalogue.TableCatalogue;
import dev.sluice.definition.Suggestion;
import dev.sluice.item.CsvHeader;
import dev.sluice.item.RowColumns;
import dev.sluice.item.SourceFormat;
import dev.sluice.item.SourceLimits;
import dev.sluice.item.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at table, source and organization of a bulk insert without any effect. */
final class InputCheck {

    private static final long MAX_UNIT_BYTES = 512L << 20;

    private static final int MAX_HEADER_BYTES = 1 << 20;
    private static final int MOST_PROBLEMS = 20;

    private final TableCatalogue catalogue;
    private final int maxExpansion;

    /** @param maxExpansion how many times its compressed size a file may become */
    InputCheck(TableCatalogue catalogue, int maxExpansion) {
        this.catalogue = catalogue;
        this.maxExpansion = maxExpansion;
    }

    Optional<CatalogueTable> table(BulkInsertParameters parameters) {
        return catalogue.find(parameters.table());
    }

    /** Every problem, in words for people; empty if the input can be used. */
    List<String> problems(BulkInsertParameters parameters) {
        List<String> problems = new ArrayList<>();
        Optional<CatalogueTable> table = table(parameters);
        if (table.isEmpty()) {
            problems.add("unknown table '%s'%s; known tables: %s"
                    .formatted(
                            parameters.table(),
                            Suggestion.of(parameters.table(), catalogue.names()),
                            String.join(", ", catalogue.names())));
        }
        Optional<BulkInsertInput> input = BulkInsertInput.find(parameters, problems);
        checkLimits(parameters, problems);
        if (table.isPresent()) {
            checkOrg(table.get(), parameters, problems);
            checkScope(table.get(), parameters, problems);
            input.ifPresent(found -> checkInput(table.get(), parameters, found, problems));
        }
        return problems;
    }

    private void checkInput(
            CatalogueTable table, BulkInsertParameters parameters, BulkInsertInput input, List<String> problems) {
        if (input.isReadByBigQuery()) {
            RawInputCheck.check(table, parameters, input, problems);
        } else if (input.layout().format() == SourceFormat.CSV) {
            checkHeaders(table, parameters, input, problems);
        }
    }

    private static void checkLimits(BulkInsertParameters parameters, List<String> problems) {
        if (parameters.maxRejects() < 0) {
            problems.add("maxRejects must be 0 or more");
        }
        if (parameters.unitBytes() > MAX_UNIT_BYTES) {
            problems.add(
                    "unitSize must be at most %d MB: two units are held in memory".formatted(MAX_UNIT_BYTES >> 20));
        }
    }

    private static void checkOrg(CatalogueTable table, BulkInsertParameters parameters, List<String> problems) {
        boolean needed = table.isTenantDataset() || table.tenantColumn() != null;
        if (needed && parameters.org() == null) {
            problems.add("table %s belongs to organizations: give org=<slug>".formatted(table.name()));
        }
    }

    private static void checkScope(CatalogueTable table, BulkInsertParameters parameters, List<String> problems) {
        ScopeArgument argument = parameters.scope();
        if (parameters.mode() != LoadMode.REPLACE_SCOPE) {
            if (argument != null) {
                problems.add(
                        "scope says what mode=replace-scope replaces; mode=%s takes none".formatted(parameters.mode()));
            }
            return;
        }
        List<String> names = table.scopes().stream().map(CatalogueScope::name).toList();
        if (names.isEmpty()) {
            problems.add("table %s has no scopes in sql/schema/catalogue.yaml; use mode=merge".formatted(table.name()));
        } else if (argument == null || argument.value().isEmpty()) {
            problems.add("mode=replace-scope needs scope=<name>:<value>; scopes of table %s: %s"
                    .formatted(table.name(), String.join(", ", names)));
        } else if (!names.contains(argument.name())) {
            problems.add("unknown scope '%s'%s; scopes of table %s: %s"
                    .formatted(
                            argument.name(),
                            Suggestion.of(argument.name(), names),
                            table.name(),
                            String.join(", ", names)));
        } else {
            checkValue(table.scope(argument.name()).orElseThrow(), argument, problems);
        }
    }

    private static void checkValue(CatalogueScope scope, ScopeArgument argument, List<String> problems) {
        try {
            scope.values(argument.value());
        } catch (IllegalArgumentException e) {
            problems.add("scope %s: %s".formatted(scope.name(), e.getMessage()));
        }
    }

    private void checkHeaders(
            CatalogueTable declared, BulkInsertParameters parameters, BulkInsertInput input, List<String> problems) {
        RowColumns columns;
        try {
            CatalogueTable table = parameters
                    .schemaPolicy()
                    .table(declared, input, new SourceLimits(1, MAX_HEADER_BYTES, maxExpansion));
            columns = parameters
                    .schemaPolicy()
                    .columns(RowColumns.of(table.columns(), table.tenantColumn(), parameters.org()));
        } catch (UncheckedIOException e) {
            problems.add(String.valueOf(e.getMessage()));
            return;
        }
        for (SourceFile file : input.files()) {
            List<String> faults = new ArrayList<>();
            try {
                CsvHeader.read(file, input.layout(), maxExpansion, columns, faults);
            } catch (IOException e) {
                faults.add(String.valueOf(e.getMessage()));
            }
            if (!faults.isEmpty()) {
                problems.add("source %s, line 1: %s".formatted(file.path(), String.join("; ", faults)));
            }
            if (problems.size() >= MOST_PROBLEMS) {
                return;
            }
        }
    }
}
