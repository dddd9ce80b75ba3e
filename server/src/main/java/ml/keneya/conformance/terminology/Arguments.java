package ml.keneya.conformance.terminology;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.ValueSet;
import org.jspecify.annotations.Nullable;

/** Reads what an operation was asked, and refuses what makes no sense. */
final class Arguments {

    private Arguments() {}

    static @Nullable String text(@Nullable IPrimitiveType<String> given) {
        return given == null || given.getValue() == null || given.getValue().isBlank()
                ? null
                : given.getValue().strip();
    }

    static String required(String name, @Nullable IPrimitiveType<String> given) {
        String text = text(given);
        if (text == null) {
            throw missing(name);
        }
        return text;
    }

    static RefusedException missing(String names) {
        return new RefusedException(Refusal.of(RefusalCode.MISSING_PARAMETER, names));
    }

    static int notNegative(String name, @Nullable IPrimitiveType<Integer> given, int otherwise) {
        if (given == null || given.getValue() == null) {
            return otherwise;
        }
        if (given.getValue() < 0) {
            throw new RefusedException(Refusal.of(RefusalCode.BAD_PARAMETER, name, given.getValueAsString()));
        }
        return given.getValue();
    }

    /** The language of names: the one asked for, else the one the client reads. */
    static String language(@Nullable IPrimitiveType<String> given, RequestDetails request) {
        String asked = text(given);
        return asked != null
                ? asked
                : Language.accepted(request.getHeader("Accept-Language"))
                        .locale()
                        .toLanguageTag();
    }

    static boolean isEnglish(String language) {
        return language.toLowerCase(Locale.ROOT).startsWith("en");
    }

    static ValueSet find(
            ValueSets valueSets,
            @Nullable IdType id,
            @Nullable IPrimitiveType<String> url,
            @Nullable IPrimitiveType<String> version) {
        return id != null && id.hasIdPart()
                ? valueSets.byId(id.getIdPart())
                : valueSets.byUrl(required("« url »", url), text(version));
    }

    /** The codings to look at, however they were given; the system may be missing only from a single code. */
    static List<Coding> codings(
            @Nullable IPrimitiveType<String> system,
            @Nullable IPrimitiveType<String> code,
            @Nullable IPrimitiveType<String> display,
            @Nullable Coding coding,
            @Nullable CodeableConcept concept) {
        List<Coding> codings = new ArrayList<>();
        if (text(code) != null) {
            codings.add(new Coding(text(system), text(code), text(display)));
        }
        if (coding != null && coding.hasCode()) {
            codings.add(coding);
        }
        if (concept != null) {
            concept.getCoding().stream().filter(Coding::hasCode).forEach(codings::add);
        }
        if (codings.isEmpty()) {
            throw missing("« code », « coding » / « codeableConcept »");
        }
        return codings;
    }
}
