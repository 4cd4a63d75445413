package dev.sluice.local;

import dev.sluice.local.sql.Column;
import dev.sluice.local.sql.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The columns of INFORMATION_SCHEMA's views, in the order of their documentation; letters tell their types. */
final class InformationColumns {

    private static final Map<String, String> OF_DATASETS = Map.of(
            "SCHEMATA",
            "catalog_name:s schema_name:s schema_owner:s creation_time:t last_modified_time:t location:s ddl:s"
                    + " default_collation_name:s sync_status:j",
            "SCHEMATA_OPTIONS",
            "catalog_name:s schema_name:s option_name:s option_type:s option_value:s");

    private static final Map<String, String> VIEWS = Map.of(
            "TABLES",
            "table_catalog:s table_schema:s table_name:s table_type:s managed_table_type:s is_insertable_into:s"
                    + " is_fine_grained_mutations_enabled:s is_typed:s is_change_history_enabled:s creation_time:t"
                    + " base_table_catalog:s base_table_schema:s base_table_name:s snapshot_time_ms:t"
                    + " replica_source_catalog:s replica_source_schema:s replica_source_name:s replication_status:s"
                    + " replication_error:s ddl:s default_collation_name:s sync_status:j"
                    + " upsert_stream_apply_watermark:t",
            "VIEWS",
            "table_catalog:s table_schema:s table_name:s view_definition:s check_option:s use_standard_sql:s",
            "COLUMNS",
            "table_catalog:s table_schema:s table_name:s column_name:s ordinal_position:i is_nullable:s data_type:s"
                    + " is_generated:s generation_expression:s is_stored:s is_hidden:s is_updatable:s"
                    + " is_system_defined:s is_partitioning_column:s clustering_ordinal_position:i collation_name:s"
                    + " column_default:s rounding_mode:s",
            "TABLE_OPTIONS",
            "table_catalog:s table_schema:s table_name:s option_name:s option_type:s option_value:s",
            "COLUMN_FIELD_PATHS",
            "table_catalog:s table_schema:s table_name:s column_name:s field_path:s data_type:s description:s"
                    + " collation_name:s rounding_mode:s",
            "PARTITIONS",
            "table_catalog:s table_schema:s table_name:s partition_id:s total_rows:i total_logical_bytes:i"
                    + " last_modified_time:t storage_tier:s",
            "TABLE_STORAGE",
            "project_id:s project_number:i table_catalog:s table_schema:s table_name:s creation_time:t total_rows:i"
                    + " total_partitions:i total_logical_bytes:i active_logical_bytes:i long_term_logical_bytes:i"
                    + " current_physical_bytes:i total_physical_bytes:i active_physical_bytes:i"
                    + " long_term_physical_bytes:i time_travel_physical_bytes:i storage_last_modified_time:t deleted:b"
                    + " table_type:s managed_table_type:s fail_safe_physical_bytes:i"
                    + " last_metadata_index_refresh_time:t table_deletion_reason:s table_deletion_time:t",
            "JOBS",
            "creation_time:t project_id:s project_number:i user_email:s job_id:s job_type:s statement_type:s priority:s"
                    + " start_time:t end_time:t query:s state:s reservation_id:s total_bytes_processed:i"
                    + " total_slot_ms:i error_result:e cache_hit:b destination_table:d labels:l total_bytes_billed:i"
                    + " transaction_id:s parent_job_id:s",
            Timelines.STREAMING,
            "start_timestamp:t project_id:s project_number:i dataset_id:s table_id:s error_code:s total_requests:i"
                    + " total_rows:i total_input_bytes:i",
            Timelines.WRITE_API,
            "start_timestamp:t project_id:s project_number:i dataset_id:s table_id:s stream_type:s error_code:s"
                    + " total_requests:i total_rows:i total_input_bytes:i");

    private InformationColumns() {}

    static List<Column> of(String view) {
        String name = plain(view);
        String columns = VIEWS.containsKey(name) ? VIEWS.get(name) : OF_DATASETS.get(name);
        if (columns == null) {
            throw ApiError.unsupported("INFORMATION_SCHEMA." + view);
        }
        List<Column> all = new ArrayList<>();
        for (String column : columns.split(" ", -1)) {
            int colon = column.indexOf(':');
            all.add(new Column(column.substring(0, colon), type(column.charAt(colon + 1))));
        }
        return all;
    }

    /** A view by its shortest name; there is one project, of one user. */
    static String plain(String view) {
        return view.startsWith("JOBS_BY_")
                ? "JOBS"
                : view.replaceFirst("^(.*_TIMELINE|TABLE_STORAGE)_BY_PROJECT$", "$1");
    }

    private static Type type(char letter) {
        return switch (letter) {
            case 'i' -> Type.INT64;
            case 'b' -> Type.BOOL;
            case 't' -> Type.TIMESTAMP;
            case 'j' -> Type.JSON;
            case 'e' -> texts("reason", "location", "debug_info", "message");
            case 'd' -> texts("project_id", "dataset_id", "table_id");
            case 'l' -> Type.array(texts("key", "value"));
            default -> Type.STRING;
        };
    }

    private static Type texts(String... names) {
        return Type.struct(
                Stream.of(names).map(name -> new Type.Part(name, Type.STRING)).toList());
    }
}
