package dev.sluice.ledger;

/**
 * A row that was set aside, without its contents.
 *
 * @param file in which it stood
 * @param line of that file, from 1
 * @param digest SHA-256 of the raw row, lower-case hex
 */
public record DeadLetter(String file, long line, String reason, String digest) {}
