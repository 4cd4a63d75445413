package dev.sluice.item;

/** Tells where records end. Not thread-safe. */
interface RecordEnds {

    void begin();

    /**
     * Where the line end is that ends the record which was begun, or behind all bytes if it has not come yet.
     *
     * @param at from where on nothing has been looked at
     */
    int find(RecordBuffer buffer, int at);

    /** Whether the record goes on behind the line end that it has met, or meets there. */
    boolean isOpen();

    /** Whether it has met a line end already that belongs to it. */
    boolean hasLines();

    /** Nobody waits for the end of this record any longer; others may begin inside it. */
    void giveUp(RecordBuffer buffer, int at);

    /** Every line is one. */
    final class Lines implements RecordEnds {

        @Override
        public void begin() {}

        @Override
        public int find(RecordBuffer buffer, int at) {
            return Words.indexOf((byte) '\n', buffer.bytes(), at, buffer.filled());
        }

        @Override
        public boolean isOpen() {
            return false;
        }

        @Override
        public boolean hasLines() {
            return false;
        }

        @Override
        public void giveUp(RecordBuffer buffer, int at) {}
    }
}
