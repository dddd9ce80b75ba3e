package ml.keneya.validation;

import ca.uhn.fhir.validation.SingleValidationMessage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.conformance.MaliProfiles;
import ml.keneya.fhir.Language;
import ml.keneya.validation.Finding.Kind;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Base;
import org.springframework.stereotype.Component;

/**
 * Makes of the validator's message what a developer needs to mend the fault alone: the place in what was sent, the
 * value that stands there, what may stand there, what to do, and the page of the guide that says why.
 */
@Component
class DescribesFindings {

    /** By the validator's names of its messages; the first that fits. */
    private static final List<Map.Entry<Pattern, Kind>> KINDS = List.of(
            kind("keneya\\.validat.*", Kind.UNREADABLE),
            kind(".*#.*", Kind.RULE),
            kind("Validation_VAL_Profile_Minimum.*|.*_MISSING|Terminology_TX_Code_ValueSet.*", Kind.MISSING),
            kind("Validation_VAL_Profile_Maximum.*", Kind.TOO_MANY),
            kind(
                    "Unrecognised_.*|Undefined_.*|Validation_VAL_Profile_Not.*|Profile_VAL_NotAllowed",
                    Kind.UNKNOWN_ELEMENT),
            kind("Type_Specific_.*|.*_must_have_some_content|This_.*|Error_parsing_.*|_DT_Fixed_Wrong", Kind.FORMAT),
            kind("Reference_REF.*|Bundle_BUNDLE.*|Unable_to_resolve.*", Kind.REFERENCE),
            kind("Terminology_.*|.*_code_.*|UNKNOWN_CODESYSTEM.*|.*Display.*|None_of_the_provided.*", Kind.CODE),
            kind("Extension_.*", Kind.EXTENSION));

    /** Where a resource is contained or an entry, the validator puts a remark into the path. */
    private static final Pattern REMARK = Pattern.compile("/\\*.*?\\*/");

    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s()«»\"'|,#]+");
    private static final Pattern RULE_OF_PROFILE =
            Pattern.compile("(.*/StructureDefinition/[^/|#]+)(?:\\|[^#]*)?#(.+)");

    /** Which of the profiles that apply asks it does not matter to who corrects it. */
    private static final Pattern WHICH_PROFILE =
            Pattern.compile(" \\((?:d'après|définie dans|from|defined in) [^()]*\\)");

    private final ValidatorMessages messages;
    private final AllowedCodes allowedCodes;
    private final MaliProfiles profiles;

    DescribesFindings(ValidatorMessages messages, AllowedCodes allowedCodes, MaliProfiles profiles) {
        this.messages = messages;
        this.allowedCodes = allowedCodes;
        this.profiles = profiles;
    }

    /** @param path where the resource stands in what was sent */
    Finding describe(SingleValidationMessage message, IBaseResource resource, String path) {
        Language language = Language.current();
        // Most of it is in the reader's language already; what came without a key is put into it now.
        String text = messages.finished(language, String.valueOf(message.getMessage()));
        String name = message.getMessageId() == null ? "" : message.getMessageId();
        Kind kind = kindOf(name);
        String location =
                REMARK.matcher(String.valueOf(message.getLocationString())).replaceAll("");
        boolean located = location.startsWith(resource.fhirType());
        String place = located ? path + location.substring(resource.fhirType().length()) : path;
        String found = located && kind != Kind.TOO_MANY ? ValueAt.path((Base) resource, location) : "";
        String sentence = sentence(WHICH_PROFILE
                .matcher(text)
                .replaceAll("")
                .replaceAll(" {2,}", " ")
                .strip());
        String facts = Stream.of(
                        found.isEmpty() || text.contains(found) ? "" : messages.own(language, "found", found),
                        kind == Kind.CODE || kind == Kind.MISSING ? expected(language, text) : "")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        return new Finding(
                message.getSeverity(),
                name,
                kind,
                List.of(place),
                sentence,
                facts,
                messages.own(language, "remedy." + kind),
                page(language, name, text, resource.fhirType()));
    }

    private String expected(Language language, String text) {
        return addressesIn(text)
                .map(allowedCodes::of)
                .flatMap(Optional::stream)
                .findFirst()
                .map(codes -> messages.own(language, "expected", codes))
                .orElse("");
    }

    /** The page of the rule, of the profile or the codes that are named, or of the profile that applies to the type. */
    private String page(Language language, String name, String text, String type) {
        Matcher rule = RULE_OF_PROFILE.matcher(name);
        Optional<String> page = rule.matches() && profiles.contains(rule.group(1))
                ? Optional.of(pageOf(rule.group(1)) + "#" + rule.group(2))
                : addressesIn(text)
                        .filter(address -> allowedCodes.isOurs(address) || profiles.contains(address))
                        .findFirst()
                        .or(() -> profiles.baseOf(type))
                        .map(DescribesFindings::pageOf);
        return page.map(file -> messages.own(
                        language, "guide", "/guide/" + language.locale().getLanguage() + "/" + file))
                .orElse("");
    }

    /** As the guide names its files. */
    private static String pageOf(String canonical) {
        return canonical.replaceAll(".*/([^/]+)/([^/]+)", "$1-$2.html").toLowerCase(Locale.ROOT);
    }

    private static Stream<String> addressesIn(String text) {
        return ADDRESS.matcher(text).results().map(found -> found.group());
    }

    private static String sentence(String text) {
        return text.isEmpty() || ".!?".indexOf(text.charAt(text.length() - 1)) >= 0 ? text : text + ".";
    }

    private static Kind kindOf(String name) {
        return KINDS.stream()
                .filter(each -> each.getKey().matcher(name).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Kind.OTHER);
    }

    private static Map.Entry<Pattern, Kind> kind(String names, Kind kind) {
        return Map.entry(Pattern.compile(names, Pattern.CASE_INSENSITIVE), kind);
    }
}
