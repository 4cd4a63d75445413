package dev.sluice.home;

/**
 * Where a home server listens, as its owner-only endpoint file says. All addresses are loopback.
 *
 * @param bigQueryUrl root of the local BigQuery, for example {@code http://127.0.0.1:40001}
 * @param storageWrite host and port of the local BigQuery's Storage Write API, gRPC without TLS
 * @param jdbcUrl of the H2 repository, without user and password
 * @param token bearer token of both of BigQuery's endpoints and password of the database user {@code sluice}
 */
public record HomeEndpoint(
        long pid, String bigQueryUrl, String storageWrite, String jdbcUrl, int attachPort, String token) {

    @Override
    public String toString() {
        return "home server %d at %s".formatted(pid, bigQueryUrl);
    }
}
