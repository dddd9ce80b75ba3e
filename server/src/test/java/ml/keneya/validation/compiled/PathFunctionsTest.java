package ml.keneya.validation.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import ml.keneya.validation.ValidationOnTheClassPath;
import ml.keneya.validation.compiled.PathExpression.Scope;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r5.fhirpath.FHIRPathEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FHIRPath as ours runs it; what HL7's engine says of the same expression is asked as well. */
class PathFunctionsTest {

    private static final ValidationOnTheClassPath VALIDATION = ValidationOnTheClassPath.load();
    private static final FHIRPathEngine PARSER =
            new FHIRPathEngine(VALIDATION.mali().workerContext());
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-28T10:00:00Z"), ZoneOffset.UTC);

    private static final Resource PATIENT =
            (Resource) VALIDATION.mali().context().newJsonParser().parseResource("""
                    {"resourceType":"Patient","id":"p","active":true,"birthDate":"2020-05-04","multipleBirthInteger":2,
                     "identifier":[{"system":"urn:a","value":"12"},{"system":"urn:b","value":"12"}],
                     "name":[{"family":"Keita","given":["Awa","Fanta"]},{"text":"Awa"}],
                     "telecom":[{"system":"phone","value":"20220000","rank":1}],
                     "contact":[{"name":{"text":"Sira"}}]}""");

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            value = {
                "name.exists() → true",
                "photo.exists() → false",
                "name.exists(family = 'Keita') → true",
                "name.exists(family = 'Diarra') → false",
                "photo.empty() → true",
                "active.not() → false",
                "photo.not() → {}",
                "name.where(text.exists()).text → Awa",
                "identifier.all(value = '12') → true",
                "identifier.all(system = 'urn:a') → false",
                "name.given.select($this) → Awa,Fanta",
                "name.given.count() → 2",
                "photo.count() → 0",
                "birthDate.hasValue() → true",
                "name.family.startsWith('Ke') → true",
                "name.family.endsWith('x') → false",
                "name.family.contains('eit') → true",
                "photo.title.contains('a') → {}",
                "name.family.matches('^[A-Z][a-z]+$') → true",
                "name.family.matches('[0-9]') → false",
                "name.family.length() → 5",
                "name.family.substring(2) → ita",
                "identifier.value.distinct() → 12",
                "identifier.value.isDistinct() → false",
                "identifier.system.isDistinct() → true",
                "multipleBirth.ofType(integer) → 2",
                "multipleBirth.ofType(boolean) → {}",
                "(multipleBirth as integer) → 2",
                "multipleBirth is integer → true",
                "iif(active, 'a', 'b') → a",
                "iif(active.not(), 'a') → {}",
                "birthDate.toString() → 2020-05-04",
                "active and photo.exists() → false",
                "active or photo.title = 'x' → true",
                "photo.title = 'x' and active → {}",
                "photo.title = 'x' implies active → true",
                "active implies photo.exists() → false",
                "active xor photo.exists() → true",
                "(photo | contact).count() → 1",
                "'12' in identifier.value → true",
                "multipleBirth + 1 → 3",
                "multipleBirth > 1 → true",
                "multipleBirth <= 1 → false",
                "birthDate > birthDate → false",
                "name.given = name.given → true",
                "name.given != identifier.value → true",
                "name.family = name.given → false",
                "%resource.active → true",
                "Patient.active → true"
            })
    void saysWhatTheEngineSays(String expression, String expected) {
        assertThat(ours(expression)).isEqualTo(expected);
        assertThat(engines(expression)).isEqualTo(expected);
    }

    /** Of a day that is not over, or of what would take another way in the engine, nothing is said. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            value = {
                "name.given.first() → not compiled",
                "name.replace('a', 'b') → not compiled",
                "birthDate < @2021 → not compiled",
                "name.family.matches(text) → not compiled",
                "name.given and active → unsure",
                "name.given.startsWith('A') → unsure",
                "name.family.startsWith('') → unsure",
                "name.family.substring(9) → unsure",
                "name.given < 'B' → unsure",
                "name = name → unsure",
                "telecom.rank > 0 → unsure",
                "Observation.status → unsure",
                "name.text.is(string) → true",
                "name.is(HumanName) → unsure",
                "id.is(string) → unsure",
                "nothing.exists() → unsure"
            })
    void isUnsureOfWhatItWasNotMadeFor(String expression, String expected) {
        assertThat(ours(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "birthDate <= today(), true",
        "birthDate > today(), false",
        "birthDate <= today() + 1 'd', true",
        "birthDate <= now(), true"
    })
    void knowsWhatDayItIs(String expression, String expected) {
        assertThat(ours(expression)).isEqualTo(expected);
    }

    private static String ours(String expression) {
        Optional<PathExpression> compiled = new CompilesPath(CLOCK).compile(PARSER.parse(expression));
        if (compiled.isEmpty()) {
            return "not compiled";
        }
        try {
            return written(compiled.get().of(List.of(PATIENT), new Scope(PATIENT, PATIENT)));
        } catch (Unsure unsure) {
            return "unsure";
        }
    }

    private static String engines(String expression) {
        return written(VALIDATION.mali().context().newFhirPath().evaluate(PATIENT, expression, IBase.class));
    }

    private static String written(List<?> items) {
        return items.isEmpty()
                ? "{}"
                : items.stream().map(PathFunctionsTest::written).collect(Collectors.joining(","));
    }

    private static String written(Object item) {
        return item instanceof PrimitiveType<?> primitive
                ? primitive.getValueAsString()
                : item instanceof Base base ? base.fhirType() : String.valueOf(item);
    }
}
