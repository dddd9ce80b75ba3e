package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import ml.keneya.load.test.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViewsTest {
    private static final String STATUS = """
            {"resourceType":"Parameters","parameter":[
              {"name":"view","part":[{"name":"name","valueString":"patient"},{"name":"table","valueString":"patient_1"},
                {"name":"state","valueCode":"active"},{"name":"copied","valueDecimal":12},
                {"name":"expected","valueDecimal":12},{"name":"unfit","valueDecimal":0}]},
              {"name":"view","part":[{"name":"name","valueString":"patient"},{"name":"table","valueString":"patient_2"},
                {"name":"state","valueCode":"building"},{"name":"copied","valueDecimal":5},
                {"name":"expected","valueDecimal":12},{"name":"unfit","valueDecimal":1}]}]}""";

    private ScriptedServer exchange;

    @BeforeEach
    void start() throws IOException {
        exchange = new ScriptedServer();
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    void showsEachTable() {
        exchange.thenAnswer(200, STATUS);

        ProgramRun run = ProgramRun.of("views", "status", "--base", exchange.base());

        assertThat(run.status()).isZero();
        assertThat(run.results()).contains("servie", "12 / 12", "patient_2", "en construction", "5 / 12");
    }

    @Test
    void verifiesEveryViewThatIsServed() {
        exchange.thenAnswer(200, STATUS).thenAnswer(200, verified(0));

        ProgramRun run = ProgramRun.of("views", "verify", "--base", exchange.base());

        assertThat(run.status()).isZero();
        assertThat(run.results()).contains("patient : 12 enregistrements refaits, aucune différence");
        assertThat(exchange.requests())
                .extracting(request -> request.method() + " " + request.path())
                .containsExactly("GET /fhir/ViewDefinition/$status", "POST /fhir/ViewDefinition/patient/$verify");
    }

    @ParameterizedTest
    @CsvSource({"500, 3, sample=500&seed=3", "5%, 1, sample=5%25&seed=1"})
    void verifiesASample(String sample, String seed, String query) {
        exchange.thenAnswer(200, verified(0));

        ProgramRun run = ProgramRun.of(
                "views", "verify", "patient", "--sample", sample, "--seed", seed, "--base", exchange.base());

        assertThat(run.status()).isZero();
        assertThat(run.results()).contains("Échantillon : " + sample + " par vue, graine " + seed);
        assertThat(exchange.requests())
                .extracting(request -> request.path())
                .containsExactly("/fhir/ViewDefinition/patient/$verify?" + query);
    }

    @Test
    void endsWithStatusOneWhenARowOfASampleDiffers() {
        exchange.thenAnswer(200, verified(2));

        assertThat(ProgramRun.of("views", "verify", "patient", "--sample", "10", "--base", exchange.base())
                        .status())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "101%", "half"})
    void refusesWhatIsNoSample(String sample) {
        ProgramRun run = ProgramRun.of("views", "verify", "--sample=" + sample, "--base", exchange.base());

        assertThat(run.status()).isEqualTo(2);
        assertThat(exchange.requests()).isEmpty();
    }

    @Test
    void endsWithStatusOneWhenARowDiffers() {
        exchange.thenAnswer(200, verified(2));

        ProgramRun run = ProgramRun.of("views", "verify", "patient", "--base", exchange.base());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.results()).contains("2 diffèrent, dont a, b");
    }

    @Test
    void rebuildsWhatIsNamed() {
        exchange.thenAnswer(200, STATUS).thenAnswer(200, STATUS);

        ProgramRun run = ProgramRun.of("views", "rebuild", "patient", "--base", exchange.base());

        assertThat(run.status()).isZero();
        assertThat(exchange.requests().get(0).path()).isEqualTo("/fhir/ViewDefinition/patient/$rebuild");
    }

    private static String verified(int differences) {
        return """
                {"resourceType":"Parameters","parameter":[{"name":"view","part":[
                  {"name":"name","valueString":"patient"},{"name":"records","valueDecimal":12},
                  {"name":"unfit","valueDecimal":0},{"name":"differences","valueDecimal":%d},
                  {"name":"example","valueString":"a"},{"name":"example","valueString":"b"}]}]}""".formatted(differences);
    }
}
