package dev.sluice.local;

import java.util.List;

/** What is in the DuckDB file besides rows. */
final class StoreLayout {

    static final List<String> STATEMENTS = List.of(
            "CREATE SCHEMA IF NOT EXISTS meta",
            "CREATE SCHEMA IF NOT EXISTS data",
            "CREATE SEQUENCE IF NOT EXISTS meta.commit_number START 1",
            "CREATE SEQUENCE IF NOT EXISTS meta.table_number START 1",
            "CREATE SEQUENCE IF NOT EXISTS meta.job_number START 1",
            "CREATE SEQUENCE IF NOT EXISTS meta.result_number START 1",
            "CREATE TABLE IF NOT EXISTS meta.commits (number BIGINT PRIMARY KEY, committed_at BIGINT, job VARCHAR)",
            "CREATE TABLE IF NOT EXISTS meta.updates (number BIGINT)",
            "CREATE TABLE IF NOT EXISTS meta.datasets (name VARCHAR PRIMARY KEY, resource VARCHAR)",
            "CREATE TABLE IF NOT EXISTS meta.tables"
                    + " (dataset VARCHAR, name VARCHAR, number BIGINT, resource VARCHAR, PRIMARY KEY (dataset, name))",
            "CREATE TABLE IF NOT EXISTS meta.dropped (number BIGINT PRIMARY KEY, dataset VARCHAR, name VARCHAR,"
                    + " location VARCHAR, created_at BIGINT, dropped_at BIGINT, kept_until BIGINT, resource VARCHAR)",
            "CREATE TABLE IF NOT EXISTS meta.jobs (id VARCHAR PRIMARY KEY, number BIGINT, state VARCHAR, resource VARCHAR,"
                    + " content VARCHAR)",
            "CREATE TABLE IF NOT EXISTS meta.uploads (id VARCHAR PRIMARY KEY, job VARCHAR)",
            "CREATE TABLE IF NOT EXISTS meta.policies (resource VARCHAR, policy VARCHAR)",
            "CREATE TABLE IF NOT EXISTS meta.streamed (table_number BIGINT, commit_number BIGINT, streamed_at BIGINT,"
                    + " row_count BIGINT, bytes BIGINT)",
            "CREATE TABLE IF NOT EXISTS meta.row_requests (started_at BIGINT, dataset VARCHAR, table_name VARCHAR,"
                    + " stream_type VARCHAR, error_code VARCHAR, row_count BIGINT, bytes BIGINT)",
            "CREATE TABLE IF NOT EXISTS meta.insert_ids (table_number BIGINT, id VARCHAR, streamed_at BIGINT)",
            "CREATE SEQUENCE IF NOT EXISTS meta.stream_number START 1",
            "CREATE TABLE IF NOT EXISTS meta.write_streams (number BIGINT PRIMARY KEY, dataset VARCHAR, table_name VARCHAR,"
                    + " type VARCHAR, created_at BIGINT, row_count BIGINT, flushed BIGINT, finalized BOOLEAN, committed_at"
                    + " BIGINT)",
            "CREATE TABLE IF NOT EXISTS meta.journal (store VARCHAR, number BIGINT)",
            "INSERT INTO meta.journal SELECT uuid(), 0 WHERE NOT EXISTS (FROM meta.journal)",
            // results of a server that still recorded each of them
            "DELETE FROM meta.tables WHERE dataset = '" + Tables.RESULTS + "' AND name LIKE 'q%'");

    private StoreLayout() {}
}
