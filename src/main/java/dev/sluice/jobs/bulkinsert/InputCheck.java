package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.catalogue.CatalogueScope;
import dev.sluice.bigquery.catalogue.CatalogueTable;
import dev.sluice.bigquery.catalogue.TableCatalogue;
import dev.sluice.definition.Suggestion;
import dev.sluice.item.CsvHeader;
import dev.sluice.item.RowColumns;
import dev.sluice.item.SourceFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at table, source and organization of a bulk insert without any effect. */
final class InputCheck {

    private static final long MAX_UNIT_BYTES = 512L << 20;

    private final TableCatalogue catalogue;

    InputCheck(TableCatalogue catalogue) {
        this.catalogue = catalogue;
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
        boolean readable = checkSource(parameters.source(), problems);
        if (parameters.format() == null) {
            problems.add(
                    "cannot tell the format of %s by its ending (.ndjson, .jsonl, .json, .csv): give format=ndjson or format=csv"
                            .formatted(parameters.source()));
        }
        checkLimits(parameters, problems);
        if (table.isPresent()) {
            checkOrg(table.get(), parameters, problems);
            checkScope(table.get(), parameters, problems);
            if (readable && parameters.format() == SourceFormat.CSV) {
                checkHeader(table.get(), parameters, problems);
            }
        }
        return problems;
    }

    private static boolean checkSource(Path source, List<String> problems) {
        if (!Files.exists(source)) {
            problems.add("source %s does not exist".formatted(source));
            return false;
        }
        if (!Files.isRegularFile(source)) {
            problems.add("source %s is not a file".formatted(source));
            return false;
        }
        if (!Files.isReadable(source)) {
            problems.add("source %s is not readable by this user".formatted(source));
            return false;
        }
        return true;
    }

    private static void checkLimits(BulkInsertParameters parameters, List<String> problems) {
        if (parameters.maxRejects() < 0) {
            problems.add("maxRejects must be 0 or more");
        }
        if (parameters.unitBytes() > MAX_UNIT_BYTES) {
            problems.add("unitSize must be at most %d MB: a unit is held in memory".formatted(MAX_UNIT_BYTES >> 20));
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

    private static void checkHeader(CatalogueTable table, BulkInsertParameters parameters, List<String> problems) {
        var columns = RowColumns.of(table.columns(), table.tenantColumn(), parameters.org());
        try {
            CsvHeader.problems(parameters.source(), columns)
                    .forEach(problem -> problems.add("source %s, line 1: %s".formatted(parameters.source(), problem)));
        } catch (IOException e) {
            problems.add("source %s cannot be read: %s".formatted(parameters.source(), e.getMessage()));
        }
    }
}
