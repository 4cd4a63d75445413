package dev.sluice.local.sql;

/** A table as a statement names it, within the one project that there is. */
public record TableName(String dataset, String table) {}
