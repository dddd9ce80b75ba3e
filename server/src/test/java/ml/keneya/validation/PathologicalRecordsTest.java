package ml.keneya.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.util.ResourceUtil;
import ca.uhn.fhir.validation.FhirValidator;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ml.keneya.conformance.MaliOnTheClassPath;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records made to take long: whatever they hold, they have a verdict soon after their time is over. */
class PathologicalRecordsTest {

    private static final ValidationOnTheClassPath VALIDATION = ValidationOnTheClassPath.load();
    private static final Duration LIMIT = Duration.ofSeconds(1);

    /** Between two looks at the clock the library may finish what it began. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final String LINK = "'link':[{'type':'seealso','other':{'reference':'#p1'}}]";

    private static final FhirValidator OFFICIAL = official();

    @BeforeAll
    static void readDefinitions() {
        OFFICIAL.validateWithResult(read(SampleRecords.generated().get(0)));
    }

    @ParameterizedTest
    @MethodSource("records")
    void hasAVerdictSoonAfterItsTimeIsOver(String text) {
        Resource record = read(text);
        ResourceUtil.addRawDataToResource(record, EncodingEnum.JSON, text);
        long before = cpu();

        VALIDATION.compiled().of(record);
        long between = cpu();
        OFFICIAL.validateWithResult(record);
        long after = cpu();

        assertThat(Duration.ofNanos(between - before)).isLessThan(LIMIT.plus(SOON));
        assertThat(Duration.ofNanos(after - between)).isLessThan(LIMIT.plus(SOON));
    }

    static Stream<Named<String>> records() {
        return Stream.of(
                named("many names", patient("'name':[" + many(20_000, "{'given':['Awa%d']}") + "]")),
                named(
                        "many of the same identifier",
                        patient("'identifier':[" + many(20_000, "{'system':'https://keneya.ml/id/amo','value':'1'}")
                                + "]")),
                named("a name of a million letters", patient("'name':[{'family':'" + "a".repeat(1_000_000) + "'}]")),
                named("a name of a million spaces", patient("'name':[{'family':'a" + " ".repeat(1_000_000) + "b'}]")),
                named(
                        "a photo of three million letters",
                        patient("'photo':[{'contentType':'image/png','data':'" + "QUJD".repeat(750_000) + "'}]")),
                named(
                        "nested extensions",
                        patient("'extension':[{'url':'http://example.org/x',".repeat(80) + "'valueCode':'x'"
                                + "}]".repeat(80))),
                named(
                        "many codes",
                        observation("'component':["
                                + many(10_000, "{'code':{'coding':[{'system':'http://loinc.org','code':'%d-1'}]}}")
                                + "]")),
                named(
                        "many codes of one concept",
                        observation("'category':[{'coding':["
                                + many(10_000, "{'system':'http://example.org/s','code':'c%d'}") + "]}]")),
                named(
                        "many contained records",
                        observation("'contained':[" + many(3_000, "{'resourceType':'Patient','id':'p%d'," + LINK + "}")
                                + "],'focus':[" + many(3_000, "{'reference':'#p%d'}") + "]")),
                named(
                        "a narrative of many parts",
                        patient("'text':{'status':'generated','div':'<div xmlns=\\'http://www.w3.org/1999/xhtml\\'>"
                                + "<p>a</p>".repeat(50_000) + "</div>'}")),
                named(
                        "a questionnaire of many questions",
                        json("{'resourceType':'Questionnaire','status':'draft','item':["
                                + many(10_000, "{'linkId':'l%d','type':'display','text':'x'}") + "]}")),
                named(
                        "a value set of many codes",
                        json("{'resourceType':'ValueSet','status':'draft','compose':{'include':["
                                + "{'system':'http://loinc.org','concept':[" + many(10_000, "{'code':'%d-1'}")
                                + "]}]}}")),
                named(
                        "a code system that repeats itself",
                        json("{'resourceType':'CodeSystem','url':'http://example.org/c','status':'draft',"
                                + "'content':'complete','concept':[" + many(20_000, "{'code':'c','display':'%d'}")
                                + "]}")),
                named(
                        "a collection of many entries",
                        json("{'resourceType':'Bundle','type':'collection','entry':["
                                + many(
                                        2_000,
                                        "{'fullUrl':'http://example.org/fhir/Patient/%1$d','resource':"
                                                + "{'resourceType':'Patient','id':'%1$d'," + LINK + "}}")
                                + "]}")));
    }

    private static String patient(String more) {
        return json("{'resourceType':'Patient'," + more + "}");
    }

    private static String observation(String more) {
        return json("{'resourceType':'Observation','status':'final','code':{'text':'x'}," + more + "}");
    }

    private static String many(int times, String pattern) {
        return IntStream.range(0, times)
                .mapToObj(number -> pattern.formatted(number))
                .collect(Collectors.joining(","));
    }

    private static String json(String withSingleQuotes) {
        return withSingleQuotes.replace('\'', '"');
    }

    private static FhirValidator official() {
        MaliOnTheClassPath mali = VALIDATION.mali();
        return mali.context()
                .newValidator()
                .registerValidatorModule(new MaliInstanceValidator(
                        mali.support(),
                        mali.workerContext(),
                        mali.profiles(),
                        ValidationOnTheClassPath.settings(LIMIT)));
    }

    private static Resource read(String text) {
        return (Resource) VALIDATION.mali().context().newJsonParser().parseResource(text);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
