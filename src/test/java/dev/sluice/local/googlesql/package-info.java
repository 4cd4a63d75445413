/**
 * Google's own GoogleSQL as a witness: its analyzer and its reference executor, in a process with a class path of its own.
 *
 * <p>Its library wants another Netty than ours, has service files that break ours, and its native code ends the process when
 * it is displeased. So {@code ReferenceProgram} runs apart, on the libraries of {@code target/googlesql}, and is asked
 * through its standard streams.
 */
@NullMarked
package dev.sluice.local.googlesql;

import org.jspecify.annotations.NullMarked;
