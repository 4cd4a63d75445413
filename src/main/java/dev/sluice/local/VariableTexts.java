package dev.sluice.local;

import dev.sluice.local.sql.Column;
import dev.sluice.local.sql.Statement;
import dev.sluice.local.sql.Type;
import java.util.ArrayList;
import java.util.List;

/** DuckDB's SQL for values as the texts that parameters are bound with. */
final class VariableTexts {

    private VariableTexts() {}

    /** Of the only column of a query. */
    static String first(Statement.Select select) {
        Column column = select.columns().get(0);
        return "CAST(%s AS VARCHAR)".formatted(of(column.type(), ColumnTypes.quoted(column.name()), 0));
    }

    /** Of all columns of a query as a struct. */
    static String row(Statement.Select select) {
        List<String> texts = new ArrayList<>();
        select.columns().forEach(column -> texts.add(of(column.type(), ColumnTypes.quoted(column.name()), 0)));
        return "CAST(json_array(%s) AS VARCHAR)".formatted(String.join(", ", texts));
    }

    private static String of(Type type, String sql, int depth) {
        if (type.isArray()) {
            String each = "_sluice_text" + depth;
            return "to_json(list_transform(%s, lambda %s: %s))"
                    .formatted(sql, each, of(type.element(), each, depth + 1));
        }
        if (type.isStruct()) {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < type.parts().size(); i++) {
                String name = Type.fieldName(type.parts(), i).replace("'", "''");
                fields.add(of(type.parts().get(i).type(), "struct_extract(%s, '%s')".formatted(sql, name), depth + 1));
            }
            return "CASE WHEN %s IS NULL THEN NULL ELSE json_array(%s) END".formatted(sql, String.join(", ", fields));
        }
        if (type.equals(Type.BIGNUMERIC)) {
            return "bq_bignumeric_text(%s)".formatted(sql);
        }
        return type.equals(Type.BYTES) ? "to_base64(%s)".formatted(sql) : "CAST(%s AS VARCHAR)".formatted(sql);
    }
}
