package ml.keneya.load.bench;

import java.nio.charset.StandardCharsets;

/** What came back, whole. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Response(int status, boolean replayed, byte[] body) {
    private static final int SHOWN = 400;

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Enough of it to see what went wrong. */
    String beginning() {
        String text = text().replaceAll("\\s+", " ");
        return status + " " + text.substring(0, Math.min(SHOWN, text.length()));
    }

    int occurrences(String word) {
        String text = text();
        int count = 0;
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length())) {
            count++;
        }
        return count;
    }
}
