package ml.keneya.validation;

import ca.uhn.fhir.validation.SingleValidationMessage;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Localized;
import org.springframework.stereotype.Component;

/**
 * Puts the validator's messages into French. Its library ships an empty French catalogue and hands out finished English
 * sentences, so the arguments are read back out of the sentence by the library's own English template.
 *
 * <p>A message without a French template stays English, introduced in French: a developer can still use it.
 */
@Component
class ValidatorWords {

    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)}");
    private static final Pattern OUR_INVARIANT = Pattern.compile("Constraint failed: (ml-[a-z0-9-]+): '(.+)'(?: \\(defined in .*\\))?", Pattern.DOTALL);

    /** The library's templates, on the class path beside its classes. */
    private final ResourceBundle library = ResourceBundle.getBundle("Messages", Locale.ROOT);

    private final ResourceBundle french =
            ResourceBundle.getBundle("ml.keneya.validation.validator_fr", Locale.ROOT);

    private final Map<String, Optional<Pattern>> readers = new ConcurrentHashMap<>();

    Localized of(SingleValidationMessage message) {
        String english = String.valueOf(message.getMessage());
        String id = message.getMessageId();
        return language -> language == Language.ENGLISH ? english : inFrench(id == null ? "" : id, english);
    }

    private String inFrench(String id, String english) {
        return translate(id, english).orElseGet(() -> french.getString("untranslated") + " " + english);
    }

    private Optional<String> translate(String id, String english) {
        Matcher invariant = OUR_INVARIANT.matcher(english);
        if (invariant.matches()) {
            // Our invariants say in French what is wrong; the guide holds the English.
            return Optional.of(new MessageFormat(french.getString("invariant"))
                    .format(new Object[] {invariant.group(1), invariant.group(2)}));
        }
        if (!french.containsKey(id)) {
            return Optional.empty();
        }
        return readers.computeIfAbsent(id, this::readerOf)
                .map(reader -> reader.matcher(english))
                .filter(Matcher::matches)
                .map(read -> new MessageFormat(french.getString(id)).format(argumentsIn(read)));
    }

    /** Groups are named after the argument's number, because a template may name them in any order. */
    private static Object[] argumentsIn(Matcher read) {
        return IntStream.range(0, 10)
                .mapToObj(number -> read.pattern().pattern().contains("(?<a" + number + ">")
                        ? read.group("a" + number)
                        : "")
                .toArray();
    }

    private Optional<Pattern> readerOf(String id) {
        try {
            String template = library.getString(id).replace("''", "'");
            StringBuilder expression = new StringBuilder();
            Matcher argument = ARGUMENT.matcher(template);
            int end = 0;
            while (argument.find()) {
                expression.append(Pattern.quote(template.substring(end, argument.start())));
                String group = "a" + argument.group(1);
                expression.append(
                        expression.indexOf("(?<" + group + ">") >= 0 ? "\\k<" + group + ">" : "(?<" + group + ">.*?)");
                end = argument.end();
            }
            // The validator may append its own remark to the sentence of the template.
            expression.append(Pattern.quote(template.substring(end).strip())).append(".*");
            return Optional.of(Pattern.compile(expression.toString(), Pattern.DOTALL));
        } catch (MissingResourceException withoutTemplate) {
            return Optional.empty();
        }
    }
}
