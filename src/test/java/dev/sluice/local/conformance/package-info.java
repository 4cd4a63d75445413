/**
 * What BigQuery documents, as checks through Google's own Java clients: the same ones for the local BigQuery and, with
 * {@code -Preal}, for a real project. Each area names the page of the documentation that it follows.
 */
@NullMarked
package dev.sluice.local.conformance;

import org.jspecify.annotations.NullMarked;
