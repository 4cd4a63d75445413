package dev.sluice.local;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for. A page token is the position of the next element.
 *
 * @param start from 0
 * @param size at least 0
 */
record Page(long start, long size) {

    static final long MOST = 10_000;

    static Page of(Exchange exchange) {
        long size = Math.min(MOST, size(exchange, MOST));
        long start = token(exchange, exchange.number("startIndex", 0));
        if (start < 0) {
            throw ApiError.invalid("Invalid value for startIndex or pageToken");
        }
        return new Page(start, size);
    }

    /** The page token; an empty one is none. */
    static long token(Exchange exchange, long fallback) {
        return exchange.query("pageToken", "").isEmpty() ? fallback : exchange.number("pageToken", fallback);
    }

    /** @throws ApiError if fewer than none are asked for */
    static long size(Exchange exchange, long fallback) {
        long size = exchange.number("maxResults", fallback);
        if (size < 0) {
            throw ApiError.invalid("Invalid value for maxResults: " + size);
        }
        return size;
    }

    /** @param found what is there from {@link #start} on, one more than {@link #size} at most */
    <T> List<T> cut(List<T> found) {
        return found.subList(0, (int) Math.min(size, found.size()));
    }

    /** @return the token of the next page, if more than {@link #size} was found; who asks for nothing would get it for ever */
    @Nullable
    String next(long found) {
        return size > 0 && found > size ? String.valueOf(start + size) : null;
    }

    /** As {@link #next}, where the number of all elements is known. */
    @Nullable
    String nextOf(long total) {
        return next(total - start);
    }
}
