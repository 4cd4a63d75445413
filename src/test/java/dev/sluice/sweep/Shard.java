package dev.sluice.sweep;

/**
 * Which part of a sweep is run: with {@code -Dsweep.shard=k/n} each n-th piece beginning with the k-th, all of them
 * otherwise.
 */
public record Shard(int part, int parts) {

    public static Shard chosen() {
        String[] words = System.getProperty("sweep.shard", "1/1").split("/", -1);
        return new Shard(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
    }

    /** @param piece counted from 1 */
    public boolean covers(long piece) {
        return piece % parts == part % parts;
    }

    /** What falls to this part of so many pieces that are all alike; at least one. */
    public int of(int pieces) {
        return Math.max(1, pieces / parts);
    }
}
