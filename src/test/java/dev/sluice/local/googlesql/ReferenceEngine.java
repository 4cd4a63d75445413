package dev.sluice.local.googlesql;

import com.google.zetasql.Analyzer;
import com.google.zetasql.AnalyzerOptions;
import com.google.zetasql.EvaluatorTableModifyResponse;
import com.google.zetasql.LanguageOptions;
import com.google.zetasql.PreparedModify;
import com.google.zetasql.PreparedQuery;
import com.google.zetasql.SimpleCatalog;
import com.google.zetasql.SimpleColumn;
import com.google.zetasql.SimpleTable;
import com.google.zetasql.TableContent;
import com.google.zetasql.Type;
import com.google.zetasql.Value;
import com.google.zetasql.ZetaSQLBuiltinFunctionOptions;
import com.google.zetasql.ZetaSQLOptions.NameResolutionMode;
import com.google.zetasql.ZetaSQLOptions.ProductMode;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateTableStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedOutputColumn;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedQueryStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Google's analyzer and executor over tables that it is told of. */
final class ReferenceEngine {

    private final LanguageOptions language = language();
    private final SimpleCatalog catalog = new SimpleCatalog("catalog");
    private final Map<String, TableContent> contents = new HashMap<>();
    private final Map<String, Type> parameters = new HashMap<>();

    /** A catalogue that was sent over is not sent again with each statement. */
    private SimpleCatalog.@Nullable AutoUnregister sent;

    ReferenceEngine() {
        catalog.addZetaSQLFunctionsAndTypes(new ZetaSQLBuiltinFunctionOptions(language));
    }

    private static LanguageOptions language() {
        var language = new LanguageOptions().enableMaximumLanguageFeatures();
        language.setNameResolutionMode(NameResolutionMode.NAME_RESOLUTION_DEFAULT);
        language.setProductMode(ProductMode.PRODUCT_EXTERNAL);
        language.setSupportsAllStatementKinds();
        return language;
    }

    private AnalyzerOptions options() {
        var options = new AnalyzerOptions();
        options.setLanguageOptions(language);
        options.setDefaultTimezone("UTC");
        options.setPruneUnusedColumns(false);
        parameters.forEach(options::addQueryParameter);
        return options;
    }

    private ResolvedStatement analyze(String sql) {
        return Analyzer.analyzeStatement(sql, options(), catalog());
    }

    /** A table without rows. */
    List<String> create(String ddl) {
        var statement = (ResolvedCreateTableStmt) analyze(ddl);
        Map<String, Type> columns = new LinkedHashMap<>();
        statement.getColumnDefinitionList().forEach(column -> columns.put(column.getName(), column.getType()));
        add(String.join(".", statement.getNamePath()), columns);
        return List.of();
    }

    /**
     * A table that holds what a query answers.
     *
     * @param keyed whether its first column is its primary key: UPDATE and DELETE want one, INSERT ends the process with one
     */
    List<String> fill(String name, String sql, boolean keyed) {
        Map<String, Type> columns = new LinkedHashMap<>();
        output(sql)
                .forEach(column ->
                        columns.put(column.getName(), column.getColumn().getType()));
        contents.put(name, TableContent.create(List.copyOf(rows(sql))));
        SimpleTable table = add(name, columns);
        if (keyed) {
            table.setPrimaryKey(List.of(0));
        }
        return List.of();
    }

    /** Names of several parts are one name to those who write them in backticks. */
    private SimpleTable add(String name, Map<String, Type> types) {
        List<SimpleColumn> columns = new ArrayList<>();
        types.forEach((column, type) -> columns.add(new SimpleColumn(name, column, type, false, true)));
        if (sent != null) {
            sent.close();
            sent = null;
        }
        var table = new SimpleTable(name, columns);
        catalog.addSimpleTable(table);
        return table;
    }

    private SimpleCatalog catalog() {
        if (sent == null) {
            sent = catalog.register(contents);
        }
        return catalog;
    }

    List<String> declare(String name, String type) {
        parameters.put(
                name,
                output("SELECT CAST(NULL AS %s) AS x".formatted(type))
                        .get(0)
                        .getColumn()
                        .getType());
        return List.of();
    }

    private List<ResolvedOutputColumn> output(String sql) {
        return analyze(sql) instanceof ResolvedQueryStmt query ? query.getOutputColumnList() : List.of();
    }

    /** How many columns a statement answers, then the name and the type of each. */
    List<String> columns(String sql) {
        List<ResolvedOutputColumn> output = output(sql);
        List<String> columns = new ArrayList<>();
        columns.add(String.valueOf(output.size()));
        for (ResolvedOutputColumn column : output) {
            columns.add(column.getName());
            columns.add(column.getColumn().getType().typeName(ProductMode.PRODUCT_EXTERNAL));
        }
        return columns;
    }

    /** The columns, then all values. */
    List<@Nullable String> query(String sql) {
        try (PreparedQuery query = prepared(sql)) {
            List<@Nullable String> answer = new ArrayList<>();
            answer.add(String.valueOf(query.getColumns().size()));
            for (SimpleColumn column : query.getColumns()) {
                answer.add(column.getName());
                answer.add(column.getType().typeName(ProductMode.PRODUCT_EXTERNAL));
            }
            query.execute(Map.of())
                    .getTableData()
                    .forEach(row -> row.forEach(value -> answer.add(ReferenceValues.text(value))));
            return answer;
        }
    }

    private PreparedQuery prepared(String sql) {
        return PreparedQuery.builder()
                .setSql(sql)
                .setAnalyzerOptions(options())
                .setCatalog(catalog())
                .prepare();
    }

    private List<? extends List<Value>> rows(String sql) {
        try (PreparedQuery query = prepared(sql)) {
            return query.execute(Map.of()).getTableData();
        }
    }

    /** All values of a table after DML; its first column is unique, and the rows are in its order. */
    List<@Nullable String> modify(String table, String sql) {
        Map<Long, List<Value>> rows = new TreeMap<>();
        contents.get(table).getTableData().forEach(row -> rows.put(row.get(0).getInt64Value(), row));
        try (PreparedModify modify = PreparedModify.builder()
                .setSql(sql)
                .setAnalyzerOptions(options())
                .setCatalog(catalog())
                .prepare()) {
            modify.execute(Map.of()).getContent().forEach(change -> apply(change, rows));
        }
        List<@Nullable String> answer = new ArrayList<>();
        rows.values().forEach(row -> row.forEach(value -> answer.add(ReferenceValues.text(value))));
        return answer;
    }

    private static void apply(EvaluatorTableModifyResponse.Row change, Map<Long, List<Value>> rows) {
        switch (change.getOperation().name()) {
            case "INSERT" -> rows.put(change.getContent().get(0).getInt64Value(), change.getContent());
            case "UPDATE" -> rows.put(key(change), change.getContent());
            case "DELETE" -> rows.remove(key(change));
            default -> throw new IllegalStateException(change.getOperation().name());
        }
    }

    private static long key(EvaluatorTableModifyResponse.Row change) {
        return change.getOriginalPrimaryKeysValues().get(0).getInt64Value();
    }
}
