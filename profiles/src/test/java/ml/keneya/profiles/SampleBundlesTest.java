package ml.keneya.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample bundles are what newcomers copy, so they are held to more than validity. */
class SampleBundlesTest {

    private static final MalianValidator VALIDATOR = MalianValidator.shared();
    private static final Path SAMPLES = Path.of("../load-scripts/src/main/resources/samples");
    private static final String REGISTRY = "facility-registry.json";
    private static final List<String> VISITS = List.of(
            "cscom-sanankoroba-vaccination.json", "csref-kita-antenatal.json", "hub-segou-teleconsultation.json");
    private static final Map<String, String> PROFILES = Map.of(
            "Patient", "ml-patient",
            "RelatedPerson", "ml-related-person",
            "Coverage", "ml-coverage",
            "Encounter", "ml-encounter",
            "Immunization", "ml-immunization",
            "Condition", "ml-condition",
            "Observation", "ml-observation",
            "Organization", "ml-organization",
            "Location", "ml-location");

    // Monday to Sunday of epidemiological week 2026-W46.
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 9);
    private static final LocalDate SUNDAY = LocalDate.of(2026, 11, 15);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cscom-sanankoroba-vaccination.json",
                "csref-kita-antenatal.json",
                "hub-segou-teleconsultation.json",
                REGISTRY
            })
    void everySampleIsAValidTransaction(String file) {
        var json = Examples.read(SAMPLES.resolve(file));

        assertThat(MalianValidator.errors(VALIDATOR.validateBundle(json))).isEmpty();
        assertThat(VALIDATOR.parse(json).getType()).isEqualTo(Bundle.BundleType.TRANSACTION);
        for (var entry : VALIDATOR.parse(json).getEntry()) {
            var profile = PROFILES.get(entry.getResource().fhirType());
            if (profile != null) {
                var messages = VALIDATOR.validate(VALIDATOR.encode(entry.getResource()), profile);
                assertThat(MalianValidator.errors(messages)).as(profile).isEmpty();
                assertThat(messages).map(MalianValidator::key).noneMatch(key -> key.startsWith("ml-"));
            }
        }
    }

    @Test
    void theTeleconsultationKeepsTheProfileThatItClaims() {
        var encounter = only(bundle("hub-segou-teleconsultation.json"), Encounter.class);
        var claimed = encounter.getMeta().getProfile().get(0).getValue();

        assertThat(claimed).endsWith("/ml-telehealth-encounter");
        assertThat(MalianValidator.errors(VALIDATOR.validate(VALIDATOR.encode(encounter), "ml-telehealth-encounter")))
                .isEmpty();
    }

    @Test
    void everyReferenceLeadsToAnEntryOrToTheRegistry() {
        var registered = registry().getEntry().stream()
                .map(it -> it.getRequest().getUrl())
                .collect(Collectors.toSet());

        for (var bundle : bundles()) {
            var known = bundle.getEntry().stream()
                    .map(BundleEntryComponent::getFullUrl)
                    .collect(Collectors.toSet());
            known.addAll(registered);
            assertThat(references(bundle)).isNotEmpty().isSubsetOf(known);
        }
    }

    @Test
    void everythingThatHappenedHappenedInOneEpidemiologicalWeek() {
        assertThat(visits())
                .allSatisfy(bundle -> assertThat(events(bundle))
                        .hasSizeGreaterThan(2)
                        .allSatisfy(it -> assertThat(day(it)).isBetween(MONDAY, SUNDAY)));
    }

    @Test
    void aBundleSentAgainFindsItsPatient() {
        assertThat(visits()).allSatisfy(bundle -> {
            var conditional = bundle.getEntry().stream()
                    .filter(it -> it.getRequest().hasIfNoneExist())
                    .toList();
            assertThat(conditional).hasSize(1);
            assertThat(conditional.get(0).getResource()).isInstanceOf(Patient.class);
            assertThat(only(bundle, Patient.class).getIdentifier())
                    .map(it -> "identifier=" + it.getSystem() + "|" + it.getValue())
                    .contains(conditional.get(0).getRequest().getIfNoneExist());
        });
    }

    @Test
    void everySubmissionHasANumberOfItsOwn() {
        assertThat(bundles())
                .map(Bundle::getIdentifier)
                .allSatisfy(it -> assertThat(it.getSystem()).isEqualTo("https://keneya.ml/id/submission"))
                .map(Identifier::getValue)
                .doesNotHaveDuplicates()
                .doesNotContainNull();
    }

    @Test
    void everyVisitTookPlaceInARegion() {
        var places = registry().getEntry().stream()
                .map(BundleEntryComponent::getResource)
                .filter(Location.class::isInstance)
                .map(Location.class::cast)
                .collect(Collectors.toMap(it -> "Location/" + it.getIdPart(), it -> it));

        assertThat(visits())
                .map(it -> only(it, Encounter.class))
                .map(encounter -> {
                    var place = places.get(
                            encounter.getLocationFirstRep().getLocation().getReference());
                    while (place.hasPartOf()) {
                        place = places.get(place.getPartOf().getReference());
                    }
                    return place.getName();
                })
                .containsExactly("Koulikoro", "Kita", "Ségou");
    }

    @Test
    void theRegistryCanBeLoadedAgain() {
        assertThat(registry().getEntry())
                .allSatisfy(it -> assertThat(it.getRequest().getMethod()).isEqualTo(HTTPVerb.PUT))
                .allSatisfy(it -> assertThat(it.getRequest().getUrl())
                        .isEqualTo(it.getResource().fhirType() + "/"
                                + it.getResource().getIdElement().getIdPart()));
    }

    private static Bundle bundle(String file) {
        return VALIDATOR.parse(Examples.read(SAMPLES.resolve(file)));
    }

    private static Bundle registry() {
        return bundle(REGISTRY);
    }

    private static List<Bundle> visits() {
        return VISITS.stream().map(SampleBundlesTest::bundle).toList();
    }

    private static List<Bundle> bundles() {
        return Stream.concat(visits().stream(), Stream.of(registry())).toList();
    }

    private static <T extends Resource> T only(Bundle bundle, Class<T> type) {
        var found = bundle.getEntry().stream()
                .map(BundleEntryComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static Set<String> references(Bundle bundle) {
        return bundle.getEntry().stream()
                .flatMap(it -> VALIDATOR.within(it.getResource(), Reference.class).stream())
                .filter(Reference::hasReference)
                .map(Reference::getReference)
                .collect(Collectors.toSet());
    }

    /** What happened during the visit: a dose or a result copied from a card did not. */
    private static List<BaseDateTimeType> events(Bundle bundle) {
        return bundle.getEntry().stream()
                .map(BundleEntryComponent::getResource)
                .flatMap(SampleBundlesTest::eventsOf)
                .toList();
    }

    private static Stream<BaseDateTimeType> eventsOf(Resource resource) {
        if (resource instanceof Encounter encounter) {
            return Stream.of(
                    encounter.getPeriod().getStartElement(),
                    encounter.getPeriod().getEndElement());
        }
        if (resource instanceof Condition condition) {
            return Stream.of(condition.getOnsetDateTimeType(), condition.getRecordedDateElement());
        }
        if (resource instanceof Observation observation) {
            return Stream.of(observation.getEffectiveDateTimeType());
        }
        if (resource instanceof Immunization immunization && immunization.getPrimarySource()) {
            return Stream.of(immunization.getOccurrenceDateTimeType());
        }
        return Stream.empty();
    }

    private static LocalDate day(BaseDateTimeType moment) {
        assertThat(moment).isInstanceOf(DateTimeType.class);
        return LocalDate.parse(moment.getValueAsString().substring(0, "2026-11-09".length()));
    }
}
