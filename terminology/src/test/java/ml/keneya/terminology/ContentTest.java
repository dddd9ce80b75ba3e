package ml.keneya.terminology;

import static ml.keneya.terminology.BuiltPackage.codeSystem;
import static ml.keneya.terminology.BuiltPackage.concepts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupComponent;
import org.hl7.fhir.r4.model.ConceptMap.TargetElementComponent;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.api.Test;

/** What the lists say, and that they agree with each other. */
class ContentTest {

    @Test
    void namesEveryConceptOnceInFrenchAndInEnglish() {
        for (var system : BuiltPackage.resources(CodeSystem.class)) {
            assertThat(BuiltPackage.codes(system)).as(system.getUrl()).doesNotHaveDuplicates();
            assertThat(concepts(system))
                    .as(system.getUrl())
                    .hasSize(system.getCount())
                    .allSatisfy(concept -> {
                        assertThat(concept.getDisplay()).isNotBlank().isEqualTo(designation(concept, "fr"));
                        assertThat(designation(concept, "en")).isNotBlank();
                    });
        }
    }

    @Test
    void keepsEveryDivisionUnderItsParent() {
        for (var divisions : List.of(divisions(2015), divisions(2023))) {
            assertThat(concepts(divisions))
                    .allSatisfy(parent -> assertThat(parent.getConcept()).allSatisfy(child -> {
                        assertThat(property(child, "parent")).containsExactly(parent.getCode());
                        assertThat(child.getCode()).startsWith(parent.getCode());
                    }));
            assertThat(divisions.getConcept())
                    .allSatisfy(root -> assertThat(property(root, "parent")).isEmpty());
        }
    }

    @Test
    void keepsTheTwoNumberingsOfDivisionsApart() {
        assertThat(display(2015, "ML09")).isEqualTo("Bamako");
        assertThat(display(2023, "00")).isEqualTo("Bamako");
        assertThat(display(2023, "09")).isEqualTo("Taoudénit");
        assertThat(display(2023, "10")).isEqualTo("Ménaka");
        assertThat(display(2015, "ML0101")).isEqualTo("Kayes");
        assertThat(property(concept(divisions(2015), "ML0101"), "alphabetical-code"))
                .containsExactly("ML0103");
    }

    @Test
    void placesSanankorobaInTheCercleOfKati() {
        var sanankoroba = concept(divisions(2015), "ML020531");

        assertThat(sanankoroba.getDisplay()).isEqualTo("Sanankoroba");
        assertThat(display(2015, property(sanankoroba, "parent").get(0))).isEqualTo("Kati");
    }

    @Test
    void mapsEveryCommuneToARegionAndClaimsNoCertainty() {
        var map = map("ml-commune-2015-to-region-2023");
        var communes = concepts(divisions(2015)).stream()
                .filter(division -> property(division, "level").contains("commune"))
                .map(ConceptDefinitionComponent::getCode)
                .collect(Collectors.toCollection(TreeSet::new));
        var regions = divisions(2023).getConcept().stream()
                .map(ConceptDefinitionComponent::getCode)
                .toList();

        assertThat(targets(map).keySet()).isEqualTo(communes);
        assertThat(targets(map).values()).allSatisfy(targets -> {
            assertThat(targets)
                    .hasSize(1)
                    .extracting(TargetElementComponent::getCode)
                    .isSubsetOf(regions);
            assertThat(targets)
                    .allSatisfy(target -> assertThat(target.getComment()).startsWith("Non certain"));
        });
    }

    @Test
    void mapsOnlyWhatOurListsHold() {
        for (var map : BuiltPackage.resources(ConceptMap.class)) {
            assertThat(map.getGroup()).as(map.getUrl()).isNotEmpty().allSatisfy(group -> {
                if (group.getSource().startsWith(Heading.CANONICAL_BASE)) {
                    assertThat(targets(group).keySet()).isSubsetOf(codesBehind(group.getSource()));
                }
                if (group.getTarget().startsWith(Heading.CANONICAL_BASE)) {
                    assertThat(targets(group).values().stream().flatMap(List::stream))
                            .extracting(TargetElementComponent::getCode)
                            .isSubsetOf(codesBehind(group.getTarget()));
                }
            });
        }
    }

    /** Labels that nobody knows would restrict nothing. */
    @Test
    void mapsSensitiveCodesToTheLabelsOfTheList() {
        var labels = BuiltPackage.resources(ValueSet.class).stream()
                .filter(list -> list.getIdPart().equals("ml-sensitivity-label"))
                .flatMap(list -> list.getCompose().getInclude().stream())
                .flatMap(include ->
                        include.getConcept().stream().map(concept -> include.getSystem() + "|" + concept.getCode()))
                .collect(Collectors.toSet());

        assertThat(map("ml-code-to-sensitivity").getGroup().stream()
                        .flatMap(group -> targets(group).values().stream()
                                .flatMap(List::stream)
                                .map(target -> group.getTarget() + "|" + target.getCode())))
                .isNotEmpty()
                .isSubsetOf(labels);
    }

    @Test
    void saysTheSameIcd10CodesInTheListOfDiseasesAndInItsMap() {
        var certain = new TreeMap<String, List<String>>();
        var uncertain = new TreeMap<String, List<String>>();
        targets(map("ml-notifiable-disease-to-icd-10")).forEach((disease, targets) -> {
            certain.put(disease, codes(targets, "Certain"));
            uncertain.put(disease, codes(targets, "Non certain"));
        });

        assertThat(concepts(codeSystem("ml-notifiable-disease"))).allSatisfy(disease -> {
            assertThat(property(disease, "icd10")).hasSameElementsAs(certain.get(disease.getCode()));
            assertThat(property(disease, "icd10-indicative")).hasSameElementsAs(uncertain.get(disease.getCode()));
        });
    }

    @Test
    void givesEveryDoseAVaccineOfTheList() {
        var vaccines = BuiltPackage.codes(codeSystem("ml-vaccine"));

        assertThat(concepts(codeSystem("ml-vaccine-dose")))
                .allSatisfy(
                        dose -> assertThat(property(dose, "vaccine")).hasSize(1).isSubsetOf(vaccines));
    }

    @Test
    void marksWhatNoMalianSourceConfirms() {
        assertThat(concepts(codeSystem("ml-notifiable-disease")))
                .allSatisfy(disease ->
                        assertThat(property(disease, "notification-certain")).containsExactly("false"));
        assertThat(concepts(codeSystem("ml-vaccine")))
                .filteredOn(vaccine -> property(vaccine, "certain").contains("false"))
                .extracting(ConceptDefinitionComponent::getCode)
                .containsExactly("HEPB0", "PCV", "ROTA", "VPI", "TD");
    }

    @Test
    void saysOfEveryThresholdThatMaliHasNotAdoptedItAndWhereItComesFrom() {
        assertThat(concepts(codeSystem("ml-alert-threshold"))).hasSize(112).allSatisfy(rule -> {
            assertThat(property(rule, "mali-adoption")).containsExactly("unverified");
            assertThat(property(rule, "source")).hasSize(1);
            assertThat(property(rule, "disease"))
                    .hasSize(1)
                    .isSubsetOf(BuiltPackage.codes(codeSystem("ml-notifiable-disease")));
        });
    }

    @Test
    void marksEveryFacilityAsSynthetic() {
        assertThat(concepts(codeSystem("ml-facility-synthetic")))
                .hasSizeGreaterThan(700)
                .allSatisfy(facility -> {
                    assertThat(facility.getCode()).startsWith("syn-");
                    assertThat(facility.getDisplay()).endsWith("(synthétique)");
                    assertThat(property(facility, "synthetic")).containsExactly("true");
                });
    }

    @Test
    void limitsTheMalariaVaccineToItsDistrictsFromItsLaunch() {
        assertThat(concepts(codeSystem("ml-vaccine-dose")))
                .filteredOn(dose -> property(dose, "vaccine").contains("R21"))
                .hasSize(5)
                .allSatisfy(dose -> {
                    assertThat(property(dose, "scope")).containsExactly("selected-districts");
                    assertThat(property(dose, "scope-region")).hasSize(5);
                    assertThat(property(dose, "valid-from")).containsExactly("2025-04-25");
                });
    }

    @Test
    void claimsCertaintyOfNoIcd11CodeOfADisease() {
        assertThat(targets(map("ml-notifiable-disease-to-icd-11")).values().stream()
                        .flatMap(List::stream))
                .isNotEmpty()
                .allSatisfy(target -> assertThat(target.getComment()).startsWith("Non certain"));
    }

    @Test
    void leavesTheCodesOfOwnersToTheFacilityRegistry() {
        var owners = codeSystem("ml-owner");

        assertThat(owners.getContent()).isEqualTo(CodeSystem.CodeSystemContentMode.NOTPRESENT);
        assertThat(owners.getConcept()).isEmpty();
    }

    private static CodeSystem divisions(int year) {
        return codeSystem("ml-administrative-division-" + year);
    }

    private static ConceptDefinitionComponent concept(CodeSystem system, String code) {
        return concepts(system).stream()
                .filter(concept -> concept.getCode().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static String display(int year, String code) {
        return concept(divisions(year), code).getDisplay();
    }

    private static String designation(ConceptDefinitionComponent concept, String language) {
        return concept.getDesignation().stream()
                .filter(designation -> designation.getLanguage().equals(language))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static List<String> property(ConceptDefinitionComponent concept, String code) {
        return concept.getProperty().stream()
                .filter(property -> property.getCode().equals(code))
                .map(property -> property.getValue() instanceof Coding coding
                        ? coding.getCode()
                        : property.getValue().primitiveValue())
                .toList();
    }

    private static ConceptMap map(String id) {
        return BuiltPackage.resources(ConceptMap.class).stream()
                .filter(map -> map.getIdPart().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, List<TargetElementComponent>> targets(ConceptMap map) {
        return targets(map.getGroupFirstRep());
    }

    private static Map<String, List<TargetElementComponent>> targets(ConceptMapGroupComponent group) {
        return group.getElement().stream()
                .collect(Collectors.toMap(
                        element -> element.getCode(),
                        element -> element.getTarget(),
                        (one, other) -> one,
                        TreeMap::new));
    }

    private static List<String> codes(List<TargetElementComponent> targets, String certainty) {
        return targets.stream()
                .filter(target -> target.getComment().startsWith(certainty))
                .map(TargetElementComponent::getCode)
                .toList();
    }

    private static List<String> codesBehind(String canonical) {
        return BuiltPackage.codes(codeSystem(canonical.substring(canonical.lastIndexOf('/') + 1)));
    }
}
