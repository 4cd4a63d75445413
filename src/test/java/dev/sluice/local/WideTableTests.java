package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tables may have thousands of columns. */
class WideTableTests extends HouseOverRest {

    private static final int COLUMNS = 1_200;

    private static String each(IntFunction<String> column) {
        return IntStream.range(0, COLUMNS).mapToObj(column).collect(Collectors.joining(","));
    }

    @Test
    void areWrittenReadAndPaidFor() throws Exception {
        table("'schema':{'fields':[" + each(i -> "{'name':'c" + i + "','type':'INTEGER'}") + "]}");
        String row = "{'rows':[{'json':{" + each(i -> "'c" + i + "':" + i) + "}}]}";

        assertThat(send("POST", T + "/insertAll", row).body()).doesNotContain("rror");
        assertThat(send("POST", "/queries", "{'query':'SELECT * FROM house.t','useLegacySql':false,'timeoutMs':60000}")
                        .body())
                .contains("{\"v\":\"" + (COLUMNS - 1) + "\"}", "\"totalBytesProcessed\":\"" + 8 * COLUMNS + "\"");
        assertThat(send("GET", T, "").body()).contains("\"numBytes\":\"" + 8 * COLUMNS + "\"");
    }
}
