package dev.sluice.local.sql;

import dev.sluice.local.sql.Scope.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the rows of a table, of a view, or of what was appended to a table, and adds their columns to the scope. */
final class TableTranslator {

    private final Translation translation;
    private final Scope scope;
    private final ExpressionTranslator expressions;

    TableTranslator(Translation translation, Scope scope, ExpressionTranslator expressions) {
        this.translation = translation;
        this.scope = scope;
        this.expressions = expressions;
    }

    String rows(Query.Table table, String alias) {
        @Nullable Expression asOf = table.asOf();
        TableName name = TableNames.of(table.at(), table.path(), translation.namespace());
        Optional<String> view = asOf == null ? translation.view(name) : Optional.empty();
        if (view.isPresent()) {
            return view(table, view.get(), translation.relations().viewColumns(name), alias);
        }
        Relation relation = asOf == null ? translation.relation(name) : translation.relation(name, () -> moment(asOf));
        translation.scans().add(name, relation, alias);
        List<Field> fields = fields(relation, alias);
        scope.add(
                new RangeVariable(
                        table.alias(),
                        fields.subList(0, relation.columns().size()),
                        fields.subList(relation.columns().size(), fields.size()),
                        null),
                table.at());
        return relation.sql();
    }

    String appended(Query.Appended appended, String alias) {
        TableName name = TableNames.of(appended.at(), appended.path(), translation.namespace());
        Relation relation = translation.appended(name, () -> moment(appended.since()), () -> moment(appended.until()));
        translation.scans().add(name, relation, alias);
        scope.add(new RangeVariable(appended.alias(), fields(relation, alias)), appended.at());
        return relation.sql();
    }

    private String view(Query.Table table, String text, List<String> names, String alias) {
        TranslatedQuery query = translation.inView(
                () -> new QueryTranslator(translation).nested(new QueryParser(new Tokens(text)).query(), null));
        if (query.value()) {
            throw SqlRefused.unsupported("views AS STRUCT or AS VALUE", table.at());
        }
        TranslatedQuery named = names.isEmpty() ? query.named() : query.named(names, table.at());
        scope.add(new RangeVariable(table.alias(), named.fields(alias, translation.scans())), table.at());
        return query.sql();
    }

    private Typed moment(@Nullable Expression constant) {
        if (constant == null) {
            return Typed.given(Type.TIMESTAMP, "CAST(NULL AS TIMESTAMPTZ)");
        }
        Typed moment = expressions.to(Type.TIMESTAMP, constant);
        if (!moment.columns().isEmpty() || moment.aggregate()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "The time of FOR SYSTEM_TIME AS OF and of APPENDS must be constant at "
                            + constant.at().place());
        }
        return moment;
    }

    /** Visible ones first. */
    static List<Field> fields(Relation relation, String alias) {
        List<Field> fields = new ArrayList<>();
        for (Column column : relation.columns()) {
            fields.add(field(column, alias));
        }
        relation.hidden().forEach(column -> fields.add(field(column, alias)));
        return fields;
    }

    private static Field field(Column column, String alias) {
        return new Field(column.name(), column.qualified(alias), column.type());
    }
}
