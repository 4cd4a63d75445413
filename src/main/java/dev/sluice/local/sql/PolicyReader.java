package dev.sluice.local.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads CREATE and DROP of row access policies, after the words that begin them. */
final class PolicyReader {

    private final Tokens tokens;
    private final QueryParser parser;

    PolicyReader(Tokens tokens, QueryParser parser) {
        this.tokens = tokens;
        this.parser = parser;
    }

    /** After {@code CREATE [OR REPLACE] ROW ACCESS POLICY}. */
    Statement create(boolean orReplace) {
        boolean ifNotExists = tokens.takeIf("IF", "NOT", "EXISTS");
        String name = tokens.name();
        tokens.require("ON");
        TableName table = tokens.tableName();
        List<String> grantees = tokens.takeIf("GRANT", "TO", "(") ? tokens.closedList(this::grantee) : List.of();
        tokens.require("FILTER", "USING", "(");
        Token from = tokens.peek();
        parser.expressions().expression();
        String filter = tokens.text(from, tokens.peek()).strip();
        tokens.require(")");
        Statement.Creation creation = orReplace
                ? Statement.Creation.OR_REPLACE
                : ifNotExists ? Statement.Creation.IF_NOT_EXISTS : Statement.Creation.NEW;
        return new Statement.CreatePolicy(table, name, creation, grantees, filter);
    }

    private String grantee() {
        Token grantee = tokens.take();
        if (grantee.kind() != Token.Kind.STRING) {
            throw SqlRefused.syntax("Expected a string but got " + Tokens.describe(grantee), grantee);
        }
        return grantee.value();
    }

    /** After {@code DROP}. */
    Statement drop() {
        if (tokens.takeIf("ALL", "ROW", "ACCESS", "POLICIES")) {
            return drop(null, false);
        }
        tokens.require("ROW", "ACCESS", "POLICY");
        boolean ifExists = tokens.takeIf("IF", "EXISTS");
        return drop(tokens.name(), ifExists);
    }

    private Statement drop(@Nullable String name, boolean ifExists) {
        tokens.require("ON");
        return new Statement.DropPolicy(tokens.tableName(), name, ifExists);
    }
}
