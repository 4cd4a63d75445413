/**
 * Finds the files of a source and opens each as it was before compression, in UTF-8. What stands in them is not looked
 * at here.
 */
@NamedInterface("source")
@NullMarked
package dev.sluice.item.source;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
