package dev.sluice.item;

import java.nio.file.Path;

/**
 * A row that cannot be loaded.
 *
 * @param file in which it stands
 * @param line of that file on which the row starts, from 1
 * @param reason what is wrong, without the row's contents
 * @param raw the row as it stands in the source, in UTF-8 and without its line end; empty if it was too long to be held
 * @param digest SHA-256 of the row, in lower-case hex
 */
public record RejectedRow(Path file, long line, String reason, byte[] raw, String digest) {}
