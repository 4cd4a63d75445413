package dev.sluice.ledger;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Names one unit of work by its content, so that the same work always asks for the same BigQuery job id.
 *
 * @param instance whose work it is
 * @param step the Spring Batch step
 * @param range the unit within the step, for example {@code bytes 0-8388607}; never a chunk ordinal
 * @param digest SHA-256 (lower-case hex) of what the effect carries
 */
public record EffectKey(InstanceKey instance, String step, String range, String digest) {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int BITS = 5;

    /** 52 characters of base32 over SHA-256 of all parts, each with its length, so that no two keys run together. */
    public String id() {
        var parts = new ByteArrayOutputStream();
        for (String part : new String[] {
            instance.job(), instance.jobKey(), String.valueOf(instance.generation()), step, range, digest
        }) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            parts.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            parts.writeBytes(bytes);
        }
        return base32(sha256(parts.toByteArray()));
    }

    /** The id of the BigQuery job that is the {@code attempt}-th try, from 1. */
    public String bigQueryJobId(int attempt) {
        return "sluice-" + id() + "-a" + attempt;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String base32(byte[] bytes) {
        var text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = (buffer << Byte.SIZE) | (b & 0xff);
            bits += Byte.SIZE;
            while (bits >= BITS) {
                bits -= BITS;
                text.append(ALPHABET.charAt((buffer >> bits) & 31));
            }
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt((buffer << (BITS - bits)) & 31));
        }
        return text.toString();
    }
}
