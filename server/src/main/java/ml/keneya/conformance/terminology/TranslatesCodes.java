package ml.keneya.conformance.terminology;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import ml.keneya.conformance.ConformancePackages;
import ml.keneya.conformance.LoadedCodeSystems;
import ml.keneya.conformance.MapsBesidePackages;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupComponent;
import org.hl7.fhir.r4.model.Enumerations.ConceptMapEquivalence;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code ConceptMap/$translate}: what a code of one list is in another. */
@Component
class TranslatesCodes {

    /** What the source is when the target is this (a target that is wider makes its source narrower). */
    private static ConceptMapEquivalence turned(ConceptMapEquivalence equivalence) {
        return switch (equivalence) {
            case WIDER -> ConceptMapEquivalence.NARROWER;
            case NARROWER -> ConceptMapEquivalence.WIDER;
            case SUBSUMES -> ConceptMapEquivalence.SPECIALIZES;
            case SPECIALIZES -> ConceptMapEquivalence.SUBSUMES;
            default -> equivalence;
        };
    }

    private static final Set<ConceptMapEquivalence> NO_MATCH =
            Set.of(ConceptMapEquivalence.UNMATCHED, ConceptMapEquivalence.DISJOINT);

    private final List<ConceptMap> maps;
    private final CodeSystems codeSystems;
    private final LoadedCodeSystems loaded;

    TranslatesCodes(
            ConformancePackages packages,
            CodeSystems codeSystems,
            LoadedCodeSystems loaded,
            List<MapsBesidePackages> others) {
        this.loaded = loaded;
        this.maps = Stream.concat(
                        packages.all().stream()
                                .flatMap(content -> content.resources().stream())
                                .filter(ConceptMap.class::isInstance)
                                .map(ConceptMap.class::cast),
                        others.stream().flatMap(each -> each.maps().stream()))
                .toList();
        this.codeSystems = codeSystems;
    }

    @Operation(
            name = "$translate",
            typeName = "ConceptMap",
            canonicalUrl = "http://hl7.org/fhir/OperationDefinition/ConceptMap-translate",
            idempotent = true)
    public Parameters translate(
            @IdParam(optional = true) @Nullable IdType id,
            @OperationParam(name = "url", typeName = "uri") @Nullable IPrimitiveType<String> url,
            @OperationParam(name = "conceptMapVersion", typeName = "string") @Nullable IPrimitiveType<String> version,
            @OperationParam(name = "code", typeName = "code") @Nullable IPrimitiveType<String> code,
            @OperationParam(name = "system", typeName = "uri") @Nullable IPrimitiveType<String> system,
            @OperationParam(name = "coding") @Nullable Coding coding,
            @OperationParam(name = "codeableConcept") @Nullable CodeableConcept concept,
            @OperationParam(name = "targetsystem", typeName = "uri") @Nullable IPrimitiveType<String> target,
            @OperationParam(name = "reverse", typeName = "boolean") @Nullable IPrimitiveType<Boolean> reverse,
            RequestDetails request) {
        boolean backwards = reverse != null && Boolean.TRUE.equals(reverse.getValue());
        String targetSystem = Arguments.text(target);
        List<Coding> codings = Arguments.codings(system, code, null, coding, concept);
        List<Match> ofPublishers = ofPublishers(id, Arguments.text(url), targetSystem, codings, backwards);
        boolean asked =
                !ofPublishers.isEmpty() || hasPublishersMap(id, Arguments.text(url), targetSystem, codings, backwards);
        List<ConceptMap> chosen = choose(id, Arguments.text(url), Arguments.text(version), asked);
        String language = Arguments.language(null, request);
        List<Match> matches = new ArrayList<>(ofPublishers);
        for (ConceptMap map : chosen) {
            for (ConceptMapGroupComponent group : map.getGroup()) {
                String from = backwards ? group.getTarget() : group.getSource();
                String to = backwards ? group.getSource() : group.getTarget();
                if (targetSystem != null && !targetSystem.equals(to)) {
                    continue;
                }
                for (Coding candidate : codings) {
                    if (!candidate.hasSystem() || candidate.getSystem().equals(from)) {
                        asked = true;
                        matches.addAll(matches(map, group, candidate.getCode(), backwards));
                    }
                }
            }
        }
        if (!asked) {
            String wanted = codings.get(0).getSystem() + " → " + (targetSystem == null ? "?" : targetSystem);
            throw new RefusedException(Refusal.of(RefusalCode.UNKNOWN_CONCEPT_MAP, wanted));
        }
        return answer(matches, codings.get(0), language);
    }

    /**
     * What the publishers of loaded systems say a code is elsewhere. They grade no correspondence, and some of theirs
     * hold only for some patients, so they are no more than related.
     */
    private List<Match> ofPublishers(
            @Nullable IdType id,
            @Nullable String url,
            @Nullable String target,
            List<Coding> codings,
            boolean backwards) {
        if (id != null && id.hasIdPart()) {
            return List.of();
        }
        return codings.stream()
                .filter(Coding::hasSystem)
                .flatMap(coding -> loaded.translations(coding.getSystem(), coding.getCode(), backwards).stream())
                .filter(found -> url == null || url.equals(found.map()))
                .filter(found -> target == null || target.equals(found.system()))
                .map(found -> new Match(found.map(), ConceptMapEquivalence.RELATEDTO, found.system(), found.code()))
                .toList();
    }

    /** Then a code without a row in it is answered too: it has no correspondence. */
    private boolean hasPublishersMap(
            @Nullable IdType id,
            @Nullable String url,
            @Nullable String target,
            List<Coding> codings,
            boolean backwards) {
        return (id == null || !id.hasIdPart())
                && codings.stream()
                        .filter(Coding::hasSystem)
                        .anyMatch(coding -> loaded.translates(coding.getSystem(), url, target, backwards));
    }

    private List<ConceptMap> choose(
            @Nullable IdType id, @Nullable String url, @Nullable String version, boolean orNone) {
        List<ConceptMap> chosen = maps.stream()
                .filter(map -> id == null || !id.hasIdPart() || id.getIdPart().equals(map.getIdPart()))
                .filter(map ->
                        url == null || url.equals(map.getUrl()) || url.equals(map.getUrl() + "|" + map.getVersion()))
                .filter(map -> version == null || version.equals(map.getVersion()))
                .toList();
        if (chosen.isEmpty() && !orNone) {
            String wanted = id != null && id.hasIdPart() ? id.getIdPart() : String.valueOf(url);
            throw new RefusedException(Refusal.of(RefusalCode.UNKNOWN_CONCEPT_MAP, wanted));
        }
        return chosen;
    }

    private static List<Match> matches(ConceptMap map, ConceptMapGroupComponent group, String code, boolean backwards) {
        List<Match> matches = new ArrayList<>();
        for (var element : group.getElement()) {
            for (var target : element.getTarget()) {
                if (!code.equals(backwards ? target.getCode() : element.getCode())) {
                    continue;
                }
                matches.add(
                        backwards
                                ? new Match(
                                        map.getUrl(),
                                        turned(target.getEquivalence()),
                                        group.getSource(),
                                        element.getCode())
                                : new Match(
                                        map.getUrl(), target.getEquivalence(), group.getTarget(), target.getCode()));
            }
        }
        return matches;
    }

    private Parameters answer(List<Match> matches, Coding asked, String language) {
        boolean translated = matches.stream().anyMatch(match -> !NO_MATCH.contains(match.equivalence()));
        Parameters answer = new Parameters();
        answer.addParameter("result", translated);
        if (!translated) {
            Language spoken = Arguments.isEnglish(language) ? Language.ENGLISH : Language.FRENCH;
            answer.addParameter("message", Outcomes.message("code.not-mapped", spoken, asked.getCode()));
        }
        for (Match match : matches) {
            ParametersParameterComponent part = answer.addParameter().setName("match");
            part.addPart()
                    .setName("equivalence")
                    .setValue(new CodeType(match.equivalence().toCode()));
            if (match.code() != null) {
                String display = codeSystems
                        .term(match.system(), null, match.code())
                        .map(term -> term.in(language))
                        .orElse(null);
                part.addPart().setName("concept").setValue(new Coding(match.system(), match.code(), display));
            }
            part.addPart().setName("source").setValue(new UriType(match.map()));
        }
        return answer;
    }

    /** @param code absent when the map says that there is none */
    private record Match(
            String map,
            ConceptMapEquivalence equivalence,
            String system,
            @Nullable String code) {}
}
