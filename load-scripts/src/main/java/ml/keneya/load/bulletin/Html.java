package ml.keneya.load.bulletin;

/** Text that may stand in XML. */
final class Html {
    private Html() {}

    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(each -> {
            switch (each) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> {
                    // What XML 1.0 does not allow would make the whole page unreadable.
                    boolean allowed = each >= 0x20 && each != 0xFFFE && each != 0xFFFF || each == '\n' || each == '\t';
                    escaped.appendCodePoint(allowed ? each : 0xFFFD);
                }
            }
        });
        return escaped.toString();
    }
}
