package dev.sluice.item;

import dev.sluice.item.source.Encoding;

/**
 * How rows stand in the files of a source.
 *
 * @param csv for that format alone
 */
public record SourceLayout(SourceFormat format, CsvDialect csv, Encoding encoding) {

    public static SourceLayout of(SourceFormat format) {
        return new SourceLayout(format, CsvDialect.RFC_4180, Encoding.UTF_8);
    }
}
