package dev.sluice.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Prints tables for people and JSON for programs. */
final class Output {

    private static final String GAP = "  ";

    private final PrintWriter out;

    Output(PrintWriter out) {
        this.out = out;
    }

    void json(Object value) {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        line(mapper.writeValueAsString(value));
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    /** Columns as wide as their widest value. */
    void table(List<String> heads, Collection<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(heads);
        all.addAll(rows);
        int[] widths = IntStream.range(0, heads.size())
                .map(column -> all.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        for (List<String> row : all) {
            var text = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String value = row.get(column);
                text.append(value)
                        .append(" ".repeat(widths[column] - value.length()))
                        .append(GAP);
            }
            line(text.toString().stripTrailing());
        }
    }
}
