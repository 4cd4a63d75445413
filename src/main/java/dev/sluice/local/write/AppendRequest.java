package dev.sluice.local.write;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest.MissingValueInterpretation;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to append rows, with what its connection has said before.
 *
 * @param type of the rows
 * @param offset null if the rows go to the end, wherever that is
 * @param missing what a missing value means, for all columns and by column
 */
record AppendRequest(
        StreamName stream,
        Descriptor type,
        List<ByteString> rows,
        @Nullable Long offset,
        MissingValueInterpretation missing,
        Map<String, MissingValueInterpretation> missingByColumn) {}
