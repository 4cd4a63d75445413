package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.List;
import java.util.Optional;

/** Questions about the columns of tables. */
final class TableSchemas {

    private TableSchemas() {}

    /** Names and types in the same order, whatever the modes. */
    static boolean areSame(List<TableFieldSchema> ones, List<TableFieldSchema> others) {
        if (ones.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < ones.size(); i++) {
            if (!ones.get(i).getName().equalsIgnoreCase(others.get(i).getName())
                    || !isSameType(ones.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether what keeps to the limits of others keeps to those of columns that are the same but for limits. */
    static boolean hold(List<TableFieldSchema> ones, List<TableFieldSchema> others) {
        for (int i = 0; i < ones.size(); i++) {
            if (!ColumnTypes.limits(ones.get(i)).includes(ColumnTypes.limits(others.get(i)))
                    || ColumnTypes.isRecord(ones.get(i))
                            && !hold(ones.get(i).getFields(), others.get(i).getFields())) {
                return false;
            }
        }
        return true;
    }

    /** Whether what must not be NULL is the same. */
    static boolean haveSameModes(List<TableFieldSchema> ones, List<TableFieldSchema> others) {
        return ones.stream()
                .allMatch(one -> "REQUIRED".equals(one.getMode())
                        == named(others, one.getName())
                                .filter(other -> "REQUIRED".equals(other.getMode()))
                                .isPresent());
    }

    static boolean isSameType(TableFieldSchema one, TableFieldSchema other) {
        return ColumnTypes.standard(one.getType()).equals(ColumnTypes.standard(other.getType()))
                && "REPEATED".equals(one.getMode()) == "REPEATED".equals(other.getMode())
                && (!ColumnTypes.isRecord(one) || areSame(one.getFields(), other.getFields()));
    }

    static Optional<TableFieldSchema> named(List<TableFieldSchema> fields, String name) {
        return fields.stream()
                .filter(field -> field.getName().equalsIgnoreCase(name))
                .findFirst();
    }
}
