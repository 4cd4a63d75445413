package dev.sluice.local.sql;

import java.util.Optional;
import java.util.Set;

/**
 * What a text tells before anything that it names is looked up.
 *
 * @param script empty for a single statement
 * @param qualifiers what may be datasets, those of tables before those of columns
 */
public record Outline(Optional<Script> script, Set<String> qualifiers) {

    /** @throws SqlRefused if its words, or the steps of a script, cannot be read */
    public static Outline of(String sql) {
        var tokens = new Tokens(sql);
        return new Outline(ScriptParser.read(sql, tokens), tokens.qualifiers());
    }
}
