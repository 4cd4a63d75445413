package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a file in one format. */
interface RowSource {

    /**
     * Reads all rows, in their order.
     *
     * @throws ApiError invalid, at the first row that is bad
     */
    void read(BufferedReader file, Sink rows) throws IOException;

    /** Takes rows as values of the columns' types, at the table's positions. */
    interface Sink {

        void row(@Nullable Object[] values);

        /** The number of the row that is being read, from 1. */
        long number();
    }

    static ApiError bad(String format, long row, String what) {
        return ApiError.invalid(
                "Error while reading data, error message: %s table encountered too many errors, giving up. Rows: %d; errors: 1. %s"
                        .formatted(format, row, what));
    }

    static String cannotConvert(TableFieldSchema field) {
        return "Could not convert value to %s. Field: %s;".formatted(field.getType(), field.getName());
    }

    /** -1 if there is none. */
    static int position(List<TableFieldSchema> fields, String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).getName().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
