package dev.sluice.local.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** JSON in lines, each value of an array or object in its own. */
final class JsonIndentation {

    private JsonIndentation() {}

    /** @param json which is JSON; its names and numbers stay as they are */
    static String of(String json) {
        return indented(json, "\n");
    }

    private static String indented(String json, String line) {
        if (json.startsWith("[")) {
            return lines(
                    "[",
                    "]",
                    line,
                    JsonSearch.elements(json).stream()
                            .map(element -> indented(element, line + "  "))
                            .toList());
        }
        if (!json.startsWith("{")) {
            return json;
        }
        List<String> members = new ArrayList<>();
        JsonSearch.members(json)
                .forEach(member -> members.add(member.name() + ": " + indented(member.value(), line + "  ")));
        return lines("{", "}", line, members);
    }

    private static String lines(String open, String close, String line, List<String> values) {
        return values.isEmpty()
                ? open + close
                : values.stream().collect(Collectors.joining("," + line + "  ", open + line + "  ", line + close));
    }
}
