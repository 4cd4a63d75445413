package dev.sluice.local.googlesql;

import com.google.zetasql.SqlException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers questions on standard input until it ends; the first word of an answer is "ok" or "failed". */
final class ReferenceProgram {

    private final ReferenceEngine engine = new ReferenceEngine();

    private ReferenceProgram() {}

    public static void main(String[] arguments) throws IOException {
        var program = new ReferenceProgram();
        var questions = new DataInputStream(System.in);
        var answers = new DataOutputStream(System.out);
        try {
            while (true) {
                Frames.write(answers, program.answer(Frames.read(questions)));
            }
        } catch (EOFException e) {
            System.exit(0); // the asker is done; native threads would keep us
        }
    }

    private List<@Nullable String> answer(List<@Nullable String> question) {
        List<@Nullable String> answer = new ArrayList<>(List.of("ok"));
        try {
            answer.addAll(asked(text(question, 0), text(question, 1), text(question, 2)));
            return answer;
        } catch (SqlException e) {
            return List.of("failed", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) { // its client has no type for what it cannot do
            return List.of("failed", "Unimplemented: " + e);
        }
    }

    private static String text(List<@Nullable String> question, int place) {
        return Objects.requireNonNull(question.get(place));
    }

    /** @param name of what the question is about, if it has one */
    private List<? extends @Nullable String> asked(String verb, String name, String sql) {
        return switch (verb) {
            case "create" -> engine.create(sql);
            case "fill" -> engine.fill(name, sql, false);
            case "fill-keyed" -> engine.fill(name, sql, true);
            case "declare" -> engine.declare(name, sql);
            case "columns" -> engine.columns(sql);
            case "query" -> engine.query(sql);
            case "modify" -> engine.modify(name, sql);
            default -> throw new IllegalArgumentException(verb);
        };
    }
}
