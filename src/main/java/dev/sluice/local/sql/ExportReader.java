package dev.sluice.local.sql;

/** Reads EXPORT DATA. */
final class ExportReader {

    private final Tokens tokens;
    private final Translation translation;
    private final QueryParser parser;

    ExportReader(Tokens tokens, Translation translation, QueryParser parser) {
        this.tokens = tokens;
        this.translation = translation;
        this.parser = parser;
    }

    Statement export() {
        tokens.require("EXPORT");
        Token kind = tokens.peek();
        if (!tokens.takeIf("DATA")) {
            throw SqlRefused.unsupported("EXPORT " + kind.upper(), kind);
        }
        if (tokens.peek().is("WITH")) {
            throw SqlRefused.unsupported("EXPORT DATA WITH CONNECTION", tokens.peek());
        }
        Statement.Options options = new OptionsReader(tokens, translation, parser).required();
        tokens.require("AS");
        Query query = parser.query();
        tokens.requireEnd();
        return new Statement.Export(
                options, new QueryTranslator(translation).outermost(query).statement(translation));
    }
}
