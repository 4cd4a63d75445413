package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What table a path is the name of. */
final class TableNames {

    private TableNames() {}

    static TableName of(Token at, List<String> path, Namespace namespace) {
        int before = path.size() - 2;
        String dataset = namespace.dataset();
        if (before >= 0 && path.get(before).equalsIgnoreCase("INFORMATION_SCHEMA")) {
            return information(at, before > 0 || dataset.isEmpty() ? path : within(dataset, path));
        }
        return qualified(at, namespace.qualified(path));
    }

    /** Of a table to be made. */
    static TableName temporary(Token at, List<String> path, Namespace namespace) {
        if (path.size() != 1) {
            throw new SqlRefused("invalidQuery", "Temporary tables may not be qualified. at " + at.place());
        }
        if (namespace.temporary().isEmpty()) {
            throw new SqlRefused(
                    "invalidQuery", "Use of CREATE TEMPORARY TABLE requires a script or session. at " + at.place());
        }
        return new TableName(namespace.temporary(), path.get(0));
    }

    private static List<String> within(String dataset, List<String> path) {
        List<String> whole = new ArrayList<>(List.of(dataset));
        whole.addAll(path);
        return whole;
    }

    private static TableName qualified(Token at, List<String> path) {
        return switch (path.size()) {
            case 2 -> new TableName(path.get(0), path.get(1));
            case 3 -> new TableName(path.get(0), path.get(1), path.get(2));
            case 1 ->
                throw new SqlRefused(
                        "invalid",
                        "Table \"%s\" must be qualified with a dataset (e.g. dataset.table). at %s"
                                .formatted(path.get(0), at.place()));
            default -> throw SqlRefused.unsupported("the path " + String.join(".", path), at);
        };
    }

    /** Of a dataset, or of the project if a region stands before it. */
    private static TableName information(Token at, List<String> path) {
        String view = TableName.INFORMATION_SCHEMA + path.get(path.size() - 1).toUpperCase(Locale.ROOT);
        List<String> scope = path.subList(0, path.size() - 2);
        String last = scope.isEmpty() ? "" : scope.get(scope.size() - 1);
        String project = scope.size() == 2 ? scope.get(0) : null;
        if (scope.size() > 2) {
            throw SqlRefused.unsupported("the path " + String.join(".", path), at);
        }
        return new TableName(project, last, view);
    }
}
