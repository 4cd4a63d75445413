package dev.sluice.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.bigquery.BigQueryException;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** Checks that follow one page of BigQuery's documentation, in their order: later ones may use what earlier ones made. */
abstract class Area {

    /** Google's client does not know the code of what ended a job that is no query. */
    static final int NO_CODE = 0;

    final ConformanceTarget at;

    Area(ConformanceTarget at) {
        this.at = at;
    }

    /** Below cloud.google.com/bigquery/docs. */
    abstract String page();

    abstract Stream<DynamicTest> checks();

    static DynamicTest check(String sentence, Executable executable) {
        return DynamicTest.dynamicTest(sentence, executable);
    }

    /** @param sql in which {@code $} is the dataset */
    DynamicTest answers(String sentence, String sql, String rows) {
        return check(sentence, () -> assertThat(at.rows(sql)).isEqualTo(rows));
    }

    DynamicTest refuses(String sentence, String sql, int code, String reason) {
        return refuses(sentence, () -> at.run(sql), code, reason);
    }

    static DynamicTest refuses(String sentence, ThrowingCallable call, int code, String reason) {
        return check(sentence, () -> {
            BigQueryException refusal = refusal(call);
            assertThat(refusal.getCode() + " " + refusal.getReason())
                    .as(refusal.getMessage())
                    .isEqualTo(code + " " + reason);
        });
    }

    static BigQueryException refusal(ThrowingCallable call) {
        var refusal = catchThrowableOfType(BigQueryException.class, call);
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal;
    }
}
