package dev.sluice.local.load;

/** JSON's words. */
enum PlainWord {
    NULL("null"),
    TRUE("true"),
    FALSE("false");

    private final String letters;

    PlainWord(String letters) {
        this.letters = letters;
    }

    /** Where it ends if it is there; 0 if it is not. Does not look beyond a byte that is no letter. */
    int end(byte[] bytes, int from) {
        for (int i = 0; i < letters.length(); i++) {
            if (bytes[from + i] != letters.charAt(i)) {
                return 0;
            }
        }
        return from + letters.length();
    }
}
