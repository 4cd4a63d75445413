package dev.sluice.cli;

import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads times as settings spell them. */
final class DurationWords implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        try {
            Duration time = DurationStyle.SIMPLE.parse(text);
            if (time.isNegative()) {
                throw new IllegalArgumentException("negative");
            }
            return time;
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'%s' is not a time like 30s, 10m or 1h".formatted(text));
        }
    }
}
