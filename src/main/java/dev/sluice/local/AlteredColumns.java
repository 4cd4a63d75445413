package dev.sluice.local;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import dev.sluice.local.sql.Alteration;
import java.util.ArrayList;
import java.util.List;

/** The columns of a table while an alteration is made; used once. */
final class AlteredColumns {

    private final StoredTable table;
    private final List<KeptColumn> kept = new ArrayList<>();

    AlteredColumns(StoredTable table) {
        this.table = table;
        table.fields().forEach(field -> kept.add(new KeptColumn(field, field.getName())));
    }

    List<KeptColumn> after(Alteration alteration) {
        if (alteration instanceof Alteration.AddColumn add) {
            add(add);
        } else if (alteration instanceof Alteration.DropColumn drop) {
            drop(drop);
        } else if (alteration instanceof Alteration.RenameColumn rename) {
            rename(rename);
        } else if (alteration instanceof Alteration.AlterColumn alter) {
            alter(alter);
        }
        return kept;
    }

    private void add(Alteration.AddColumn add) {
        if (has(add.column().name()) && add.ifNotExists()) {
            return;
        }
        requireFree(add.column().name());
        if (add.column().details().defaultValue() != null) {
            throw ApiError.invalid("Cannot add column %s with a default value; add it, then ALTER COLUMN … SET DEFAULT"
                    .formatted(add.column().name()));
        }
        if (add.column().details().required()) {
            throw ApiError.invalid("Cannot add required field %s to an existing schema"
                    .formatted(add.column().name()));
        }
        kept.add(new KeptColumn(ColumnTypes.field(add.column()), null));
    }

    private void drop(Alteration.DropColumn drop) {
        if (!has(drop.name()) && drop.ifExists()) {
            return;
        }
        int index = index(drop.name());
        requireNoLayout(drop.name());
        if (kept.size() == 1) {
            throw ApiError.invalid("Cannot drop the only column of a table");
        }
        kept.remove(index);
    }

    private void rename(Alteration.RenameColumn rename) {
        if (rename.ifExists() && !has(rename.from())) {
            return;
        }
        int index = index(rename.from());
        requireFree(rename.to());
        requireNoLayout(rename.from());
        TableFieldSchema field = kept.get(index).field();
        kept.set(index, new KeptColumn(field.clone().setName(rename.to()), field.getName()));
    }

    private void alter(Alteration.AlterColumn alter) {
        if (alter.ifExists() && !has(alter.column())) {
            return;
        }
        int index = index(alter.column());
        TableFieldSchema field = kept.get(index).field();
        if (alter.change() instanceof Alteration.SetDataType) {
            requireNoLayout(alter.column());
        }
        kept.set(index, new KeptColumn(AlteredColumn.after(field, alter.change()), field.getName()));
    }

    private boolean has(String name) {
        return kept.stream().anyMatch(column -> column.field().getName().equalsIgnoreCase(name));
    }

    private void requireNoLayout(String column) {
        Table resource = table.resource();
        boolean used = resource.getTimePartitioning() != null
                        && column.equalsIgnoreCase(
                                resource.getTimePartitioning().getField())
                || resource.getRangePartitioning() != null
                        && column.equalsIgnoreCase(
                                resource.getRangePartitioning().getField())
                || resource.getClustering() != null
                        && resource.getClustering().getFields().stream().anyMatch(column::equalsIgnoreCase);
        if (used) {
            throw ApiError.invalid(
                    "Column %s is used by the partitioning or clustering of the table".formatted(column));
        }
    }

    private void requireFree(String name) {
        if (has(name)) {
            throw ApiError.invalid("Column already exists: " + name);
        }
    }

    private int index(String name) {
        for (int i = 0; i < kept.size(); i++) {
            if (kept.get(i).field().getName().equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw ApiError.invalid("Column not found: " + name);
    }
}
