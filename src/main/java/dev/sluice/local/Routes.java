package dev.sluice.local;

import dev.sluice.local.sql.TableName;
import java.io.IOException;
import java.util.List;

/** Which room answers a path: {@code [upload/]bigquery/v2/projects/<project>/<collection>/…}. */
final class Routes {

    private final String projectId;
    private final DatasetsApi datasets;
    private final TablesApi tables;
    private final TableDataApi data;
    private final PoliciesApi policies;
    private final RowPoliciesApi rowPolicies;
    private final JobsApi jobs;
    private final ResultsApi results;
    private final UploadsApi uploads;
    private final AbsentApi absent;

    Routes(
            String projectId,
            DatasetsApi datasets,
            TablesApi tables,
            TableDataApi data,
            PoliciesApi policies,
            RowPoliciesApi rowPolicies,
            JobsApi jobs,
            ResultsApi results,
            UploadsApi uploads,
            AbsentApi absent) {
        this.absent = absent;
        this.projectId = projectId;
        this.datasets = datasets;
        this.tables = tables;
        this.data = data;
        this.policies = policies;
        this.rowPolicies = rowPolicies;
        this.jobs = jobs;
        this.results = results;
        this.uploads = uploads;
    }

    /** @param url of this server */
    void handle(Exchange exchange, String url) throws IOException {
        List<String> path = exchange.path();
        boolean upload = path.get(0).equals("upload");
        List<String> rest = upload ? path.subList(1, path.size()) : path;
        if (path.equals(List.of("bigquery", "v2", "projects"))) {
            Projects.list(exchange, projectId);
            return;
        }
        if (path.get(0).equals("batch")) {
            throw ApiError.unsupported("batches of requests; send them one by one");
        }
        if (rest.size() < 5 || !rest.subList(0, 3).equals(List.of("bigquery", "v2", "projects"))) {
            throw unknown(path);
        }
        Projects.require(projectId, rest.get(3));
        List<String> what = rest.subList(4, rest.size());
        if (upload) {
            if (!what.equals(List.of("jobs"))) {
                throw unknown(path);
            }
            uploads.handle(exchange, url);
            return;
        }
        switch (what.get(0)) {
            case "datasets" -> datasets(exchange, what);
            case "jobs" -> jobs(exchange, what);
            case "queries" -> queries(exchange, what);
            case "serviceAccount" -> Projects.serviceAccount(exchange, projectId);
            default -> throw unknown(path);
        }
    }

    private void datasets(Exchange exchange, List<String> what) throws IOException {
        switch (what.size()) {
            case 1 -> datasets.collection(exchange);
            case 2 -> datasets.one(exchange, what.get(1));
            default -> {
                if (what.get(2).equals("models") || what.get(2).equals("routines")) {
                    absent.handle(exchange, what);
                    return;
                }
                if (!what.get(2).equals("tables")) {
                    throw unknown(exchange.path());
                }
                tables(exchange, what.get(1), what.subList(3, what.size()));
            }
        }
    }

    private void tables(Exchange exchange, String dataset, List<String> what) throws IOException {
        if (what.isEmpty()) {
            tables.collection(exchange, dataset);
            return;
        }
        int colon = what.get(0).lastIndexOf(':');
        if (colon > 0) {
            policies.handle(
                    exchange,
                    tables.policyHolder(new TableName(dataset, what.get(0).substring(0, colon))),
                    what.get(0).substring(colon + 1));
            return;
        }
        var table = new TableName(dataset, what.get(0));
        switch (String.join("/", what.subList(1, what.size()))) {
            case "" -> tables.one(exchange, table);
            case "data" -> data.list(exchange, table);
            case "insertAll" -> data.insertAll(exchange, table);
            case "rowAccessPolicies:batchDelete" -> rowPolicies.deleteAll(exchange, table);
            default -> {
                if (!what.get(1).equals("rowAccessPolicies")) {
                    throw unknown(exchange.path());
                }
                rowPolicies.handle(exchange, table, what.subList(2, what.size()));
            }
        }
    }

    private void jobs(Exchange exchange, List<String> what) throws IOException {
        if (what.size() == 1) {
            jobs.collection(exchange);
        } else if (what.size() == 2) {
            jobs.one(exchange, what.get(1));
        } else if (what.size() == 3 && what.get(2).equals("cancel")) {
            jobs.cancel(exchange, what.get(1));
        } else if (what.size() == 3 && what.get(2).equals("delete")) {
            jobs.delete(exchange, what.get(1));
        } else {
            throw unknown(exchange.path());
        }
    }

    private void queries(Exchange exchange, List<String> what) throws IOException {
        switch (what.size()) {
            case 1 -> results.query(exchange);
            case 2 -> results.results(exchange, what.get(1));
            default -> throw unknown(exchange.path());
        }
    }

    private static ApiError unknown(List<String> path) {
        return ApiError.notFound("URL /" + String.join("/", path));
    }
}
