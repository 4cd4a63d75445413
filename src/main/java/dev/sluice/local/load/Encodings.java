package dev.sluice.local.load;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The encodings that a text file may have. */
final class Encodings {

    private Encodings() {}

    static Charset of(JobConfigurationLoad load) {
        return switch (Objects.requireNonNullElse(load.getEncoding(), "UTF-8")) {
            case "UTF-8" -> StandardCharsets.UTF_8;
            case "ISO-8859-1" -> StandardCharsets.ISO_8859_1;
            case "UTF-16BE" -> StandardCharsets.UTF_16BE;
            case "UTF-16LE" -> StandardCharsets.UTF_16LE;
            case "UTF-32BE" -> Charset.forName("UTF-32BE");
            case "UTF-32LE" -> Charset.forName("UTF-32LE");
            default -> throw LoadRefused.invalid("Invalid value for encoding: " + load.getEncoding());
        };
    }
}
