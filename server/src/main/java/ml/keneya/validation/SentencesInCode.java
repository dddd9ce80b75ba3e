package ml.keneya.validation;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ml.keneya.fhir.HapiMessages;

/**
 * English sentences that HAPI makes up in its code, without a key, or keeps ready for readers of any language: what
 * they say is read back out of them by a template. Everything else has a key and is put into words once.
 */
final class SentencesInCode {

    private static final String IN_CODE = "hapi.";

    /** HAPI keeps answers about codes, so those of its catalogue reach us in English too. */
    private static final String KEPT = "org.hl7.fhir.common.hapi.validation.support.";

    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)}");

    private static final int LONGEST = 1_000;

    private final List<Sentence> sentences;

    SentencesInCode(ResourceBundle english, ResourceBundle french) {
        ResourceBundle hapi = ResourceBundle.getBundle("ca.uhn.fhir.i18n.hapi-messages", Locale.ROOT);
        Stream<Sentence> inCode = english.keySet().stream()
                .filter(key -> key.startsWith(IN_CODE))
                .map(key -> Sentence.of(english.getString(key), french.getString(key)));
        Stream<Sentence> kept = hapi.keySet().stream()
                .filter(key -> key.startsWith(KEPT))
                .map(key -> Sentence.of(hapi.getString(key), HapiMessages.template(key)));
        // The longest first: a short one is sometimes the beginning of a longer one.
        this.sentences = Stream.concat(inCode, kept)
                .sorted((one, other) -> other.length() - one.length())
                .toList();
    }

    /** The sentence itself when no template fits: it may be French already, or a word. */
    String inFrench(String sentence) {
        // What a sender wrote passes here too: a word is no sentence, and a long text could keep the templates busy.
        if (sentence.length() > LONGEST || sentence.indexOf(' ') < 0) {
            return sentence;
        }
        return sentences.stream()
                .flatMap(each -> each.translate(sentence).stream())
                .findFirst()
                .orElse(sentence);
    }

    private record Sentence(Pattern english, List<Integer> arguments, String french, int length) {

        static Sentence of(String english, String french) {
            String sentence = english.replace("''", "'").strip();
            StringBuilder expression = new StringBuilder();
            List<Integer> arguments = new ArrayList<>();
            Matcher argument = ARGUMENT.matcher(sentence);
            int end = 0;
            while (argument.find()) {
                expression
                        .append(Pattern.quote(sentence.substring(end, argument.start())))
                        .append("(.*?)");
                arguments.add(Integer.valueOf(argument.group(1)));
                end = argument.end();
            }
            expression.append(Pattern.quote(sentence.substring(end)));
            return new Sentence(
                    Pattern.compile(expression.toString(), Pattern.DOTALL),
                    List.copyOf(arguments),
                    french,
                    english.length());
        }

        Optional<String> translate(String sentence) {
            Matcher read = english.matcher(sentence);
            if (!read.matches()) {
                return Optional.empty();
            }
            Object[] values = new Object[10];
            IntStream.range(0, arguments.size()).forEach(group -> values[arguments.get(group)] = read.group(group + 1));
            return Optional.of(new MessageFormat(french, Locale.FRENCH).format(values));
        }
    }
}
