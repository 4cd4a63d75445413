package dev.sluice.bigquery;

import java.util.List;

/** Where a load job finds its files. */
public sealed interface FileOrigin {

    /** One file that this process sends. */
    record Upload(LoadContent content) implements FileOrigin {}

    /** @param uris in Cloud Storage, each with one wildcard at most */
    record Objects(List<String> uris) implements FileOrigin {}
}
