package dev.sluice.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A multipart/related body of two parts.
 *
 * @param metadata the resource, as JSON
 * @param content the media
 */
record MultipartBody(String metadata, byte[] content) {

    private static final Pattern TYPE =
            Pattern.compile("multipart/\\w+\\s*;.*boundary=(?:\"([^\"]+)\"|([^;\\s]+)).*", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENCODING =
            Pattern.compile("^content-transfer-encoding:\\s*(\\S+)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};
    private static final byte[] SHORT_BLANK_LINE = {'\n', '\n'};

    static MultipartBody read(Exchange exchange) throws IOException {
        Matcher type = TYPE.matcher(String.valueOf(exchange.header("Content-Type")));
        if (!type.matches()) {
            throw ApiError.invalid("A multipart upload needs Content-Type multipart/related with a boundary");
        }
        String boundary = "--" + (type.group(1) == null ? type.group(2) : type.group(1));
        byte[] mark = boundary.getBytes(StandardCharsets.ISO_8859_1);
        byte[] body = exchange.body().readAllBytes();
        int first = boundary(body, mark, 0);
        int second = first < 0 ? -1 : boundary(body, mark, first + mark.length);
        int end = second < 0 ? -1 : boundary(body, mark, second + mark.length);
        if (end < 0) {
            throw ApiError.invalid("A multipart upload has two parts, the job and its content");
        }
        byte[] metadata = part(body, first + mark.length, second);
        return new MultipartBody(new String(metadata, StandardCharsets.UTF_8), part(body, second + mark.length, end));
    }

    /** What follows the headers, without the line's end before the next boundary. */
    private static byte[] part(byte[] body, int from, int to) {
        int crlf = find(body, BLANK_LINE, from);
        int lf = find(body, SHORT_BLANK_LINE, from);
        boolean shortEnds = crlf < 0 || crlf >= to || lf >= 0 && lf < crlf;
        int begin = shortEnds ? lf + SHORT_BLANK_LINE.length : crlf + BLANK_LINE.length;
        if (shortEnds && (lf < 0 || lf >= to)) {
            throw ApiError.invalid("A part of a multipart upload has no headers");
        }
        int end = to > begin && body[to - 1] == '\n' ? to - 1 : to;
        end = end > begin && body[end - 1] == '\r' ? end - 1 : end;
        return decoded(
                new String(body, from, begin - from, StandardCharsets.UTF_8), Arrays.copyOfRange(body, begin, end));
    }

    private static byte[] decoded(String headers, byte[] part) {
        Matcher encoding = ENCODING.matcher(headers);
        return switch (encoding.find() ? encoding.group(1).toLowerCase(Locale.ROOT) : "binary") {
            case "binary", "8bit", "7bit" -> part;
            case "base64" -> fromBase64(part);
            default ->
                throw ApiError.unsupported("parts of uploads with Content-Transfer-Encoding " + encoding.group(1));
        };
    }

    private static byte[] fromBase64(byte[] part) {
        try {
            return Base64.getMimeDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid("A part of a multipart upload is not base64, as its headers say");
        }
    }

    /** Where a line begins with it; -1 if none does. */
    private static int boundary(byte[] body, byte[] mark, int from) {
        int at = find(body, mark, from);
        while (at > 0 && body[at - 1] != '\n') {
            at = find(body, mark, at + 1);
        }
        return at;
    }

    /** -1 if it is not there. */
    private static int find(byte[] body, byte[] what, int from) {
        for (int i = from; i <= body.length - what.length; i++) {
            if (Arrays.equals(body, i, i + what.length, what, 0, what.length)) {
                return i;
            }
        }
        return -1;
    }
}
