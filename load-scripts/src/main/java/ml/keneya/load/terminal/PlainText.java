package ml.keneya.load.terminal;

/** Text that came from elsewhere, made harmless: an escape sequence in a name must not drive the reader's terminal. */
final class PlainText {
    private static final char SUBSTITUTE = '\uFFFD';

    private PlainText() {}

    static String of(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        text.chars()
                .forEach(character -> plain.append(Character.isISOControl(character) ? SUBSTITUTE : (char) character));
        return plain.toString();
    }
}
