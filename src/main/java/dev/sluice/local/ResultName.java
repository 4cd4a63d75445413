package dev.sluice.local;

import dev.sluice.local.sql.TableName;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a query's result is called, which tells all of it but its rows, so that none has to be written down.
 *
 * @param number no other result has it; its upper bits are the moment at which it was made
 * @param table number of the DuckDB table in which its rows are
 */
record ResultName(long number, long table) {

    /** Bits below the moment: 2 million results a millisecond, until the year 2109. */
    private static final int BITS = 21;

    private static final Pattern NAME = Pattern.compile("q([0-7][0-9a-f]{15})_([1-9][0-9]{0,17})");

    /** @param count that no other result of the same millisecond has */
    static ResultName at(Instant moment, long count, long table) {
        return new ResultName(moment.toEpochMilli() << BITS | count & (1L << BITS) - 1, table);
    }

    /** Empty for what is no result. */
    static Optional<ResultName> of(TableName name) {
        Matcher matcher = NAME.matcher(name.table());
        return name.dataset().equals(Tables.RESULTS) && matcher.matches()
                ? Optional.of(new ResultName(Long.parseLong(matcher.group(1), 16), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    String text() {
        return "q" + HexFormat.of().toHexDigits(number) + "_" + table;
    }

    Instant moment() {
        return Instant.ofEpochMilli(number >> BITS);
    }

    /** {@code _sluice_from} of its rows: visible at any moment, as no commit has such a number. */
    long from() {
        return -number;
    }
}
