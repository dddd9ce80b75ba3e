package ml.keneya.store.concepts;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Upload.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Upload;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.TerminologyCapabilities;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** How a code system comes in, version by version and piece by piece. */
@KeneyaIntegrationTest
class LoadedSystemsIT {

    private static final String CHOLERA = """
            {"concept":"A00"}
            {"name":"Cholera","of":"A00","key":"A00|en","language":"en","rank":0}
            {"name":"Choléra","of":"A00","key":"A00|fr","language":"fr","rank":0}
            """;

    private static final String TYPHOID = """
            {"concept":"A01"}
            {"name":"Typhoid fever","of":"A01","key":"A01|en","language":"en","rank":0}
            """;

    @Autowired
    Exchange exchange;

    @Autowired
    DataSource source;

    private final String system = unique("https://example.org/loaded");

    @Test
    void answersOnceItIsLoadedToItsEnd() {
        Upload upload = upload("1", "a");
        upload.begin().hasStatus(200);
        upload.piece(1, CHOLERA).hasStatus(200);
        lookUp("A00").isRefused(404, "ML-TERMINOLOGY-002");

        upload.complete(1).hasStatus(200);

        assertThat(nameOf(lookUp("A00"))).isEqualTo("Choléra");
        lookUp("A01").isRefused(404, "ML-TERMINOLOGY-004");
    }

    /** Whoever asks of the locked table waits, as if the question were too much for the database. */
    @Test
    void givesUpAQuestionThatTakesTooLongAndSaysWhatToDo() throws SQLException {
        upload("1", "a").whole(CHOLERA);
        String words = "ValueSet/$expand?filter=chol&url=" + encoded(system + "/vs");

        try (Connection other = source.getConnection()) {
            other.setAutoCommit(false);
            try (Statement lock = other.createStatement()) {
                lock.execute("LOCK TABLE keneya.loaded_term IN ACCESS EXCLUSIVE MODE");
                exchange.get(words).isRefused(503, "ML-TERMINOLOGY-011").says("filter");
            } finally {
                other.rollback();
                other.setAutoCommit(true);
            }
        }
        assertThat(exchange.get(words).hasStatus(200).body()).contains("\"A00\"");
    }

    @Test
    void goesOnWhereTheSenderWasKilled() {
        Upload upload = upload("1", "a");
        upload.begin().hasStatus(200);
        upload.piece(1, CHOLERA).hasStatus(200);

        assertThat(Upload.piecesIn(upload.begin())).isEqualTo(1);
        // The answer was lost and the piece comes again.
        assertThat(Upload.piecesIn(upload.piece(1, CHOLERA))).isEqualTo(1);
        upload.piece(3, TYPHOID).isRefused(409, "ML-TERMINOLOGY-008");
        upload.complete(2).isRefused(409, "ML-TERMINOLOGY-008");
        assertThat(Upload.piecesIn(upload.piece(2, TYPHOID))).isEqualTo(2);
        upload.complete(2).hasStatus(200);

        assertThat(nameOf(lookUp("A01"))).isEqualTo("Typhoid fever");
        assertThat(nameOf(lookUp("A00"))).isEqualTo("Choléra");
    }

    @Test
    void keepsNothingOfAPieceThatHasABadLine() {
        Upload upload = upload("1", "a");
        upload.begin().hasStatus(200);

        upload.piece(1, CHOLERA + "{\"nothing\":1}\n")
                .isRefused(422, "ML-TERMINOLOGY-009")
                .says("La ligne 4");
        upload.piece(1, CHOLERA + "no json\n").isRefused(422, "ML-TERMINOLOGY-009");

        assertThat(Upload.piecesIn(upload.begin())).isZero();
    }

    @Test
    void throwsAwayHalfOfOtherFiles() {
        Upload first = upload("1", "a");
        first.begin().hasStatus(200);
        first.piece(1, CHOLERA).hasStatus(200);

        upload("1", "b").whole(TYPHOID);

        lookUp("A00").isRefused(404, "ML-TERMINOLOGY-004");
        lookUp("A01").hasStatus(200);
        first.piece(2, CHOLERA).isRefused(409, "ML-TERMINOLOGY-007");
    }

    @Test
    void keepsAWholeVersionUntilSomebodyRemovesIt() {
        upload("1", "a").whole(CHOLERA);

        upload("1", "b").begin().isRefused(409, "ML-TERMINOLOGY-007").says("remove");
        assertThat(upload("1", "a").begin().hasStatus(200).as(Parameters.class).getParameterBool("whole"))
                .isTrue();
        remove("1").hasStatus(200);
        lookUp("A00").isRefused(404, "ML-TERMINOLOGY-002");
        remove("1").isRefused(404, "ML-TERMINOLOGY-002");
        upload("1", "b").whole(TYPHOID);

        lookUp("A01").hasStatus(200);
    }

    @Test
    void answersFromTheVersionThatWasLoadedLast() {
        upload("2", "b").whole(TYPHOID);
        upload("1", "a").whole(CHOLERA);

        lookUp("A00").hasStatus(200);
        lookUp("A01").isRefused(404, "ML-TERMINOLOGY-004");
        assertThat(nameOf(exchange.get("CodeSystem/$lookup?system=" + system + "&code=A01&version=2")))
                .isEqualTo("Typhoid fever");
        remove("1").hasStatus(200);
        lookUp("A01").hasStatus(200);
    }

    /** The counter-example: systems of which the release knows the address only are loaded in the other tests. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://keneya.ml/fhir/CodeSystem/ml-vaccine",
                "http://hl7.org/fhir/administrative-gender",
                "http://terminology.hl7.org/CodeSystem/observation-category"
            })
    void refusesASystemThatComesWithTheRelease(String known) {
        new Upload(exchange, known, "1", "a")
                .begin()
                .isRefused(409, "ML-TERMINOLOGY-010")
                .says("--system");

        assertThat(exchange.get("CodeSystem/$loaded-systems").hasStatus(200).body())
                .doesNotContain(known);
    }

    @Test
    void isFoundAmongTheCodeSystems() {
        upload("1", "a").whole(CHOLERA);

        CodeSystem found = (CodeSystem) exchange.get("CodeSystem?url=" + system)
                .hasStatus(200)
                .bundle()
                .getEntryFirstRep()
                .getResource();
        assertThat(found.getTitle()).isEqualTo("Système d’essai");
        assertThat(found.getCount()).isEqualTo(1);
        assertThat(exchange.get("CodeSystem/" + found.getIdElement().getIdPart() + "/$validate-code?code=A00")
                        .hasStatus(200)
                        .as(Parameters.class)
                        .getParameterBool("result"))
                .isTrue();
        assertThat(exchange.get("metadata?mode=terminology")
                        .as(TerminologyCapabilities.class)
                        .getCodeSystem())
                .anyMatch(each -> system.equals(each.getUri()));
        assertThat(exchange.get("CodeSystem/$loaded-systems").hasStatus(200).body())
                .contains(system);

        remove("1").hasStatus(200);

        assertThat(((CodeSystem) exchange.get("CodeSystem?url=" + system)
                                .bundle()
                                .getEntryFirstRep()
                                .getResource())
                        .getStatus()
                        .toCode())
                .isEqualTo("retired");
    }

    @Test
    @DisplayName("Only the administrator loads, lists and removes")
    void isForTheAdministratorOnly() {
        String[] administrator = TestSystem.withRole(exchange, "administrator").withAll();
        upload("1", "a").begin(administrator).hasStatus(200);

        isRefused("ML-FHIR-100", TestSystem.ofSite(exchange, unique("cscom")).withAll());
        isRefused("ML-FHIR-100", TestSystem.withRole(exchange, "agency").withAll());
        isRefused("ML-FHIR-101", TestSystem.withRole(exchange, "administrator").with("system/CodeSystem.rs"));
    }

    private void isRefused(String code, String[] other) {
        upload("1", "a").begin(other).isRefused(403, code);
        exchange.get("CodeSystem/$loaded-systems", other).isRefused(403, code);
        exchange.post("CodeSystem/$remove-concepts?system=" + system + "&version=1", "{}", other)
                .isRefused(403, code);
    }

    /** Codes may differ by their capitals only, so all of them are offered. */
    @Test
    void findsCodesByTheirBeginningWhateverTheirCapitals() {
        upload("1", "a").whole("""
                {"concept":"aB10"}
                {"name":"Un","of":"aB10","key":"1","language":"fr","rank":0}
                {"concept":"AB20"}
                {"concept":"xab30"}
                {"name":"Trois","of":"xab30","key":"3","language":"fr","rank":0}
                """);

        assertThat(found("ab")).containsExactlyInAnyOrder("aB10", "AB20");
        assertThat(found("aB1 un")).containsExactly("aB10");
        assertThat(found("xab30")).containsExactly("xab30");
    }

    private List<String> found(String typed) {
        return exchange
                .get("ValueSet/$expand?url=" + encoded(system + "/vs") + "&filter=" + encoded(typed))
                .hasStatus(200)
                .as(ValueSet.class)
                .getExpansion()
                .getContains()
                .stream()
                .map(ValueSetExpansionContainsComponent::getCode)
                .toList();
    }

    /** As LOINC distributes its translations; their keys put Belgium first. */
    @ParameterizedTest
    @CsvSource({
        "fr, Nom de France",
        "fr-ML, Nom de France",
        "fr-CA, Nom du Canada",
        "fr-CH, Nom de France",
        "en, Name",
        "bm, Name"
    })
    void namesACodeInTheVariantThatFitsBest(String language, String name) {
        upload("1", "a").whole("""
                {"concept":"1-8"}
                {"name":"Name","of":"1-8","key":"1-8","language":"en","rank":0}
                {"name":"Nom de Belgique","of":"1-8","key":"1-8|fr-BE","language":"fr-BE","rank":0}
                {"name":"Nom du Canada","of":"1-8","key":"1-8|fr-CA","language":"fr-CA","rank":0}
                {"name":"Nom de France","of":"1-8","key":"1-8|fr-FR","language":"fr-FR","rank":0}
                """);

        assertThat(nameOf(
                        exchange.get("CodeSystem/$lookup?system=" + system + "&code=1-8&displayLanguage=" + language)))
                .isEqualTo(name);
    }

    @Test
    void prefersTheNameOfNoCountryAndThenMalis() {
        upload("1", "a").whole("""
                {"concept":"1"}
                {"name":"de France","of":"1","key":"1a","language":"fr-FR","rank":0}
                {"name":"du Mali","of":"1","key":"1b","language":"fr-ML","rank":0}
                {"concept":"2"}
                {"name":"du Mali","of":"2","key":"2a","language":"fr-ML","rank":0}
                {"name":"de tous","of":"2","key":"2b","language":"fr","rank":0}
                """);

        assertThat(nameOf(lookUp("1"))).isEqualTo("du Mali");
        assertThat(nameOf(lookUp("2"))).isEqualTo("de tous");
    }

    @ParameterizedTest
    @ValueSource(strings = {"system", "version", "title", "language", "digest", "piece"})
    void saysWhatIsMissing(String parameter) {
        String path = "CodeSystem/$load-concepts?system=x&version=1&title=x&language=en&digest=x&piece=0";

        exchange.post(path.replaceFirst("([?&])" + parameter + "=[^&]*", "$1"), "{}")
                .isRefused(400, "ML-FHIR-041")
                .says(parameter);
    }

    private Upload upload(String version, String digest) {
        return new Upload(exchange, system, version, digest);
    }

    private Answer lookUp(String code) {
        return exchange.get("CodeSystem/$lookup?system=" + system + "&code=" + code);
    }

    private Answer remove(String version) {
        return exchange.post("CodeSystem/$remove-concepts?system=" + encoded(system) + "&version=" + version, "{}");
    }

    private static String nameOf(Answer answer) {
        return answer.hasStatus(200)
                .as(Parameters.class)
                .getParameter("display")
                .getValue()
                .primitiveValue();
    }
}
