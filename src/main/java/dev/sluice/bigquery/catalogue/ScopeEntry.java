package dev.sluice.bigquery.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code catalogue.yaml} says of one scope.
 *
 * @param place file and line, for messages
 * @param fixed column names and values as text
 */
record ScopeEntry(String place, String name, String description, String column, Map<String, String> fixed) {

    /** @param problems receives what the scope says of columns that cannot be compared with it */
    Optional<CatalogueScope> read(TableDdl ddl, List<String> problems) {
        int before = problems.size();
        Optional<TableColumn> asked = comparable(ddl, column, problems);
        Map<TableColumn, String> values = new LinkedHashMap<>();
        fixed.forEach((each, value) ->
                comparable(ddl, each, problems).ifPresent(found -> put(values, found, value, problems)));
        return problems.size() > before
                ? Optional.empty()
                : asked.map(found -> new CatalogueScope(name, description, found, values));
    }

    private void put(Map<TableColumn, String> values, TableColumn found, String value, List<String> problems) {
        try {
            CatalogueScope.parameter(found, value);
            values.put(found, value);
        } catch (IllegalArgumentException e) {
            problems.add("%s: scope %s, column %s: %s".formatted(place, name, found.name(), e.getMessage()));
        }
    }

    private Optional<TableColumn> comparable(TableDdl ddl, String wanted, List<String> problems) {
        Optional<TableColumn> found = ddl.column(wanted)
                .filter(each -> each.mode() != ColumnMode.REPEATED && CatalogueScope.TYPES.contains(each.type()));
        if (found.isEmpty()) {
            problems.add(
                    "%s: scope %s: %s is not a column of type %s".formatted(place, name, wanted, CatalogueScope.TYPES));
        }
        return found;
    }
}
