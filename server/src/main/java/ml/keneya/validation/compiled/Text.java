package ml.keneya.validation.compiled;

import java.util.regex.Pattern;

/** Which texts the official validator surely has nothing to say of; it may accept more. */
final class Text {

    private static final int LONGEST = 100_000;

    /** Schemes of addresses that it treats alike. */
    private static final Pattern ADDRESS = Pattern.compile("https?://[A-Za-z0-9][A-Za-z0-9._~:/?@!$&'()*+,;=%-]*");

    private static final Pattern UUID =
            Pattern.compile("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern OID = Pattern.compile("urn:oid:[0-2](\\.(0|[1-9][0-9]{0,9})){4,20}");
    private static final Pattern NAME = Pattern.compile("urn:(?!oid:|uuid:)[a-z0-9-]{2,30}:[A-Za-z0-9:._-]+");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");

    private static final Pattern REFERENCE =
            Pattern.compile("(https?://[A-Za-z0-9][A-Za-z0-9._:-]*/([A-Za-z0-9_.-]+/)*)?"
                    + "[A-Z][A-Za-z]{2,40}/[A-Za-z0-9.-]{1,64}(/_history/[A-Za-z0-9.-]{1,64})?");
    private static final Pattern REQUEST = Pattern.compile(
            "[A-Z][A-Za-z]{1,63}/[A-Za-z0-9.-]{1,64}/\\$[a-z]{1,32}(-[a-z]{1,32}){0,4}(\\?([A-Za-z0-9=&.-]|%[0-9A-F]{2}){1,1000})?");

    private static final Pattern NAME_OF_PART = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");

    private Text() {}

    static boolean isPlain(String text) {
        if (text.isEmpty()
                || text.length() > LONGEST
                || isSpace(text.charAt(0))
                || isSpace(text.charAt(text.length() - 1))) {
            return false;
        }
        for (int index = 0; index < text.length(); index++) {
            if (!isPlain(text.charAt(index))) {
                return false;
            }
        }
        return true;
    }

    /** A code is a text with single spaces at most. */
    static boolean isCode(String text) {
        return isPlain(text) && !text.contains("  ") && isInLine(text);
    }

    /** To a record of this or of another server, or to an entry of the same bundle. */
    static boolean isReference(String text) {
        return REFERENCE.matcher(text).matches() || isUuidOrOid(text);
    }

    private static boolean isInLine(String text) {
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0 && text.indexOf('\t') < 0;
    }

    /** The parts of an extension have names instead of addresses. */
    static boolean isName(String text) {
        return NAME_OF_PART.matcher(text).matches();
    }

    /** An operation of a record that is asked for below the base, as alerts lead to their reports. */
    static boolean isRequest(String text) {
        return REQUEST.matcher(text).matches();
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches()
                || UUID.matcher(text).matches()
                || OID.matcher(text).matches()
                || NAME.matcher(text).matches();
    }

    static boolean isUuidOrOid(String text) {
        return UUID.matcher(text).matches() || OID.matcher(text).matches();
    }

    private static boolean isSpace(char character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }

    /** Neither a control character, nor what could be HTML, nor a space or a direction of writing that nobody sees. */
    private static boolean isPlain(char character) {
        return isSpace(character)
                || (character > ' ' && character < 0x7f && character != '<')
                || (character > 0xa0 && character < 0x61c && character != 0xad)
                || (character >= 0x2010 && character <= 0x2027)
                || character == 0x20ac;
    }
}
