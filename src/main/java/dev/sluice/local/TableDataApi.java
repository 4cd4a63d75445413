package dev.sluice.local;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableCell;
import com.google.api.services.bigquery.model.TableDataList;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableRow;
import dev.sluice.local.load.JsonValues;
import dev.sluice.local.sql.TableName;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Rows of tables over REST: pages of them, partitions, and streams into them. */
final class TableDataApi {

    private static final int OK = 200;

    private final Store store;
    private final Tables tables;
    private final Streaming streaming;
    private final Quotas quotas;

    TableDataApi(Store store, Tables tables, Streaming streaming, Quotas quotas) {
        this.quotas = quotas;
        this.store = store;
        this.tables = tables;
        this.streaming = streaming;
    }

    void list(Exchange exchange, TableName name) throws IOException {
        if (!exchange.method().equals("GET")) {
            throw ApiError.unsupported(exchange.method() + " on the rows of a table");
        }
        Page page = Page.of(exchange);
        TimestampFormat moments = TimestampFormat.of(exchange);
        SelectedFields selected = SelectedFields.of(exchange);
        exchange.answer(OK, store.read(connection -> {
            CopySource source = CopySource.past(connection, tables, reference(name));
            requireRows(source.table().resource());
            if (PartitionNames.SUMMARY.equals(source.partition())) {
                return summary(connection, source, page, selected);
            }
            List<TableFieldSchema> fields = selected.required(source.table().fields());
            return rows(connection, source.table(), new Rows.Choice(source.condition(), fields), page, moments);
        }));
    }

    private static TableReference reference(TableName name) {
        return new TableReference().setDatasetId(name.dataset()).setTableId(name.table());
    }

    private static void requireRows(Table table) {
        if (table.getView() != null) {
            throw ApiError.invalid("Cannot list a table of type %s.".formatted(table.getType()));
        }
        RowPolicies.requireFull(table);
    }

    private static TableDataList rows(
            Connection connection, StoredTable table, Rows.Choice choice, Page page, TimestampFormat moments)
            throws SQLException {
        long total = Rows.count(connection, table, choice.condition());
        List<TableRow> rows = choice.fields().isEmpty()
                ? List.of()
                : Rows.page(connection, table, choice, page.start(), page.size(), moments);
        return new TableDataList()
                .setKind("bigquery#tableDataList")
                .setEtag(Resources.etag(table.resource().getEtag() + total))
                .setTotalRows(total)
                .setRows(rows.isEmpty() ? null : rows)
                .setPageToken(page.nextOf(total));
    }

    private static TableDataList summary(Connection connection, CopySource source, Page page, SelectedFields selected)
            throws SQLException {
        if (source.moment() != null) {
            throw ApiError.unsupported("lists of the partitions that a table had");
        }
        List<TableFieldSchema> fields = selected.required(PartitionNames.SUMMARY_SCHEMA.getFields());
        List<String> ids = PartitionNames.ids(connection, source.table());
        List<TableRow> rows = ids.stream()
                .skip(page.start())
                .limit(page.size())
                .map(id -> summary(source.table(), id, fields))
                .toList();
        return new TableDataList()
                .setKind("bigquery#tableDataList")
                .setTotalRows((long) ids.size())
                .setRows(rows)
                .setPageToken(page.nextOf(ids.size()));
    }

    private static TableRow summary(StoredTable table, String id, List<TableFieldSchema> fields) {
        var reference = table.resource().getTableReference();
        return new TableRow()
                .setF(fields.stream()
                        .map(field -> new TableCell()
                                .setV(
                                        switch (field.getName()) {
                                            case "project_id" -> reference.getProjectId();
                                            case "dataset_id" -> reference.getDatasetId();
                                            case "table_id" -> reference.getTableId();
                                            default -> id;
                                        }))
                        .toList());
    }

    void insertAll(Exchange exchange, TableName name) throws IOException {
        if (!exchange.method().equals("POST")) {
            throw ApiError.unsupported(exchange.method() + " on insertAll");
        }
        Tables.requireChangeable(name);
        JsonNode request = request(exchange);
        if (request.path("rows").isEmpty()) {
            throw ApiError.invalid("No rows present in the request.");
        }
        quotas.requireRows(request.path("rows").size());
        exchange.answer(OK, store.change(connection -> streaming.insert(connection, name, request)));
    }

    private JsonNode request(Exchange exchange) throws IOException {
        byte[] body = exchange.body().readAllBytes();
        quotas.requireSize(body.length);
        try {
            return JsonValues.JSON.readTree(body);
        } catch (JacksonException e) {
            throw ApiError.unreadable("");
        }
    }
}
