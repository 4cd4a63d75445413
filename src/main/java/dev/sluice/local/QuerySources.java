package dev.sluice.local;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.ViewDefinition;
import dev.sluice.local.sql.Column;
import dev.sluice.local.sql.GoogleSql;
import dev.sluice.local.sql.Namespace;
import dev.sluice.local.sql.Relation;
import dev.sluice.local.sql.Relations;
import dev.sluice.local.sql.Scan;
import dev.sluice.local.sql.Statement;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Shows a statement the tables that it names, and remembers which of them it reads. */
final class QuerySources implements Relations {

    private final Namespace namespace;
    private final ReadTransactions reading;
    private final Tables tables;
    private final Connection connection;
    private final Map<String, QueryParameter> parameters;
    private final Map<TableName, List<Scan>> scans = new LinkedHashMap<>();
    private final Map<TableName, SortedMap<Long, StoredTable>> formers = new HashMap<>();
    private final Set<TableName> present = new HashSet<>();
    private final Set<String> names = new TreeSet<>();
    private final List<String> views = new ArrayList<>();
    private int information;
    private boolean filtered;

    QuerySources(Tables tables, Connection connection, Map<String, QueryParameter> parameters) {
        this(tables, connection, parameters, Namespace.of(""), new ReadTransactions());
    }

    /** @param reading the transactions that do not see what is in the journal */
    QuerySources(
            Tables tables,
            Connection connection,
            Map<String, QueryParameter> parameters,
            Namespace namespace,
            ReadTransactions reading) {
        this.reading = reading;
        this.namespace = namespace;
        this.tables = tables;
        this.connection = connection;
        this.parameters = parameters;
    }

    /** What is read of which table. */
    Map<TableName, List<Scan>> scans() {
        return scans;
    }

    /** Tables and views that are read, as {@code dataset.name}. */
    Set<String> names() {
        return names;
    }

    /** GoogleSQL of the views. */
    List<String> views() {
        return views;
    }

    @Override
    public String user() {
        return Resources.OWNER;
    }

    @Override
    public Namespace namespace() {
        return namespace;
    }

    @Override
    public Relation find(TableName name) {
        if (name.table().startsWith(TableName.INFORMATION_SCHEMA)) {
            return information(name);
        }
        StoredTable table = present(name);
        return visible(name, table, relation(table, table.readableRows()));
    }

    private Relation information(TableName name) {
        Projects.require(tables.projectId(), name.project());
        reading.requireSettled(connection);
        information++;
        try {
            return new InformationSchema(connection, tables)
                    .find(name.dataset(), name.table().substring(TableName.INFORMATION_SCHEMA.length()));
        } catch (SQLException e) {
            throw Faults.of(e);
        }
    }

    /** How often views of INFORMATION_SCHEMA are read. */
    int information() {
        return information;
    }

    /** What the row access policies show of it. */
    private Relation visible(TableName name, StoredTable table, Relation all) {
        if (!RowPolicies.has(table.resource())) {
            return all;
        }
        filtered = true;
        String sql = "SELECT * FROM `%s`.`%s` WHERE %s"
                .formatted(name.dataset(), name.table(), RowPolicies.filter(table.resource()));
        var rows = (Statement.Select) GoogleSql.read(sql, only -> all, Map.of());
        return new Relation(rows.sql(), all.columns(), all.hidden(), all.keys());
    }

    /** Whether the same names may mean something else in other scripts. */
    boolean seesTemporaries() {
        return !namespace.temporaries().isEmpty();
    }

    /** Whether row access policies decide what is read; then nobody is told how much it is. */
    boolean isFiltered() {
        return filtered;
    }

    @Override
    public Optional<String> view(TableName name) {
        if (name.table().startsWith(TableName.INFORMATION_SCHEMA)) {
            return Optional.empty();
        }
        Optional<String> query =
                Optional.ofNullable(stored(name).resource().getView()).map(ViewDefinition::getQuery);
        query.ifPresent(views::add);
        return query;
    }

    @Override
    public List<String> viewColumns(TableName name) {
        StoredTable view = stored(name);
        return Boolean.TRUE.equals(view.resource().getView().getUseExplicitColumnNames())
                ? view.fields().stream().map(TableFieldSchema::getName).toList()
                : List.of();
    }

    @Override
    public void scanned(Scan scan) {
        if (!scan.table().table().startsWith(TableName.INFORMATION_SCHEMA)) {
            scans.computeIfAbsent(plain(scan.table()), table -> new ArrayList<>())
                    .add(scan);
        }
    }

    @Override
    public Relation find(TableName name, String moment, List<String> placeholders) {
        StoredTable table = stored(name);
        if (table.resource().getView() != null) {
            throw ApiError.unsupported("FOR SYSTEM_TIME AS OF with a view; read the tables of its query so");
        }
        var select =
                new Statement.Select("SELECT CAST(epoch_us(%s) AS VARCHAR)".formatted(moment), placeholders, List.of());
        try {
            Moments.Past past = Moments.evaluate(connection, table, select, parameters, tables);
            Relation rows = relation(past.table(), past.rows());
            return past.table().number() == table.number()
                    ? visible(name, present(name), rows)
                    : former(name, table, past.table(), rows);
        } catch (SQLException e) {
            throw Faults.of(e);
        }
    }

    /** Of the table whose place another one has taken; what is read of it is not told by partitions. */
    private Relation former(TableName name, StoredTable now, StoredTable table, Relation rows) {
        if (RowPolicies.has(now.resource()) || RowPolicies.has(table.resource())) {
            throw ApiError.unsupported("FOR SYSTEM_TIME AS OF before a table with row access policies was replaced");
        }
        if (Partitions.requiresFilter(table.resource())) {
            throw ApiError.unsupported(
                    "FOR SYSTEM_TIME AS OF before a table that requires a partition filter was replaced");
        }
        formers.computeIfAbsent(plain(name), of -> new TreeMap<>()).put(table.number(), table);
        return new Relation(rows.sql(), rows.columns(), rows.hidden(), Relation.Keys.NONE);
    }

    /** Whether it is the table of now that is read, as it is or as it was. */
    boolean readsPresent(TableName name) {
        return present.contains(name);
    }

    /** What was read of a name before the table that has it now took its place. */
    Collection<StoredTable> formers(TableName name) {
        return formers.getOrDefault(name, new TreeMap<>()).values();
    }

    private static TableName plain(TableName name) {
        return new TableName(name.dataset(), name.table());
    }

    @Override
    public Relation appended(TableName name, String since, String until, List<String> placeholders) {
        try {
            return new AppendHistory(connection, present(name)).rows(since, until, placeholders, parameters);
        } catch (SQLException e) {
            throw Faults.of(e);
        }
    }

    @Override
    public Relation target(TableName name) {
        StoredTable table = present(name);
        requireChangeable(table.resource());
        return relation(table, table.identifiedRows());
    }

    /** @throws ApiError if no statement can change its rows */
    static void requireChangeable(Table table) {
        String kind = Tables.kind(table);
        if (!kind.equals("TABLE")) {
            throw new ApiError(
                    400,
                    "invalidQuery",
                    "%s is a %s and cannot be changed by DML".formatted(table.getId(), kind.toLowerCase(Locale.ROOT)));
        }
    }

    private StoredTable present(TableName name) {
        present.add(plain(name));
        return stored(name);
    }

    private StoredTable stored(TableName name) {
        requirePlain(name);
        if (name.dataset().equals(Tables.RESULTS)) {
            reading.requireSettled(connection);
        }
        names.add(name.dataset() + "." + name.table());
        Projects.require(tables.projectId(), name.project());
        try {
            return tables.get(connection, name);
        } catch (SQLException e) {
            throw Faults.of(e);
        }
    }

    /** @throws ApiError for names that mean something else than a table */
    private static void requirePlain(TableName name) {
        if (name.table().endsWith("*")) {
            throw ApiError.unsupported("wildcard tables, such as %s.%s".formatted(name.dataset(), name.table()));
        }
        if (name.table().startsWith("__TABLES")) {
            throw ApiError.unsupported(name.table() + "; read INFORMATION_SCHEMA.TABLES or TABLE_STORAGE");
        }
        if (name.table().contains("@") || name.table().contains("$")) {
            throw new ApiError(
                    400,
                    "invalidQuery",
                    "Table \"%s.%s\" cannot include decorator".formatted(name.dataset(), name.table()));
        }
    }

    private static Relation relation(StoredTable table, String rows) {
        Table resource = table.resource();
        List<Column> columns = table.fields().stream().map(ColumnTypes::column).toList();
        List<String> clustering = resource.getClustering() == null
                ? List.of()
                : resource.getClustering().getFields();
        return new Relation(
                rows,
                columns,
                Partitions.hidden(resource),
                new Relation.Keys(named(columns, Partitions.keys(resource)), named(columns, clustering)));
    }

    /** As the columns write them. */
    private static List<String> named(List<Column> columns, List<String> names) {
        return names.stream()
                .map(name -> columns.stream()
                        .map(Column::name)
                        .filter(name::equalsIgnoreCase)
                        .findFirst()
                        .orElse(name))
                .toList();
    }
}
