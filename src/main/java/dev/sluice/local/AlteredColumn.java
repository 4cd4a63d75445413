package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import dev.sluice.local.sql.Alteration;
import dev.sluice.local.sql.Column;
import dev.sluice.local.sql.ColumnDefaultReader;
import dev.sluice.local.sql.Type;
import dev.sluice.local.sql.TypeLimits;
import java.util.Map;
import java.util.Set;

/** What ALTER COLUMN makes of a column. */
final class AlteredColumn {

    /** What a type may become. */
    private static final Map<Type, Set<Type>> WIDER =
            Map.of(Type.INT64, Set.of(Type.NUMERIC, Type.FLOAT64), Type.NUMERIC, Set.of(Type.FLOAT64));

    private AlteredColumn() {}

    static TableFieldSchema after(TableFieldSchema before, Alteration.ColumnChange change) {
        TableFieldSchema field = before.clone();
        if (change instanceof Alteration.SetNoOptions) {
            return field;
        }
        if (change instanceof Alteration.SetDescription set) {
            return field.setDescription(set.description());
        }
        if (change instanceof Alteration.SetDefault set) {
            if (set.value() != null) {
                ColumnDefaultReader.requireType(set.value(), ColumnTypes.of(before), ColumnDefaults.NO_TABLES);
            }
            return field.setDefaultValueExpression(set.value());
        }
        if (change instanceof Alteration.SetDataType set) {
            return typed(field, set.definition());
        }
        return "REPEATED".equals(before.getMode()) ? field : field.setMode("NULLABLE");
    }

    private static TableFieldSchema typed(TableFieldSchema field, Column definition) {
        Type from = ColumnTypes.of(field);
        Type to = definition.type();
        if (to.equals(Type.BIGNUMERIC) && from.kind() != to.kind()) {
            throw ApiError.unsupported("SET DATA TYPE BIGNUMERIC");
        }
        TypeLimits limits = definition.details().limits();
        boolean same = from.equals(to) && to.parts().isEmpty();
        if (!(same && limits.includes(ColumnTypes.limits(field))) && !widens(from, to, limits)) {
            throw ApiError.invalid(
                    "ALTER TABLE ALTER COLUMN SET DATA TYPE requires that the existing column type (%s) is assignable to the new type (%s)"
                            .formatted(InformationTypes.of(field), InformationTypes.of(ColumnTypes.field(definition))));
        }
        TableFieldSchema typed = ColumnTypes.field(definition);
        return field.setType(typed.getType())
                .setMaxLength(typed.getMaxLength())
                .setPrecision(typed.getPrecision())
                .setScale(typed.getScale());
    }

    private static boolean widens(Type from, Type to, TypeLimits limits) {
        boolean free = limits.precision() == null && limits.length() == null;
        return free && WIDER.getOrDefault(from, Set.of()).contains(to);
    }
}
