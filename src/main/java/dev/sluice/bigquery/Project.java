package dev.sluice.bigquery;

/**
 * Where BigQuery jobs run.
 *
 * @param location part of a BigQuery job's identity: the same id may exist once in each
 */
record Project(String id, String location) {}
