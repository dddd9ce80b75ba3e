package ml.keneya.test;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must never leave the server: its classes, its library's codes, its SQL, a stack trace, where it runs. */
final class Insides {

    private static final List<Pattern> SIGNS = signs();

    private Insides() {}

    /** The first of each kind that stands in a body; none is as it should be. */
    static List<String> in(String body) {
        List<String> found = new ArrayList<>();
        for (Pattern sign : SIGNS) {
            Matcher matcher = sign.matcher(body);
            if (matcher.find()) {
                found.add(matcher.group());
            }
        }
        return found;
    }

    private static List<Pattern> signs() {
        List<Pattern> signs = new ArrayList<>(List.of(
                Pattern.compile("HAPI-\\d"),
                // Classes; the package of profiles is called ml.keneya.core, and no class of it begins with a capital.
                Pattern.compile("\\b(?:java|javax|jakarta|org|com|ca|io|ml)(?:\\.[a-z_]\\w*)+\\.[A-Z]\\w*"),
                Pattern.compile("\\b(?:java\\.|ca\\.uhn|org\\.hl7\\.fhir|org\\.springframework|org\\.hibernate)"),
                Pattern.compile("\\b\\w*(?:Exception|StackOverflow|OutOfMemory)\\w*"),
                Pattern.compile("\tat |\\\\tat |\\.java:\\d+"),
                Pattern.compile("SQLSTATE|PSQL|jdbc:|\\bhfj_|\\bpg_catalog", Pattern.CASE_INSENSITIVE),
                Pattern.compile(
                        "duplicate key value|violates [\\w-]+ constraint|canceling statement|relation \\S+ does"),
                Pattern.compile("\\b(?:insert into|delete from|select\\b[^.]{1,200}\\bfrom) (?:keneya\\.|hfj)")));
        hostName().ifPresent(signs::add);
        return List.copyOf(signs);
    }

    /** Of three letters and fewer it might be any word. */
    private static Optional<Pattern> hostName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.length() < 4 || name.startsWith("localhost")
                    ? Optional.empty()
                    : Optional.of(Pattern.compile("\\b" + Pattern.quote(name) + "\\b"));
        } catch (UnknownHostException nameless) {
            return Optional.empty();
        }
    }
}
