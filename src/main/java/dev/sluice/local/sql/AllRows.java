package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Call;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a SELECT makes one row of all rows, as one knows before anything of it is translated. */
final class AllRows {

    private AllRows() {}

    static boolean areAggregated(Query.Select select) {
        return select.groupBy().isEmpty()
                && (holdsAggregate(select.items()) || select.having() != null && holdsAggregate(select.having()));
    }

    /** Without recursion, as it may be nested deeply. */
    private static boolean holdsAggregate(Object written) {
        Deque<Object> left = new ArrayDeque<>(List.of(written));
        while (!left.isEmpty()) {
            Object part = left.pop();
            if (part instanceof Call call && call.over() == null && Aggregates.isOne(call.at())) {
                return true;
            }
            parts(part).filter(Objects::nonNull).forEach(left::push);
        }
        return false;
    }

    private static Stream<?> parts(Object part) {
        if (part instanceof List<?> parts) {
            return parts.stream();
        }
        return part instanceof Record written && !(part instanceof Query)
                ? Stream.of(written.getClass().getRecordComponents()).map(component -> part(written, component))
                : Stream.of();
    }

    private static @Nullable Object part(Record written, RecordComponent component) {
        try {
            return component.getAccessor().invoke(written);
        } catch (ReflectiveOperationException unreadable) {
            throw new IllegalStateException("Cannot read " + component, unreadable);
        }
    }
}
