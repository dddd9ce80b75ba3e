package ml.keneya.validation;

import ca.uhn.fhir.validation.ResultSeverityEnum;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.conformance.MaliProfiles;
import ml.keneya.fhir.Language;
import ml.keneya.validation.Finding.Kind;
import ml.keneya.validation.plausibility.Doubt;
import ml.keneya.validation.plausibility.People;
import ml.keneya.validation.plausibility.Plausibility;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/** Puts doubts into words: what is hardly true, the value that stands there, what was expected, what to do. */
@Component
class TellsDoubts {

    /** Before the name of the rule: the stable name of the finding. */
    static final String PREFIX = "keneya.plausibility.";

    private final Plausibility plausibility;
    private final ValidatorMessages messages;
    private final MaliProfiles profiles;

    TellsDoubts(Plausibility plausibility, ValidatorMessages messages, MaliProfiles profiles) {
        this.plausibility = plausibility;
        this.messages = messages;
        this.profiles = profiles;
    }

    Plausibility plausibility() {
        return plausibility;
    }

    /** @param path where the record stands in what was sent */
    List<Finding> about(IBaseResource resource, String path, People people) {
        if (!(resource instanceof Resource record)) {
            return List.of();
        }
        return plausibility.doubts(record, people).stream()
                .map(doubt -> finding(doubt, record.fhirType(), path))
                .toList();
    }

    private Finding finding(Doubt doubt, String type, String path) {
        Language language = Language.current();
        Object[] facts = doubt.facts().toArray();
        String key = "doubt." + doubt.rule();
        String said = Stream.of(
                        messages.own(language, "found", doubt.found()),
                        messages.own(language, key + ".expected", facts))
                .collect(Collectors.joining(" "));
        return new Finding(
                doubt.refuses() ? ResultSeverityEnum.ERROR : ResultSeverityEnum.WARNING,
                PREFIX + doubt.rule(),
                Kind.RULE,
                List.of(path + doubt.place().substring(type.length())),
                messages.own(language, key, facts),
                said,
                messages.own(language, "remedy.RULE"),
                profiles.baseOf(type)
                        .map(canonical -> messages.own(language, "guide", page(canonical, language)))
                        .orElse(""));
    }

    private static String page(String canonical, Language language) {
        return "/guide/" + language.locale().getLanguage() + "/"
                + canonical.replaceAll(".*/([^/]+)/([^/]+)", "$1-$2.html").toLowerCase(Locale.ROOT);
    }
}
