package ml.keneya.fhir;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version that a writer says it has read, from {@code If-Match} or {@code Bundle.entry.request.ifMatch} (RFC 9110,
 * section 13.1.1).
 *
 * @param version the number, or {@link #ANY} for {@code *}, which only asks that the record exists
 */
public record IfMatch(long version) {

    /** No version has this number. */
    public static final long ANY = 0;

    /** Our tags are version numbers; the letter and the quotes are forgiven to those who leave them out. */
    private static final Pattern OURS = Pattern.compile("(?:W/)?\"(\\d{1,18})\"|(\\d{1,18})");

    private static final Pattern SOMEBODY_ELSES = Pattern.compile("(?:W/)?\"[\\x21\\x23-\\x7E]*\"");

    /**
     * Reads a tag. One that is well-formed but cannot be ours matches no version, so what is sent with it is stale.
     *
     * @param expression where it stands in the body, nothing for the header
     */
    public static IfMatch read(String tag, String... expression) {
        if (tag.strip().equals("*")) {
            return new IfMatch(ANY);
        }
        Matcher ours = OURS.matcher(tag.strip());
        if (ours.matches()) {
            long version = Long.parseLong(ours.group(1) == null ? ours.group(2) : ours.group(1));
            if (version != ANY) {
                return new IfMatch(version);
            }
        }
        boolean wellFormed =
                ours.reset().matches() || SOMEBODY_ELSES.matcher(tag.strip()).matches();
        Refusal refusal =
                wellFormed ? Refusal.of(RefusalCode.STALE_VERSION) : Refusal.of(RefusalCode.BAD_HEADER, "If-Match");
        throw new RefusedException(refusal.at(expression));
    }

    /** @param current version of the record, negative when there is no such record */
    public boolean isMetBy(long current) {
        return version == ANY ? current >= 0 : version == current;
    }
}
