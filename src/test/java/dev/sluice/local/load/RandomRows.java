package dev.sluice.local.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** Lines of JSON, most of which fit a table of all types that can be plain, and some of which are hardly JSON. */
final class RandomRows {

    static final List<TableFieldSchema> FIELDS = Stream.of(
                    "s STRING",
                    "Näme x STRING",
                    "j JSON",
                    "i INTEGER",
                    "f FLOAT",
                    "b BOOLEAN",
                    "t TIMESTAMP",
                    "dt DATETIME",
                    "d DATE",
                    "ti TIME")
            .map(field -> new TableFieldSchema()
                    .setName(field.substring(0, field.lastIndexOf(' ')))
                    .setType(field.substring(field.lastIndexOf(' ') + 1)))
            .toList();

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "1",
            "-1",
            "007",
            "12",
            "-123456789012345678",
            "123456789012345678",
            "1234567890123456789",
            "1.5",
            "-1.5",
            "0.1",
            "-0.5",
            "0.05",
            "0.0",
            "1.0",
            "1.50",
            "1e5",
            "1E-3",
            "1e400",
            "0.1234567890123456",
            "123456.789012345",
            "99999999999999.9",
            "0.12345678901234",
            "1.",
            ".5",
            "+1",
            "NaN",
            "0.30000000000001");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "x",
            "a longer text of more than twelve bytes",
            "é",
            "漢字",
            "😀",
            "\u007f",
            "\u2028",
            "\uFFFD",
            "a\\/b",
            "\\n\\t\\b\\f\\r",
            "\\\"\\\\",
            "\\u00e9",
            "\\u00E9\\u0041",
            "\\u002f\\u0022\\u005c",
            "\\ud83d\\ude00",
            "\\ud83d",
            "\\u0000",
            "\\u001f",
            "\\u007f\\u0080",
            "\\ufffe",
            "\\x",
            "\\u12",
            "null",
            "true",
            "12",
            "1.5");
    private static final List<String> NAMES = List.of("a", "b", "c", "é", "", "a b", "a\\n", "\\u0061");

    private final Random random;

    RandomRows(long seed) {
        this.random = new Random(seed);
    }

    private boolean seldom() {
        return random.nextInt(40) == 0;
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String blank() {
        return seldom() ? one(List.of(" ", "\t", "  ", "\r")) : "";
    }

    /** With its line feed. */
    byte[] line() {
        List<TableFieldSchema> fields = new ArrayList<>(FIELDS);
        if (random.nextInt(3) == 0) {
            Collections.shuffle(fields, random);
        }
        List<String> members = new ArrayList<>();
        for (TableFieldSchema field : fields.subList(0, random.nextInt(fields.size() + 1))) {
            String name = seldom() && seldom() ? field.getName().toUpperCase(Locale.ROOT) : field.getName();
            String value = seldom() ? tree(0) : value(FieldType.of(field));
            members.add(blank() + "\"" + name + "\"" + blank() + ":" + blank() + value + blank());
        }
        byte[] line = ("{" + String.join(",", members) + "}" + blank() + "\n").getBytes(UTF_8);
        if (random.nextInt(10) == 0) {
            line[random.nextInt(line.length - 1)] = other();
        }
        return line;
    }

    /** Any byte but a line feed. */
    private byte other() {
        byte b = (byte) random.nextInt(256);
        return b == '\n' ? (byte) ' ' : b;
    }

    private String value(FieldType type) {
        if (random.nextInt(10) == 0) {
            return "null";
        }
        return switch (type) {
            case STRING -> seldom() ? one(NUMBERS) : "\"" + one(TEXTS) + one(TEXTS) + "\"";
            case INTEGER -> random.nextInt(4) == 0 ? one(NUMBERS) : "" + random.nextLong() / 16;
            case FLOAT -> random.nextInt(4) == 0 ? one(NUMBERS) : number();
            case BOOLEAN -> one(List.of("true", "false"));
            case TIMESTAMP -> quoted(date() + one(List.of("T", " ")) + time() + zone());
            case DATETIME -> quoted(date() + one(List.of("T", " ")) + time());
            case DATE -> quoted(date());
            case TIME -> quoted(time());
            default -> tree(0);
        };
    }

    private String number() {
        long digits = Math.abs(random.nextLong()) >> random.nextInt(64);
        return (random.nextBoolean() ? "" : "-") + digits % 1_000_000_000 + "."
                + Math.abs(random.nextInt()) % 1_000_000;
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private String date() {
        int year = seldom() ? random.nextInt(10_000) : 1900 + random.nextInt(200);
        return "%04d-%02d-%02d"
                .formatted(year, random.nextInt(seldom() ? 14 : 12) + 1, random.nextInt(seldom() ? 32 : 28) + 1);
    }

    private String time() {
        String time =
                "%02d:%02d:%02d".formatted(random.nextInt(24), random.nextInt(60), random.nextInt(seldom() ? 61 : 60));
        return random.nextBoolean()
                ? time
                : time + "." + ("" + (1_000_000 + random.nextInt(999_999))).substring(1, 2 + random.nextInt(6));
    }

    private String zone() {
        return one(
                List.of("Z", "Z", " UTC", "", seldom() ? "z" : "Z", seldom() ? "+01:00" : "Z", seldom() ? "UTC" : ""));
    }

    private String tree(int depth) {
        int kind = random.nextInt(depth > 3 ? 6 : 9);
        if (kind < 3) {
            return "\"" + one(TEXTS) + "\"";
        }
        if (kind < 6) {
            return kind == 3 ? one(List.of("true", "false", "null")) : kind == 4 ? number() : "" + random.nextInt();
        }
        List<String> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            parts.add(blank() + (kind == 6 ? "" : "\"" + one(NAMES) + i + "\":") + blank() + tree(depth + 1));
        }
        return (kind == 6 ? "[" : "{") + String.join(",", parts) + (kind == 6 ? "]" : "}");
    }
}
