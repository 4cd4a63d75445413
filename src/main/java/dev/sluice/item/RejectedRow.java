package dev.sluice.item;

/**
 * A row that cannot be loaded.
 *
 * @param line the line of the source on which the row starts, from 1
 * @param reason what is wrong, without the row's contents
 * @param raw the row as it stands in the source, without its line end
 */
public record RejectedRow(long line, String reason, byte[] raw) {}
