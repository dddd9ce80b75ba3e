package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import ml.keneya.load.test.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
