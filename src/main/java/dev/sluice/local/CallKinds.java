package dev.sluice.local;

import dev.sluice.local.fault.FaultCall;
import java.util.List;

/** Names of the kinds of calls, as fault scripts use them. */
final class CallKinds {

    private static final int WHAT = 4;

    private CallKinds() {}

    static FaultCall call(String method, List<String> path) {
        String job = after("jobs", path);
        return new FaultCall(
                of(method, path),
                method,
                "/" + String.join("/", path),
                after("datasets", path),
                job.isEmpty() ? after("queries", path) : job);
    }

    /** The name that follows in a path; empty if none does. */
    private static String after(String collection, List<String> path) {
        return path.size() > WHAT + 1 && path.get(WHAT).equals(collection) ? path.get(WHAT + 1) : "";
    }

    private static String of(String method, List<String> path) {
        if (path.get(0).equals("upload")) {
            return "upload";
        }
        List<String> what = path.size() <= WHAT ? List.of("") : path.subList(WHAT, path.size());
        return switch (what.get(0)) {
            case "queries" -> what.size() == 1 ? "jobs.query" : "getQueryResults";
            case "jobs" -> jobs(method, what);
            case "datasets" -> datasets(what);
            default -> "other";
        };
    }

    private static String jobs(String method, List<String> what) {
        if (what.size() == 1) {
            return method.equals("POST") ? "jobs.insert" : "jobs.list";
        }
        return what.get(what.size() - 1).equals("cancel") ? "jobs.cancel" : "jobs.get";
    }

    private static String datasets(List<String> what) {
        return switch (what.get(what.size() - 1)) {
            case "insertAll" -> "insertAll";
            case "data" -> "tabledata";
            default -> what.size() > 2 ? "tables" : "datasets";
        };
    }
}
