package dev.sluice.local.write;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.cloud.bigquery.storage.v1.TableSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns in the words of the Storage Write API. */
final class StorageSchema {

    private StorageSchema() {}

    static TableSchema of(List<TableFieldSchema> fields) {
        TableSchema.Builder schema = TableSchema.newBuilder();
        fields.forEach(field -> schema.addFields(of(field)));
        return schema.build();
    }

    private static com.google.cloud.bigquery.storage.v1.TableFieldSchema of(TableFieldSchema field) {
        var built = com.google.cloud.bigquery.storage.v1.TableFieldSchema.newBuilder()
                .setName(field.getName())
                .setType(type(String.valueOf(field.getType())))
                .setMode(mode(field.getMode()));
        if (field.getDescription() != null) {
            built.setDescription(field.getDescription());
        }
        if (field.getDefaultValueExpression() != null) {
            built.setDefaultValueExpression(field.getDefaultValueExpression());
        }
        if (field.getFields() != null) {
            field.getFields().forEach(member -> built.addFields(of(member)));
        }
        return built.setMaxLength(orZero(field.getMaxLength()))
                .setPrecision(orZero(field.getPrecision()))
                .setScale(orZero(field.getScale()))
                .build();
    }

    private static long orZero(@Nullable Long limit) {
        return limit == null ? 0 : limit;
    }

    private static com.google.cloud.bigquery.storage.v1.TableFieldSchema.Mode mode(@Nullable String mode) {
        return mode == null
                ? com.google.cloud.bigquery.storage.v1.TableFieldSchema.Mode.NULLABLE
                : com.google.cloud.bigquery.storage.v1.TableFieldSchema.Mode.valueOf(mode);
    }

    private static com.google.cloud.bigquery.storage.v1.TableFieldSchema.Type type(String type) {
        return com.google.cloud.bigquery.storage.v1.TableFieldSchema.Type.valueOf(
                switch (type) {
                    case "INTEGER" -> "INT64";
                    case "FLOAT", "FLOAT64" -> "DOUBLE";
                    case "BOOLEAN" -> "BOOL";
                    case "RECORD" -> "STRUCT";
                    default -> type;
                });
    }
}
