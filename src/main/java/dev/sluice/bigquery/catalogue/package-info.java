/** The tables that exist by design: sql/schema and its catalogue.yaml, read once. */
@NamedInterface("catalogue")
@NullMarked
package dev.sluice.bigquery.catalogue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
