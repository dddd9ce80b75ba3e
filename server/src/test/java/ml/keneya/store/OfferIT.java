package ml.keneya.store;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.method.BaseMethodBinding;
import ca.uhn.fhir.rest.server.method.OperationMethodBinding;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import ml.keneya.fhir.FhirServer;
import ml.keneya.fhir.ServedTypes;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@KeneyaIntegrationTest
class OfferIT {

    /** Every operation that clients may call; {@code $validate} is offered for every type besides. */
    private static final Set<String> OPERATIONS = Set.of(
            "$bulk-publish",
            "$delivery-status",
            "$export",
            "$export-file",
            "$export-poll-status",
            "$import",
            "$import-poll-status",
            "Group/[id]/$export",
            "Patient/$export",
            "$quarantine",
            "$quarantine-content",
            "$quarantine-correct",
            "$quarantine-dismiss",
            "$quarantine-entry",
            "$quarantine-erase",
            "$quarantine-replay",
            "$sql-export",
            "$sql-export-file",
            "$sql-export-result",
            "$sql-export-status",
            "$sync-report",
            "Measure/$defaulters",
            "Measure/[id]/$evaluate-measure",
            "Measure/[id]/$figures",
            "Measure/$idsr-weekly",
            "Measure/$incomplete-cases",
            "Measure/$idsr-publishable",
            "Measure/$idsr-rates",
            "Measure/$idsr-series",
            "Measure/$line-list",
            "Measure/[id]/$rates",
            "Measure/$report-versions",
            "Patient/[id]/$everything",
            "Patient/$summary",
            "Patient/[id]/$summary",
            "ValueSet/$expand",
            "ValueSet/[id]/$expand",
            "ValueSet/$validate-code",
            "ValueSet/[id]/$validate-code",
            "CodeSystem/$load-concepts",
            "CodeSystem/$loaded-systems",
            "CodeSystem/$remove-concepts",
            "CodeSystem/$lookup",
            "CodeSystem/$subsumes",
            "CodeSystem/[id]/$subsumes",
            "CodeSystem/$validate-code",
            "CodeSystem/[id]/$validate-code",
            "ConceptMap/$translate",
            "ConceptMap/[id]/$translate");

    @Autowired
    Exchange exchange;

    @Autowired
    FhirServer server;

    @Autowired
    ServedTypes served;

    @Test
    void bindsNoOperationThatIsNotOnTheList() {
        Set<String> bound = new TreeSet<>();
        bindings()
                .filter(OperationMethodBinding.class::isInstance)
                .map(OperationMethodBinding.class::cast)
                .filter(operation -> !operation.getName().equals("$validate"))
                .forEach(operation -> bound.addAll(addressesOf(operation)));

        assertThat(bound).containsExactlyInAnyOrderElementsOf(OPERATIONS);
    }

    @Test
    void validatesEveryTypeAndNothingAbove() {
        assertThat(bindings()
                        .filter(OperationMethodBinding.class::isInstance)
                        .map(OperationMethodBinding.class::cast)
                        .filter(operation -> operation.getName().equals("$validate"))
                        .map(BaseMethodBinding::getResourceName))
                .containsExactlyInAnyOrderElementsOf(served.names());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$meta",
                "Patient/$meta",
                "Patient/$everything",
                "Encounter/some/$everything",
                "Patient/$expunge",
                "Observation/$lastn",
                "_history"
            })
    void answers404ToWhatNobodyOffers(String path) {
        exchange.get(path).isRefused(404, "ML-FHIR-042").says("n'est pas offert");
    }

    @Test
    void describesItselfInFrenchWithTheEnglishBeside() {
        CapabilityStatement statement = statement();

        assertThat(statement.getTitle()).isEqualTo("Kènèya, l’échange d’informations de santé du Mali");
        assertThat(statement.getTitleElement().getTranslation("en")).contains("health information exchange");
        assertThat(statement.getDescriptionElement().getTranslation("en")).isNotBlank();
        assertThat(statement.getPublisher()).isEqualTo("Kènèya");
        assertThat(statement.getSoftware().getName()).isEqualTo("Kènèya");
        assertThat(statement.getSoftware().getVersion()).isNotBlank().isNotEqualTo("8.8.0");
        assertThat(statement.getFhirVersion().toCode()).isEqualTo("4.0.1");
        assertThat(exchange.get("metadata").body()).doesNotContain("HAPI", "hapi");
    }

    @Test
    void tellsEachClientTheAddressItAsked() {
        String other = exchange.base().replace("127.0.0.1", "localhost");

        exchange.get("metadata");

        assertThat(exchange.get(other + "/metadata")
                        .as(CapabilityStatement.class)
                        .getImplementation()
                        .getUrl())
                .isEqualTo(other);
        assertThat(statement().getImplementation().getUrl()).isEqualTo(exchange.base());
    }

    @Test
    void keepsQuietAboutTheProductThatAnswers() {
        assertThat(exchange.get("metadata").header("X-Powered-By")).isEmpty();
        assertThat(exchange.get("Patient?_count=1").header("X-Powered-By")).isEmpty();
    }

    @Test
    void namesTheSearchesAcrossTypesAndInCompartments() {
        assertThat(statement().getRestFirstRep().getInteraction())
                .extracting(interaction -> interaction.getCode().toCode())
                .containsOnlyOnce("search-system", "transaction", "batch");
        assertThat(statement().getRestFirstRep().getCompartment())
                .extracting(compartment -> compartment.getValue())
                .contains("http://hl7.org/fhir/CompartmentDefinition/patient");
    }

    @Test
    void namesTheFormatsThatAreWritten() {
        assertThat(statement().getFormat())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("application/fhir+json", "application/fhir+xml", "json", "xml");
        assertThat(exchange.get("metadata?_format=xml").body()).startsWith("<CapabilityStatement");
    }

    @Test
    void listsTheTypesThatAreServedAndNoOthers() {
        assertThat(statement().getRestFirstRep().getResource())
                .extracting(CapabilityStatementRestResourceComponent::getType)
                .containsExactlyInAnyOrderElementsOf(served.names());
    }

    @Test
    void tellsNobodyHowManyRecordsThereAre() {
        assertThat(statement().getRestFirstRep().getResource())
                .allSatisfy(resource -> assertThat(resource.getExtension()).isEmpty());
    }

    @Test
    void promisesTransactionAndBatchAndNoHistoryOfEverything() {
        assertThat(statement().getRestFirstRep().getInteraction())
                .extracting(interaction -> interaction.getCode().toCode())
                .contains("transaction", "batch")
                .doesNotContain("history-system");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Patient", "Encounter", "Observation"})
    void listsExactlyTheSearchParametersThatAreKept(String type) {
        List<String> rows = Stream.concat(
                        KeptSearchParametersTest.codesOf(type), Stream.of("_id", "_lastUpdated", "owner"))
                .toList();

        assertThat(of(type).getSearchParam())
                .extracting(parameter -> parameter.getName())
                .containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void callsASharedParameterByTheNameThatFhirGivesIt() {
        assertThat(of("Encounter").getSearchParam())
                .filteredOn(parameter -> parameter.getName().equals("date"))
                .extracting(parameter -> parameter.getDefinition())
                .containsExactly("http://hl7.org/fhir/SearchParameter/clinical-date");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient?deceased=true",
                "Patient?_tag=x",
                "Patient?_content=fièvre",
                "Patient?_filter=name+eq+x",
                "Patient?_sort=deceased",
                "Patient?no-such-thing=x",
                "Observation?subject:Patient.deceased=true",
                "Patient?_has:Observation:subject:performer=x"
            })
    void refusesAParameterThatIsNotKeptAndNamesIt(String search) {
        Answer answer = exchange.get(search.replace("è", "%C3%A8"));

        answer.isRefused(400, "ML-FHIR-019")
                .says("Le paramètre de recherche « ")
                .says("pris en charge");
        assertThat(answer.body()).doesNotContain("« ? »", "Unknown", "Invalid");
    }

    @Test
    void listsTheParametersThatAreKeptBesideTheOneThatIsNot() {
        exchange.get("Patient?deceased=true").says("« deceased »").says("Paramètres possibles : _id, _lastUpdated");
    }

    private CapabilityStatement statement() {
        return exchange.get("metadata").hasStatus(200).as(CapabilityStatement.class);
    }

    private CapabilityStatementRestResourceComponent of(String type) {
        return statement().getRestFirstRep().getResource().stream()
                .filter(resource -> resource.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private Stream<BaseMethodBinding> bindings() {
        return Stream.concat(
                server.restful().getResourceBindings().stream()
                        .flatMap(binding -> binding.getMethodBindings().stream()),
                Stream.concat(
                        server.restful().getServerBindings().stream(),
                        server.restful().createConfiguration().getGlobalBindings().stream()));
    }

    private static List<String> addressesOf(OperationMethodBinding operation) {
        String type = operation.getResourceName() == null ? "" : operation.getResourceName() + "/";
        Stream<String> ofType =
                operation.isCanOperateAtTypeLevel() ? Stream.of(type + operation.getName()) : Stream.empty();
        Stream<String> ofServer =
                operation.isCanOperateAtServerLevel() ? Stream.of(operation.getName()) : Stream.empty();
        Stream<String> ofInstance = operation.isCanOperateAtInstanceLevel()
                ? Stream.of(type + "[id]/" + operation.getName())
                : Stream.empty();
        return Stream.of(ofType, ofServer, ofInstance).flatMap(each -> each).toList();
    }
}
