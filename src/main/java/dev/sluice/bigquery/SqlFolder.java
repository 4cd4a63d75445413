package dev.sluice.bigquery;

import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.TableId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * SQL files below one folder, each read once. {@code ${name}} stands for an identifier;
 * {@code ${columns: a.`$column` = @b_$column; AND}} for one text per column, joined by AND, OR or a comma, or each on a line
 * of its own if nothing follows the semicolon.
 */
final class SqlFolder implements SqlFiles {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+/[a-z0-9_-]+\\.sql");
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\{(\\w+)(?:: ((?:[^;{}]|\\{[\\d,]+})++); (AND|OR|,|))?}");
    private static final String EACH = "$column";
    private static final String QUERY = "$query";
    private static final Pattern COMMENT_LINE = Pattern.compile("(?m)^\\s*--.*\\R?");
    private static final Pattern PROJECT = Pattern.compile("[a-z0-9.:-]{1,63}");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9_]{1,1024}");

    private final Path folder;
    private final Map<String, String> texts = new ConcurrentHashMap<>();

    SqlFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public SqlStatement statement(
            String name, Map<String, SqlIdentifier> identifiers, Map<String, QueryParameterValue> parameters) {
        String template = texts.computeIfAbsent(name, this::read);
        requireSame(name, "placeholders", found(PLACEHOLDER, template), identifiers.keySet());
        String text = PLACEHOLDER
                .matcher(template)
                .replaceAll(match -> Matcher.quoteReplacement(
                        render(match, Objects.requireNonNull(identifiers.get(match.group(1))))));
        Map<String, QueryParameterValue> all = withThoseOfSubqueries(identifiers, parameters);
        requireSame(name, "parameters", found(SqlStatement.PARAMETER, text), all.keySet());
        return new SqlStatement(name, text, Map.copyOf(all));
    }

    private static Map<String, QueryParameterValue> withThoseOfSubqueries(
            Map<String, SqlIdentifier> identifiers, Map<String, QueryParameterValue> parameters) {
        Map<String, QueryParameterValue> all = new HashMap<>(parameters);
        identifiers.values().forEach(identifier -> {
            if (identifier instanceof SqlIdentifier.Subquery subquery) {
                add(subquery.statement(), all);
            } else if (identifier instanceof SqlIdentifier.Queries queries) {
                queries.byColumn().values().forEach(query -> add(query, all));
            }
        });
        return all;
    }

    private static void add(SqlStatement part, Map<String, QueryParameterValue> all) {
        part.parameters().forEach((parameter, value) -> {
            QueryParameterValue other = all.putIfAbsent(parameter, value);
            if (other != null && !other.equals(value)) {
                throw new IllegalArgumentException(
                        "sql/%s: parameter %s stands for something else beside it".formatted(part.name(), parameter));
            }
        });
    }

    private String read(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a file in sql/: " + name);
        }
        try {
            return COMMENT_LINE
                    .matcher(Files.readString(folder.resolve(name)))
                    .replaceAll("")
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read sql/%s; it belongs to the checkout".formatted(name), e);
        }
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }

    private static void requireSame(String name, String what, Set<String> used, Set<String> given) {
        if (!used.equals(given)) {
            Set<String> differing = new HashSet<>(used);
            differing.addAll(given);
            differing.removeIf(each -> used.contains(each) && given.contains(each));
            throw new IllegalArgumentException("sql/%s: %s used and given differ: %s".formatted(name, what, differing));
        }
    }

    private static String render(MatchResult placeholder, SqlIdentifier identifier) {
        if (identifier instanceof SqlIdentifier.Table table) {
            return path(table.table());
        }
        if (identifier instanceof SqlIdentifier.Subquery subquery) {
            return "(" + subquery.statement().text() + ")";
        }
        boolean plain = placeholder.group(2) == null;
        String form = plain ? "`$column`" : placeholder.group(2);
        String joint = plain ? "," : placeholder.group(3);
        if (identifier instanceof SqlIdentifier.Queries queries) {
            return join(
                    queries.byColumn().entrySet().stream()
                            .map(query -> each(query.getKey(), form)
                                    .replace(QUERY, "(" + query.getValue().text() + ")"))
                            .toList(),
                    joint);
        }
        List<String> names = ((SqlIdentifier.Columns) identifier).names();
        return join(names.stream().map(name -> each(name, form)).toList(), joint);
    }

    private static String each(String column, String form) {
        return form.replace(EACH, valid(IDENTIFIER, column));
    }

    /** A conjunction of nothing is true, a disjunction of nothing is false. */
    private static String join(List<String> texts, String joint) {
        if (texts.isEmpty()) {
            return switch (joint) {
                case "AND" -> "TRUE";
                case "OR" -> "FALSE";
                case "" -> "";
                default -> throw new IllegalArgumentException("a list of no columns");
            };
        }
        return String.join(between(joint), texts);
    }

    private static String between(String joint) {
        return switch (joint) {
            case "," -> ", ";
            case "" -> "\n";
            default -> " " + joint + " ";
        };
    }

    private static String path(TableId table) {
        return "`%s.%s.%s`"
                .formatted(
                        valid(PROJECT, table.getProject()),
                        valid(IDENTIFIER, table.getDataset()),
                        valid(IDENTIFIER, table.getTable()));
    }

    private static String valid(Pattern pattern, String identifier) {
        if (identifier == null || !pattern.matcher(identifier).matches()) {
            throw new IllegalArgumentException("not an identifier that may stand in SQL");
        }
        return identifier;
    }
}
