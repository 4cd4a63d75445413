package dev.sluice.local.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes tests of a key with the least or the greatest value that it has in a partition or a block. */
final class KeyBounds {

    /** What a test calls the element of an array that it is about; no statement can write the name. */
    static final String ELEMENT = "_sluice element";

    /** DuckDB's name of that element. */
    static final String VARIABLE = "_sluice_element";

    private final Translation translation;

    KeyBounds(Translation translation) {
        this.translation = translation;
    }

    String least(Keyed key, Expression test) {
        return least(key, test, null);
    }

    String most(Keyed key, Expression test) {
        return most(key, test, null);
    }

    /** @param element the type of {@link #ELEMENT} if the test has one */
    String least(Keyed key, Expression test, @Nullable Type element) {
        return translated(Scan.least(key.key()), key.type(), test, element);
    }

    String most(Keyed key, Expression test, @Nullable Type element) {
        return translated(Scan.most(key.key()), key.type(), test, element);
    }

    /** The test with one value for the key. */
    private String translated(String value, Type type, Expression test, @Nullable Type element) {
        var scope = new Scope(null);
        scope.add(new RangeVariable(null, List.of(new Scope.Field(Keyed.PLACE, value, type))), test.at());
        if (element != null) {
            scope.add(new RangeVariable(null, List.of(new Scope.Field(ELEMENT, VARIABLE, element))), test.at());
        }
        return new ExpressionTranslator(translation, new QueryTranslator(translation), scope)
                .bool(test)
                .sql();
    }
}
