package dev.sluice.item;

/**
 * What a source may ask of us.
 *
 * @param unitBytes how many bytes of text make a unit; one row more than that is never exceeded
 * @param maxRowBytes longer rows are set aside without being held
 * @param maxExpansion how many times its compressed size a file may become
 */
public record SourceLimits(long unitBytes, int maxRowBytes, int maxExpansion) {}
