/**
 * Writes rows of JSON that have been checked as a file of Avro, compressed by zstd: a tenth of the bytes for a slow line, and
 * the same rows to BigQuery.
 */
@NamedInterface("avro")
@NullMarked
package dev.sluice.item.avro;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
