package dev.sluice.local;

import com.google.api.client.util.Data;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Labels of datasets, tables and jobs. */
final class Labels {

    private static final int MOST = 64;
    private static final String LETTERS = "\\p{Ll}\\p{Lo}";
    private static final Pattern KEY = Pattern.compile("[%1$s][%1$s\\p{N}_-]{0,62}".formatted(LETTERS));
    private static final Pattern VALUE = Pattern.compile("[%s\\p{N}_-]{0,63}".formatted(LETTERS));

    private Labels() {}

    /**
     * @param labels as a request has them; values that are JSON's null remove labels
     * @throws ApiError if there are too many, or other characters than BigQuery lets them have
     */
    static void require(@Nullable Map<String, String> labels) {
        if (labels == null || Data.isNull(labels)) {
            return;
        }
        if (labels.size() > MOST) {
            throw ApiError.invalid("Invalid labels: there are %d, %d are allowed".formatted(labels.size(), MOST));
        }
        labels.forEach((key, value) -> {
            require(KEY, "key", key);
            if (!Data.isNull(value)) {
                require(VALUE, "value", value);
            }
        });
    }

    private static void require(Pattern allowed, String what, String text) {
        if (!allowed.matcher(text).matches()) {
            throw ApiError.invalid(
                    "Invalid label %s \"%s\": it may have 63 lowercase letters, digits, underscores and dashes%s"
                            .formatted(what, text, what.equals("key") ? ", of which the first is a letter" : ""));
        }
    }
}
