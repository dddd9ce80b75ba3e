package ml.keneya.validation;

import ca.uhn.fhir.validation.SingleValidationMessage;
import java.text.MessageFormat;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ml.keneya.conformance.MaliProfiles;
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

    /** Names of messages that this package makes up itself. */
    static final String OURS = "keneya.";

    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)}");
    private static final Pattern RULE =
            Pattern.compile("Constraint failed: (\\S+): '(.+?)'(?: \\((?:defined in|url:|log:).*)?", Pattern.DOTALL);

    /** The library names a message without the ending by which it chooses between singular and plural. */
    private static final List<String> ENDINGS = List.of("", "_one", "_other");

    /** The library puts this sentence in place of a date that it cannot read. */
    private static final Pattern UNREADABLE_DATE = Pattern.compile("Invalid date/time format: \"(.*)\"");

    /** The library's templates, on the class path beside its classes. */
    private final ResourceBundle library = ResourceBundle.getBundle("Messages", Locale.ROOT);

    private final ResourceBundle french = ResourceBundle.getBundle("ml.keneya.validation.validator_fr", Locale.ROOT);

    /** HAPI's own sentences, which carry no name of their own; the keys are ours. */
    private final List<Sentence> unnamed;

    private final Map<String, Pattern> readers = new ConcurrentHashMap<>();
    private final MaliProfiles profiles;

    ValidatorWords(MaliProfiles profiles) {
        this.profiles = profiles;
        ResourceBundle sentences = ResourceBundle.getBundle("ml.keneya.validation.hapi_sentences", Locale.ROOT);
        // The longest first: a short one is sometimes the beginning of a longer one.
        this.unnamed = sentences.keySet().stream()
                .sorted(Comparator.comparing(
                                (String key) -> sentences.getString(key).length())
                        .reversed())
                .map(key -> new Sentence(key, readerOf(sentences.getString(key))))
                .toList();
    }

    Localized of(SingleValidationMessage message) {
        String english = String.valueOf(message.getMessage());
        String id = message.getMessageId() == null ? "" : message.getMessageId();
        return language -> language == Language.ENGLISH ? inEnglish(english) : inFrench(id, english);
    }

    /** Our rules are written in French; whoever reads English gets the English that stands beside it. */
    private String inEnglish(String sentence) {
        Matcher rule = RULE.matcher(sentence);
        return rule.matches()
                ? profiles.ruleInEnglish(rule.group(1))
                        .map(human -> "Rule " + rule.group(1) + " not met: " + human)
                        .orElse(sentence)
                : sentence;
    }

    private String inFrench(String id, String english) {
        Matcher rule = RULE.matcher(english);
        if (rule.matches()) {
            return ruleInFrench(rule.group(1), rule.group(2));
        }
        if (id.startsWith(OURS)) {
            return say(id);
        }
        return named(id, english)
                .or(() -> unnamed(english))
                .orElseGet(() -> french.getString("untranslated") + " " + english);
    }

    private String ruleInFrench(String key, String human) {
        if (profiles.ruleInEnglish(key).isPresent()) {
            return say("rule", key, human);
        }
        String known = "rule." + key;
        return french.containsKey(known) ? say("rule", key, say(known)) : say("rule-of-fhir", key, human);
    }

    private Optional<String> named(String id, String english) {
        return ENDINGS.stream()
                .map(ending -> id + ending)
                .filter(library::containsKey)
                .flatMap(key -> {
                    Matcher read = readers.computeIfAbsent(key, each -> readerOf(library.getString(each)))
                            .matcher(english);
                    return read.matches()
                            ? frenchKey(id, key).map(known -> say(known, argumentsIn(read))).stream()
                            : Stream.empty();
                })
                .findFirst();
    }

    private Optional<String> frenchKey(String id, String key) {
        return Stream.of(key, id).filter(french::containsKey).findFirst();
    }

    private Optional<String> unnamed(String english) {
        return unnamed.stream()
                .flatMap(sentence -> {
                    Matcher read = sentence.reader().matcher(english);
                    return read.matches() ? Stream.of(say(sentence.key(), argumentsIn(read))) : Stream.empty();
                })
                .findFirst();
    }

    private String say(String key, Object... arguments) {
        return new MessageFormat(french.getString(key), Locale.FRENCH).format(arguments);
    }

    /** Groups are named after the argument's number, because a template may name them in any order. */
    private static Object[] argumentsIn(Matcher read) {
        return IntStream.range(0, 10)
                .mapToObj(number -> read.pattern().pattern().contains("(?<a" + number + ">")
                        ? UNREADABLE_DATE.matcher(read.group("a" + number)).replaceFirst("$1")
                        : "")
                .toArray();
    }

    private static Pattern readerOf(String template) {
        String sentence = template.replace("''", "'").strip();
        StringBuilder expression = new StringBuilder();
        Matcher argument = ARGUMENT.matcher(sentence);
        int end = 0;
        while (argument.find()) {
            expression.append(Pattern.quote(sentence.substring(end, argument.start())));
            String group = "a" + argument.group(1);
            expression.append(
                    expression.indexOf("(?<" + group + ">") >= 0 ? "\\k<" + group + ">" : "(?<" + group + ">.*?)");
            end = argument.end();
        }
        String rest = sentence.substring(end);
        // The validator may append a remark of its own; an argument at the very end takes all there is.
        expression.append(rest.isEmpty() ? "" : Pattern.quote(rest) + ".*");
        return Pattern.compile(expression.toString(), Pattern.DOTALL);
    }

    private record Sentence(String key, Pattern reader) {}
}
