/** The application context that a job process runs in; everything else lives in the packages below. */
@org.jspecify.annotations.NullMarked
package dev.sluice;
