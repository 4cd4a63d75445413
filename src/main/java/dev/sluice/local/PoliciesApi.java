package dev.sluice.local;

import com.google.api.client.json.GenericJson;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** IAM policies over REST: kept and returned, and asked by nobody, since there is one user. */
final class PoliciesApi {

    private static final int OK = 200;

    private final Store store;

    PoliciesApi(Store store) {
        this.store = store;
    }

    /** @param resource what has the policy: a table's or a dataset's name and number */
    void handle(Exchange exchange, String resource, String verb) throws IOException {
        GenericJson request = exchange.body(GenericJson.class);
        switch (verb) {
            case "getIamPolicy" -> exchange.answer(OK, policy(resource));
            case "setIamPolicy" -> exchange.answer(OK, set(resource, request));
            case "testIamPermissions" -> {
                var answer = new GenericJson();
                answer.put("permissions", request.getOrDefault("permissions", List.of()));
                exchange.answer(OK, answer);
            }
            default -> throw ApiError.notFound("Method " + verb);
        }
    }

    private GenericJson policy(String resource) {
        return store.read(connection -> policy(connection, resource));
    }

    private static GenericJson policy(Connection connection, String resource) throws SQLException {
        return Store.text(connection, "SELECT policy FROM meta.policies WHERE resource = ?", resource)
                .map(json -> Json.read(json, GenericJson.class))
                .orElseGet(() -> {
                    var none = new GenericJson();
                    none.put("version", 1);
                    none.put("etag", "ACAB");
                    return none;
                });
    }

    private GenericJson set(String resource, GenericJson request) {
        var policy = new GenericJson();
        if (request.get("policy") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> policy.put(String.valueOf(name), value));
        }
        Object known = policy.get("etag");
        policy.putIfAbsent("version", 1);
        policy.put("etag", Resources.etag(Json.write(policy)));
        return store.change(connection -> {
            requireEtag(known, policy(connection, resource));
            Store.update(connection, "DELETE FROM meta.policies WHERE resource = ?", resource);
            Store.update(connection, "INSERT INTO meta.policies VALUES (?, ?)", resource, Json.write(policy));
            return policy;
        });
    }

    /** @throws ApiError if somebody knows another policy than there is */
    private static void requireEtag(@Nullable Object known, GenericJson there) {
        if (known != null && !known.equals("") && !known.equals(there.get("etag"))) {
            throw new ApiError(
                    409,
                    "aborted",
                    "There were concurrent policy changes. Please retry the whole read-modify-write with exponential backoff.");
        }
    }
}
