package dev.sluice.local;

import dev.sluice.local.googlesql.EarlyValues;
import dev.sluice.local.googlesql.ExchangedSql;
import dev.sluice.local.googlesql.GeneratedSql;
import dev.sluice.local.googlesql.GeneratedSql.Piece;
import dev.sluice.local.googlesql.GoogleReference;
import dev.sluice.local.googlesql.GoogleReference.Column;
import dev.sluice.local.googlesql.SkippingSql;
import dev.sluice.local.sql.SqlRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The local BigQuery and Google's reference side by side, over the same two tables. */
final class GoogleComparison implements AutoCloseable {

    enum Outcome {
        EQUAL,
        /** To what the reference says of {@link SkippingSql}, where it fails otherwise. */
        EQUAL_SKIPPING,
        /**
         * Ours, for an array in FROM or a subquery of which both say that it fails by itself, where WHERE leaves no row that
         * needs it, or where the reference fails too as soon as operands are exchanged ({@link ExchangedSql}). GoogleSQL's
         * debugging_functions.md: "there is no special guarantee of evaluation order".
         */
        FAILS_EARLY,
        BOTH_FAIL,
        /** By ours, aloud. */
        REFUSED,
        /** The reference does not have it. */
        NOT_EXECUTED,
        WRONG
    }

    /**
     * @param difference what both say, or why one says nothing
     * @param onlyTheyFail whether the reference fails where ours answers
     * @param onlyOursFails whether ours fails where the reference answers
     * @param theyFindNone whether the reference finds or changes no rows then
     */
    record Verdict(
            Outcome outcome,
            String sql,
            String difference,
            boolean onlyTheyFail,
            boolean onlyOursFails,
            boolean theyFindNone) {

        Verdict(Outcome outcome, String sql, String difference) {
            this(outcome, sql, difference, false, false, false);
        }
    }

    private record Answer(List<Column> columns, List<? extends List<? extends @Nullable Object>> rows) {

        /** BigQuery neither answers nor writes these, the reference does. */
        boolean hasNullElements() {
            return IntStream.range(0, columns.size())
                    .filter(i -> columns.get(i).type().startsWith("ARRAY"))
                    .anyMatch(i -> rows.stream()
                            .anyMatch(row -> NULL_ELEMENT
                                    .matcher(String.valueOf(row.get(i)))
                                    .matches()));
        }
    }

    private record Failure(boolean refused, String message) {

        boolean isOfNullElement() {
            return message.contains("Array cannot have a null element");
        }
    }

    private static final int ROWS = 14;
    private static final int OTHER_ROWS = 7;
    private static final int WIDTH = 17;
    private static final double TOLERANCE = 1e-12;
    private static final Set<String> MODIFIES = Set.of("insert", "update", "delete");
    private static final Pattern NULL_ELEMENT = Pattern.compile("\\[(.*, )?null(, .*)?]", Pattern.DOTALL);
    private static final Pattern UNKNOWN_TO_US = Pattern.compile("[Tt]he local BigQuery ");
    /**
     * BigQuery documents that NULL is a value like others for FIRST_VALUE, but its reference refuses a constant one; and
     * GoogleSQL lets engines limit generated arrays, which the reference does at 16,000 elements and BigQuery, as is told
     * (basedosdados/pipelines#1715), at 2^20.
     */
    private static final Pattern UNKNOWN_TO_THEM = Pattern.compile(
            "Unimplemented|UNIMPLEMENTED|not supported|Function not found|does not support|The argument to (FIRST|LAST|NTH)_VALUE must be non-NULL"
                    + "|Cannot generate arrays with more than 16000 elements");

    private final Warehouse local;
    private final GoogleReference google;

    /** Of the tables that are modified, but for the last ones, which are no arrays. */
    private final List<Column> columns;

    GoogleComparison(Warehouse local, GoogleReference google, long seed) {
        this.local = local;
        this.google = google;
        var rows = new GeneratedSql(seed);
        String one = rows.rows(ROWS);
        String other = rows.otherRows(OTHER_ROWS);
        local.dataset("house");
        local.query("CREATE TABLE `house.t` AS " + one);
        local.query("CREATE TABLE `house.c` AS " + one);
        local.query("CREATE TABLE `house.i` AS " + one);
        local.query("CREATE TABLE `house.r` AS " + other);
        google.fill("house.t", one);
        google.fillKeyed("house.c", one);
        google.fill("house.i", one);
        google.fill("house.r", other);
        this.columns = google.columns("SELECT * EXCEPT (p, j) FROM `house.t`");
    }

    Verdict compare(Piece statement) {
        return compare(statement.text(), statement);
    }

    /** What ours makes of one statement beside what the reference makes of another one. */
    Verdict compare(String ours, Piece theirs) {
        Verdict verdict = verdict(ours, theirs);
        if (verdict.onlyTheyFail() && verdict(ours, SkippingSql.of(theirs)).outcome() == Outcome.EQUAL) {
            return new Verdict(Outcome.EQUAL_SKIPPING, verdict.sql(), "");
        }
        return verdict.onlyOursFails() && isEarly(verdict, theirs)
                ? new Verdict(Outcome.FAILS_EARLY, verdict.sql(), "")
                : verdict;
    }

    private boolean isEarly(Verdict verdict, Piece theirs) {
        return verdict.theyFindNone() && EarlyValues.of(theirs).anyMatch(this::failsForBoth)
                || verdict(verdict.sql(), ExchangedSql.of(theirs)).outcome() == Outcome.BOTH_FAIL;
    }

    private boolean failsForBoth(Piece query) {
        String sql = query.text();
        return isQuery(sql)
                && theirs(google.query(sql)) instanceof Failure
                && ours(() -> answer(local.tried(sql))) instanceof Failure failure
                && !failure.refused();
    }

    private boolean isQuery(String sql) {
        try {
            return !google.columns(sql).isEmpty();
        } catch (GoogleReference.Refused e) {
            return false;
        }
    }

    private Verdict verdict(String ours, Piece theirs) {
        return MODIFIES.contains(theirs.symbol())
                ? modify(theirs.symbol().equals("insert") ? "house.i" : "house.c", ours, theirs.text())
                : query(ours, theirs.text());
    }

    /** Ours may answer with millions of rows where the reference refuses to generate an array; it is asked after it then. */
    private Verdict query(String sql, String theirSql) {
        Supplier<GoogleReference.Answer> asked = google.query(theirSql);
        if (theirSql.contains("GENERATE_ARRAY")) {
            Object theirs = theirs(asked);
            boolean tooLong = theirs instanceof Failure failure && failure.refused();
            return verdict(sql, theirs, tooLong ? theirs : ours(() -> answer(local.tried(sql))), List.of());
        }
        Object ours = ours(() -> answer(local.tried(sql)));
        return verdict(sql, theirs(asked), ours, List.of());
    }

    private static Object theirs(Supplier<GoogleReference.Answer> asked) {
        return theirs(() -> {
            GoogleReference.Answer answer = asked.get();
            return new Answer(answer.columns(), answer.rows());
        });
    }

    private Verdict modify(String table, String sql, String theirSql) {
        Supplier<List<List<@Nullable String>>> asked = google.modify(table, WIDTH, theirSql);
        Object ours = ours(() -> new Answer(
                columns,
                local.tried(sql, "SELECT * FROM `%s` ORDER BY id".formatted(table))
                        .rows()));
        Object theirs = theirs(() -> new Answer(columns, asked.get()));
        return verdict(sql, theirs, ours, ours instanceof Failure ? unchanged(table) : List.of());
    }

    private List<List<@Nullable String>> unchanged(String table) {
        String nothing = table.equals("house.i")
                ? "INSERT INTO `%s` (id) SELECT id FROM `house.t` WHERE FALSE"
                : "DELETE FROM `%s` WHERE FALSE";
        return google.modify(table, WIDTH, nothing.formatted(table)).get();
    }

    private static Answer answer(Warehouse.Result result) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < result.names().size(); i++) {
            columns.add(new Column(result.names().get(i), result.types().get(i)));
        }
        return new Answer(columns, result.rows());
    }

    private interface Question {
        Answer ask();
    }

    private static Object theirs(Question question) {
        try {
            return question.ask();
        } catch (GoogleReference.Refused e) {
            String message = String.valueOf(e.getMessage());
            return new Failure(UNKNOWN_TO_THEM.matcher(message).find(), message);
        }
    }

    private static Object ours(Question question) {
        try {
            return question.ask();
        } catch (SqlRefused e) {
            return new Failure(true, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            String message = String.valueOf(e.getMessage());
            return new Failure(UNKNOWN_TO_US.matcher(message).find(), message);
        }
    }

    /** @param none the rows if nothing is found or changed */
    private static Verdict verdict(String sql, Object theirs, Object ours, List<?> none) {
        if (theirs instanceof Failure failure && failure.refused()) {
            return new Verdict(Outcome.NOT_EXECUTED, sql, failure.message());
        }
        if (ours instanceof Failure failure && failure.refused()) {
            return new Verdict(theirs instanceof Failure ? Outcome.BOTH_FAIL : Outcome.REFUSED, sql, failure.message());
        }
        boolean nulls = theirs instanceof Answer answer && answer.hasNullElements();
        if (ours instanceof Failure failure && (theirs instanceof Failure || nulls && failure.isOfNullElement())) {
            return new Verdict(Outcome.BOTH_FAIL, sql, "");
        }
        boolean equal = theirs instanceof Answer one && ours instanceof Answer other && same(one, other);
        return new Verdict(
                equal ? Outcome.EQUAL : Outcome.WRONG,
                sql,
                equal ? "" : "Google %s%n    ours   %s".formatted(told(theirs), told(ours)),
                theirs instanceof Failure && ours instanceof Answer,
                ours instanceof Failure && theirs instanceof Answer,
                theirs instanceof Answer answer && answer.rows().equals(none));
    }

    private static String told(Object answer) {
        return answer instanceof Answer rows ? rows.columns() + " " + rows.rows() : "fails: " + answer;
    }

    private static boolean same(Answer theirs, Answer ours) {
        if (theirs.rows().size() != ours.rows().size()
                || theirs.columns().size() != ours.columns().size()) {
            return false;
        }
        boolean same = true;
        for (int i = 0; i < theirs.columns().size(); i++) {
            String type = theirs.columns().get(i).type();
            same &= type.equals(ours.columns().get(i).type())
                    || duckDb(type).equals(ours.columns().get(i).type());
        }
        for (int i = 0; i < theirs.rows().size(); i++) {
            same &= sameRow(theirs.rows().get(i), ours.rows().get(i));
        }
        return same;
    }

    private static String duckDb(String type) {
        return type.startsWith("ARRAY<")
                ? duckDb(type.substring(6, type.length() - 1)) + "[]"
                : dev.sluice.local.sql.Type.named(type).orElseThrow().duckDb();
    }

    private static boolean sameRow(List<?> theirs, List<?> ours) {
        boolean same = theirs.size() == ours.size();
        for (int i = 0; same && i < theirs.size(); i++) {
            same = sameCell(String.valueOf(theirs.get(i)), ours.get(i));
        }
        return same;
    }

    /** Transcendental functions may differ in their last digits; an array that is NULL is answered as an empty one. */
    private static boolean sameCell(String theirs, @Nullable Object ours) {
        String text = String.valueOf(ours);
        if (theirs.equals(text) || theirs.equals("[]") && ours == null) {
            return true;
        }
        if (!text.matches("-?\\d+\\.\\d{9,}(E-?\\d+)?")) {
            return false;
        }
        double one = Double.parseDouble(theirs);
        return Math.abs(one - Double.parseDouble(text)) <= TOLERANCE * Math.abs(one);
    }

    /** The smallest part of a wrong statement that is wrong by itself, or the statement. */
    Verdict smallest(Piece statement) {
        return smaller(statement).findFirst().orElseGet(() -> compare(statement));
    }

    private Stream<Verdict> smaller(Piece piece) {
        return piece.parts().stream().flatMap(part -> {
            Optional<Verdict> inner = smaller(part).findFirst();
            return inner.isPresent() ? inner.stream() : alone(part).stream();
        });
    }

    private Optional<Verdict> alone(Piece part) {
        String form = part.symbol().equals("agg")
                ? "SELECT {%s} AS x1 FROM `house.t`"
                : "SELECT id, {%s} AS x1 FROM `house.t` ORDER BY id";
        Verdict verdict = compare(new Piece("query", form.formatted(part.symbol()), List.of(part)));
        return Optional.of(verdict).filter(each -> each.outcome() == Outcome.WRONG);
    }

    @Override
    public void close() throws java.sql.SQLException {
        google.close();
        local.close();
    }
}
