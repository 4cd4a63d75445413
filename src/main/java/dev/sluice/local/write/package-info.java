/**
 * The Storage Write API over gRPC: its server, connections, streams and offsets; see src/adr/0014-storage-write.md. Knows
 * of the store what {@link dev.sluice.local.write.WriteStore} says, and nothing of REST.
 */
@NullMarked
package dev.sluice.local.write;

import org.jspecify.annotations.NullMarked;
