/** Databases for tests. */
@org.jspecify.annotations.NullMarked
package dev.sluice.database;
