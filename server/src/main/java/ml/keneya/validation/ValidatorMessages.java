package ml.keneya.validation;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ml.keneya.conformance.MaliProfiles;
import ml.keneya.fhir.Language;
import org.hl7.fhir.utilities.i18n.I18nConstants;
import org.springframework.stereotype.Component;

/**
 * What the validator says, in French and English. Its library ships an empty French catalogue: ours has the same keys
 * in the same order, under a name of its own so that neither hides the other.
 */
@Component
class ValidatorMessages {

    /** Messages that this package makes up itself are passed on by name and put into words last. */
    static final String FAILED = "keneya.validator-failed";

    static final String TOO_LONG = "keneya.validation-too-long";
    static final String SIGNATURE_UNCHECKED = "keneya.signature-unchecked";

    private static final Set<String> OURS = Set.of(FAILED, TOO_LONG, SIGNATURE_UNCHECKED);
    private static final Set<String> RULE_FAILED = Set.of(I18nConstants.INV_FAILED, I18nConstants.INV_FAILED_SOURCE);

    /** Their arguments name kinds of JSON value by English words. */
    private static final Pattern ON_JSON =
            Pattern.compile("JSON_COMMA_EXTRA|This_property_must_be.*|UNRECOGNISED_PROPERTY_TYPE.*");

    /** The library hands the answers of its terminology over inside of an argument. */
    private static final Pattern BECAUSE = Pattern.compile(" \\(error message = (.*)\\)", Pattern.DOTALL);

    /** How the library writes values of FHIR into some arguments: by the class that holds them. */
    private static final Pattern TYPED = Pattern.compile("\\b[A-Z][A-Za-z0-9]{2,20}Type\\[([^\\]]*)]");

    private static final Pattern CAUSES = Pattern.compile("; ");

    private static final Map<Language, ResourceBundle> LIBRARY =
            Map.of(Language.ENGLISH, bundle("Messages"), Language.FRENCH, bundle("ml.keneya.validation.validator_fr"));

    private static final Map<Language, ResourceBundle> WORDS = Map.of(
            Language.ENGLISH, bundle("ml.keneya.validation.words_en"),
            Language.FRENCH, bundle("ml.keneya.validation.words_fr"));

    private static final ResourceBundle RULES_IN_FRENCH = bundle("ml.keneya.validation.rules_fr");

    private final SentencesInCode sentences =
            new SentencesInCode(bundle(WORDS, Language.ENGLISH), bundle(WORDS, Language.FRENCH));
    private final MaliProfiles profiles;

    ValidatorMessages(MaliProfiles profiles) {
        this.profiles = profiles;
    }

    /** @param key a key of the library, or a sentence that stands in its code */
    String say(Language language, String key, Object... arguments) {
        if (RULE_FAILED.contains(key)) {
            return ruleFailed(language, key, arguments);
        }
        ResourceBundle library = bundle(LIBRARY, language);
        if (!library.containsKey(key)) {
            return finished(language, key);
        }
        boolean onJson = ON_JSON.matcher(key).matches();
        Object[] told = Arrays.stream(arguments)
                .map(argument -> argument instanceof String text ? argument(language, text, onJson) : argument)
                .toArray();
        return format(language, library.getString(key), told);
    }

    /**
     * The library keeps one text for one and one for more. French counts nought as one; its third form, for round
     * millions ("un million de codes"), reads like the second where a number in digits stands before the noun.
     */
    String sayOfSeveral(Language language, int number, String key, Object... arguments) {
        boolean one = language == Language.FRENCH ? Math.abs(number) < 2 : number == 1;
        Object[] all = new Object[arguments.length + 1];
        all[0] = number;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return say(language, key + (one ? "_one" : "_other"), all);
    }

    /** A sentence that came out of code, without a key of the library: HAPI's, or the name of one of ours. */
    String finished(Language language, String sentence) {
        if (OURS.contains(sentence)) {
            return own(language, sentence);
        }
        return language == Language.FRENCH ? sentences.inFrench(sentence) : sentence;
    }

    String own(Language language, String key, Object... arguments) {
        return format(language, bundle(WORDS, language).getString(key), arguments);
    }

    /** Mali's profiles say their rules in French and keep the English beside it; FHIR's own are English. */
    private String ruleFailed(Language language, String key, Object... arguments) {
        String rule = String.valueOf(arguments[0]);
        String human = String.valueOf(arguments[1]);
        Optional<String> english = profiles.ruleInEnglish(rule);
        if (english.isPresent()) {
            return own(language, "rule", rule, language == Language.ENGLISH ? english.get() : human);
        }
        Object[] told = arguments.clone();
        if (language == Language.FRENCH && RULES_IN_FRENCH.containsKey(rule)) {
            told[1] = RULES_IN_FRENCH.getString(rule);
        }
        return format(language, bundle(LIBRARY, language).getString(key), told);
    }

    private String argument(Language language, String text, boolean onJson) {
        Matcher because = BECAUSE.matcher(text);
        if (because.matches()) {
            return because(language, because.group(1));
        }
        String kind = "json." + text.replace(' ', '-');
        return onJson && bundle(WORDS, language).containsKey(kind) ? own(language, kind) : finished(language, text);
    }

    /** That a code is unknown is what the sentence around it says already. */
    private String because(Language language, String causes) {
        String told = CAUSES.splitAsStream(causes)
                .filter(cause -> !cause.startsWith("Unknown code"))
                .map(cause -> finished(language, cause))
                .distinct()
                .collect(Collectors.joining(" ; "));
        return told.isEmpty() ? "" : " (" + told + ")";
    }

    private static String format(Language language, String text, Object... arguments) {
        return TYPED.matcher(new MessageFormat(text.strip(), language.locale()).format(arguments))
                .replaceAll("$1");
    }

    private static ResourceBundle bundle(Map<Language, ResourceBundle> bundles, Language language) {
        return Objects.requireNonNull(bundles.get(language));
    }

    private static ResourceBundle bundle(String name) {
        return ResourceBundle.getBundle(name, Locale.ROOT);
    }
}
