/**
 * Finds the files of a source, or the objects that it names, and opens each file as it was before compression, in UTF-8.
 * What stands in them is not looked at here.
 */
@NamedInterface("source")
@NullMarked
package dev.sluice.item.source;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
