package dev.sluice.item;

import dev.sluice.item.source.Encoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One file that somebody got wrong, or made wrong, and what has to come of it.
 *
 * @param loads the ids of the rows that load
 * @param rejects line and reason of each row that is set aside
 * @param fault what the error says if the whole file is refused; empty if it is not
 */
record HostileInput(
        String what, SourceLayout layout, byte[] content, List<String> loads, List<String> rejects, String fault) {

    private static final SourceLayout JSON = SourceLayout.of(SourceFormat.NDJSON);
    private static final SourceLayout CSV = SourceLayout.of(SourceFormat.CSV);

    /** The longest row of all is one byte shorter. */
    static final int MOST_BYTES = 2 << 20;

    private static final String TOO_LONG = "x".repeat(MOST_BYTES + 1);

    private static HostileInput of(String what, SourceLayout layout, byte[] content, String loads, String... rejects) {
        List<String> ids = loads.isEmpty() ? List.of() : List.of(loads.split(" "));
        return new HostileInput(what, layout, content, ids, List.of(rejects), "");
    }

    private static HostileInput json(String what, String content, String loads, String... rejects) {
        return of(what, JSON, content.getBytes(StandardCharsets.UTF_8), loads, rejects);
    }

    private static HostileInput csv(String what, String content, String loads, String... rejects) {
        return of(what, CSV, content.getBytes(StandardCharsets.UTF_8), loads, rejects);
    }

    private static HostileInput fault(String what, SourceLayout layout, String content, String fault) {
        return new HostileInput(what, layout, content.getBytes(StandardCharsets.UTF_8), List.of(), List.of(), fault);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static SourceLayout utf16(SourceLayout layout) {
        return new SourceLayout(layout.format(), layout.csv(), Encoding.UTF_16);
    }

    /** Columns are id INT64 NOT NULL, name STRING, n FLOAT64, doc JSON. */
    static List<HostileInput> all() {
        List<HostileInput> all = new ArrayList<>(lines());
        all.addAll(characters());
        all.addAll(numbers());
        all.addAll(structure());
        all.addAll(records());
        return all;
    }

    private static List<HostileInput> lines() {
        return List.of(
                json("empty", "", ""),
                json("empty lines only", "\n\r\n\n", ""),
                json("blank line", "{\"id\":1}\n  \n{\"id\":2}\n", "1 2", "2: not a JSON object"),
                json("BOM", "\uFEFF{\"id\":1}\n{\"id\":2}", "1 2"),
                json(
                        "BOM in the middle",
                        "{\"id\":1}\n\uFEFF{\"id\":2}\n{\"id\":3}\n",
                        "1 3",
                        "2: broken JSON at column"),
                json("CRLF", "{\"id\":1}\r\n{\"id\":2}\r\n", "1 2"),
                json(
                        "mixed line ends",
                        "{\"id\":1}\r\n{\"id\":2}\n{\"id\":3}\r{\"id\":4}\n{\"id\":5}",
                        "1 2 5",
                        "3: more than one JSON value on the line"),
                json("last line not ended", "{\"id\":1}\n{\"id\":2}", "1 2"),
                json("last line cut off", "{\"id\":1}\n{\"id\":2,\"na", "1", "2: broken JSON at column"),
                json(
                        "cut off in a character",
                        "{\"id\":1}\n{\"id\":2,\"name\":\"\\ud8",
                        "1",
                        "2: broken JSON at column"),
                csv("empty", "", ""),
                csv("header only", "id,name", ""),
                csv("empty lines", "id,name\n\n1,a\r\n\r\n2,b", "1 2"),
                csv("BOM", "\uFEFFid,name\n1,a\n", "1"),
                csv("CRLF", "id,name\r\n1,a\r\n2,b\r\n", "1 2"),
                csv("mixed line ends", "id,name\n1,a\r\n2,b\r3,c\n4,d", "1 4", "3: broken CSV"),
                csv("last line cut off", "id,name\n1,a\n2", "1", "3: 1 fields where the header has 2"),
                csv("last line cut off in quotes", "id,name\n1,a\n2,\"b", "1", "3: a quote that never ends"),
                csv(
                        "lines inside quotes",
                        "id,name\n1,\"a\n\nb\"\nx,c\n2,d\n",
                        "1 2",
                        "5: column id: not a valid INT64"),
                csv("escaped format", "id,name\n1,%s\n", "1"));
    }

    private static List<HostileInput> characters() {
        byte[] surrogate = latin("{\"id\":1,\"name\":\"\u00ed\u00a0\u0080\"}\n{\"id\":2}\n");
        byte[] overlong = latin("{\"id\":1,\"name\":\"\u00c0\u0080\"}\n{\"id\":2}\n");
        byte[] loneUtf16 = "{\"id\":1,\"name\":\"?\"}\n{\"id\":2}\n".getBytes(StandardCharsets.UTF_16BE);
        loneUtf16[32] = (byte) 0xd8;
        return List.of(
                json(
                        "half a surrogate pair",
                        "{\"id\":1,\"name\":\"\\ud800\"}\n{\"id\":2}",
                        "2",
                        "1: an escape that is no"),
                json("the other half", "{\"id\":1,\"name\":\"\\udc00x\"}\n{\"id\":2}", "2", "1: an escape that is no"),
                json(
                        "halves in the wrong order",
                        "{\"id\":1,\"name\":\"\\udc00\\ud800\"}",
                        "",
                        "1: an escape that is no"),
                json("half a pair in a key", "{\"id\":1,\"doc\":{\"\\ud800\":1}}", "", "1: broken JSON at column"),
                json("a whole pair", "{\"id\":1,\"name\":\"\\ud83d\\ude00\"}", "1"),
                json("an escaped backslash before u", "{\"id\":1,\"name\":\"\\\\ud800\"}", "1"),
                json("NUL", "{\"id\":1,\"name\":\"\0\"}\n{\"id\":2}\n", "2", "1: broken JSON at column"),
                json(
                        "NUL as an escape",
                        "{\"id\":1,\"name\":\"\\u0000\"}\n{\"id\":2}\n",
                        "2",
                        "1: an escape that is no"),
                json(
                        "a name nobody can print",
                        "{\"id\":1,\"\\u0007\":1}\n{\"id\":2}",
                        "2",
                        "1: column '(unprintable name)' is not"),
                of("half a pair in UTF-8", JSON, surrogate, "2", "1: not UTF-8"),
                of("overlong UTF-8", JSON, overlong, "2", "1: not UTF-8"),
                of(
                        "ISO-8859-1 instead of UTF-8",
                        JSON,
                        latin("{\"id\":1,\"name\":\"\u00fc\"}\n{\"id\":2}"),
                        "2",
                        "1: not UTF-8"),
                of(
                        "UTF-16 instead of UTF-8",
                        JSON,
                        "{\"id\":1}\n{\"id\":2}".getBytes(StandardCharsets.UTF_16),
                        "",
                        "1: not UTF-8",
                        "2: broken JSON at column"),
                of("UTF-16", utf16(JSON), "{\"id\":1}\n{\"id\":2}".getBytes(StandardCharsets.UTF_16), "1 2"),
                of("half a pair in UTF-16", utf16(JSON), loneUtf16, "2", "1: not UTF-8"),
                csv("NUL", "id,name\n1,\0\n2,b\n", "2", "2: column name: a character that cannot be loaded"),
                of("half a pair in UTF-8", CSV, latin("id,name\n1,\u00ed\u00a0\u0080\n2,b\n"), "2", "2: not UTF-8"),
                of("ISO-8859-1 instead of UTF-8", CSV, latin("id,name\n1,\u00fc\n2,b\n"), "2", "2: not UTF-8"),
                of("UTF-16", utf16(CSV), "id,name\n1,\u00fc\n".getBytes(StandardCharsets.UTF_16), "1"),
                new HostileInput(
                        "UTF-16 instead of UTF-8",
                        CSV,
                        "id,name\n1,a\n".getBytes(StandardCharsets.UTF_16),
                        List.of(),
                        List.of(),
                        "check encoding"));
    }

    private static List<HostileInput> numbers() {
        return List.of(
                json("NaN", "{\"id\":1,\"n\":NaN}\n{\"id\":2,\"n\":\"NaN\"}", "2", "1: broken JSON at column"),
                json(
                        "1e308 and beyond",
                        "{\"id\":1,\"n\":1e308}\n{\"id\":2,\"n\":1e309}",
                        "1",
                        "2: column n: not a valid FLOAT64"),
                json(
                        "10000 digits",
                        "{\"id\":1,\"n\":" + "9".repeat(10_000) + "}\n{\"id\":2}",
                        "2",
                        "1: JSON nested too deeply, or"),
                json(
                        "an exponent of ten digits",
                        "{\"id\":1,\"n\":1e9999999999}\n{\"id\":2}",
                        "2",
                        "1: column n: not a valid"),
                json(
                        "INT64 and beyond",
                        "{\"id\":9223372036854775807}\n{\"id\":9223372036854775808}\n{\"id\":\"-9223372036854775809\"}",
                        "9223372036854775807",
                        "2: column id: not a valid INT64",
                        "3: column id: not a valid INT64"),
                json(
                        "INT64 with a point",
                        "{\"id\":1.0}\n{\"id\":1e3}\n{\"id\":2}",
                        "2",
                        "1: column id: not",
                        "2: column id: not"),
                json(
                        "no exact JSON number",
                        "{\"id\":1,\"doc\":0.1000000000000000055511151231257827}",
                        "",
                        "1: column doc: a number"),
                csv("NaN", "id,n\n1,NaN\n2,nan\n", "1", "3: column n: not a valid FLOAT64"),
                csv("1e308 and beyond", "id,n\n1,1e308\n2,1e309\n", "1", "3: column n: not a valid FLOAT64"),
                csv("INT64 overflow", "id\n9223372036854775808\n1\n", "1", "2: column id: not a valid INT64"),
                csv("formula", "id,name\n=1+1,a\n1,=1+1\n", "1", "2: column id: not a valid INT64"));
    }

    private static List<HostileInput> structure() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);
        StringBuilder wide = new StringBuilder("{\"id\":1");
        for (int i = 0; i < 100_000; i++) {
            wide.append(",\"c").append(i).append("\":1");
        }
        return List.of(
                json(
                        "a row that is too long",
                        "{\"id\":1}\n" + TOO_LONG + "\n{\"id\":2}\n" + TOO_LONG,
                        "1 2",
                        "2: longer than",
                        "4: longer than"),
                csv(
                        "a row that is too long",
                        "id,name\n1,a\n2," + TOO_LONG + "\r\n3,\"" + TOO_LONG + "\"\n4,d\n5,\"\n" + TOO_LONG,
                        "1 4",
                        "3: longer than",
                        "4: longer than",
                        "6: a quote that does not end within",
                        "7: longer than"),
                json("a key twice", "{\"id\":1,\"id\":2}\n{\"id\":3}", "3", "1: column id: given twice"),
                json("a key in two cases", "{\"id\":1,\"ID\":2}\n{\"id\":3}", "3", "1: column id: given twice"),
                json(
                        "a key twice in JSON",
                        "{\"id\":1,\"doc\":{\"a\":{\"b\":1,\"b\":2}}}",
                        "",
                        "1: column doc: a key given twice"),
                json("depth 10000", "{\"id\":1,\"doc\":" + deep + "}\n{\"id\":2}", "2", "1: JSON nested too deeply"),
                json("depth 10000 as a row", deep + "\n{\"id\":2}", "2", "1: not a JSON object"),
                json("100000 columns", wide + "}\n{\"id\":2}", "2", "1: column 'c0' is not in the table"),
                json(
                        "no object",
                        "[1]\n1\nnull\n\"{}\"\n{\"id\":2}",
                        "2",
                        "1: not a",
                        "2: not a",
                        "3: not a",
                        "4: not a"),
                json("two objects", "{\"id\":1}{\"id\":2}\n{\"id\":3}", "3", "1: more than one JSON value on the line"),
                json(
                        "not quite JSON",
                        "{\"id\":1,}\n{'id':1}\n{id:1}\n{\"id\":1}//x\n{\"id\":2}",
                        "2",
                        "1: broken",
                        "2: broken",
                        "3: broken",
                        "4: broken"),
                json(
                        "REQUIRED is null or missing",
                        "{\"id\":null}\n{}\n{\"id\":2}",
                        "2",
                        "1: column id: REQUIRED and null",
                        "2: column id is REQUIRED"));
    }

    private static List<HostileInput> records() {
        return List.of(
                csv("a quote that never ends", "id,name\n1,a\n2,\"b\n3,c\n", "1 3", "3: a quote that never ends"),
                csv(
                        "quotes that never end",
                        "id,name\n1,\"a\n2\",\"b\n3,c",
                        "3",
                        "2: a quote that never ends",
                        "3: a quote that never ends"),
                fault("a quote in the header that never ends", CSV, "\"id,name\n1,a\n", "a quote that never ends"),
                json(
                        "a quote that never ends",
                        "{\"id\":1,\"name\":\"a}\n{\"id\":2,\"name\":a\"}\n{\"id\":3}",
                        "3",
                        "1: broken JSON at column",
                        "2: broken JSON at column"),
                csv("a quote inside a field", "id,name\n1,5\" screen\n2,b\n", "1 2"),
                csv("text behind a quote", "id,name\n1,\"a\"b\n2,c\n", "2", "2: broken CSV"),
                csv("too few and too many fields", "id,name\n1\n2,b,c\n3,d\n", "3", "2: 1 fields", "3: 3 fields"),
                csv("100000 fields", "id,name\n1" + ",x".repeat(100_000) + "\n2,b\n", "2", "2: broken CSV"),
                fault("100000 columns", CSV, "id" + ",x".repeat(100_000) + "\n1\n", "the header is no CSV record"),
                fault("a column twice", CSV, "id,name,NAME\n1,a,b\n", "'NAME' is given twice"),
                fault("an unknown column", CSV, "id,nmae\n1,a\n", "'nmae' is not in the table"),
                fault("no header", CSV, "1,a\n2,b\n", "REQUIRED column 'id' is missing"),
                fault("another delimiter", CSV, "id;name\n1;a\n", "'id;name' is not in the table"),
                csv(
                        "a key twice in JSON",
                        "id,doc\n1,\"{\"\"a\"\":1,\"\"a\"\":2}\"\n2,1\n",
                        "2",
                        "2: column doc: a key given twice"),
                csv(
                        "depth 10000",
                        "id,doc\n1,\"" + "[".repeat(10_000) + "]".repeat(10_000) + "\"\n2,1\n",
                        "2",
                        "2: column doc: not a valid JSON"),
                csv("two JSON values", "id,doc\n1,1 2\n2,1\n", "2", "2: column doc: not a valid JSON"),
                csv("REQUIRED is empty", "id,name\n,a\n2,b\n", "2", "2: column id: REQUIRED and NULL"));
    }

    @Override
    public String toString() {
        return layout.format() + ": " + what;
    }
}
