package dev.sluice.ledger;

/**
 * A row that was set aside, without its contents.
 *
 * @param line of the source, from 1
 * @param digest SHA-256 of the raw row, lower-case hex
 */
public record DeadLetter(long line, String reason, String digest) {}
