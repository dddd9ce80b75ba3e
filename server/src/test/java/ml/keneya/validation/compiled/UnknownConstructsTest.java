package ml.keneya.validation.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.util.ResourceUtil;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import ml.keneya.validation.ValidationOnTheClassPath;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r5.context.IWorkerContext;
import org.hl7.fhir.r5.model.ContactPoint;
import org.hl7.fhir.r5.model.ElementDefinition;
import org.hl7.fhir.r5.model.ElementDefinition.AggregationMode;
import org.hl7.fhir.r5.model.ElementDefinition.DiscriminatorType;
import org.hl7.fhir.r5.model.ElementDefinition.ElementDefinitionSlicingComponent;
import org.hl7.fhir.r5.model.ElementDefinition.SlicingRules;
import org.hl7.fhir.r5.model.Enumerations.BindingStrength;
import org.hl7.fhir.r5.model.Identifier;
import org.hl7.fhir.r5.model.IntegerType;
import org.hl7.fhir.r5.model.StringType;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.r5.model.UriType;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The promise on which everything else stands: what the compiled validator does not know, it never accepts. */
class UnknownConstructsTest {

    private static final ValidationOnTheClassPath VALIDATION = ValidationOnTheClassPath.load();
    private static final IWorkerContext OFFICIAL = VALIDATION.mali().workerContext();
    private static final String ORGANIZATION = "http://hl7.org/fhir/StructureDefinition/Organization";

    private static final String RECORD = """
            {"resourceType": "Organization", "id": "a",
             "identifier": [{"system": "http://example.org/facility", "value": "a"}],
             "active": true, "type": [{"text": "CSCom"}], "name": "CSCom",
             "telecom": [{"system": "phone", "value": "20220000"}],
             "partOf": {"reference": "Organization/b"},
             "contact": [{"name": {"text": "Awa"}}]}
            """;

    /** Otherwise none of the others would mean anything. */
    @Test
    void acceptsTheRecordByTheDefinitionAsItIs() {
        assertThat(opinion(definition -> {})).isEqualTo(Opinion.ACCEPT);
    }

    @ParameterizedTest
    @MethodSource("constructs")
    void isUnsureWhereADefinitionAsksWhatIsNotCompiled(Consumer<StructureDefinition> change) {
        assertThat(opinion(change)).isEqualTo(Opinion.UNSURE);
    }

    /** Of an empty list nothing would be asked otherwise. */
    @ParameterizedTest
    @MethodSource("slicings")
    void doesNotAcceptThatAnUnknownSliceIsAbsent(Consumer<ElementDefinitionSlicingComponent> slicing) {
        Opinion opinion = opinion(definition -> slice(definition, "Organization.alias", 1, slicing));

        assertThat(opinion).isEqualTo(Opinion.REFUSE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"language\": \"fr\"",
                "\"text\": {\"status\": \"generated\", \"div\": \"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">x</div>\"}",
                "\"contained\": [{\"resourceType\": \"Organization\", \"id\": \"o\", \"name\": \"x\"}]",
                "\"modifierExtension\": [{\"url\": \"http://example.org/x\", \"valueBoolean\": true}]",
                "\"meta\": {\"profile\": [\"http://example.org/unknown\"]}",
                "\"meta\": {\"profile\": [\"http://hl7.org/fhir/StructureDefinition/Organization|4.0.1\"]}",
                "\"alias\": [\"<b>x</b>\"]",
                "\"inconnu\": 1",
                "\"_alias\": [{\"id\": \"x\"}]",
                "\"endpoint\": [{\"_display\": {\"extension\": [{\"url\": \"http://example.org/x\", \"valueCode\": \"x\"}]}}]"
            })
    void isUnsureOfARecordThatHoldsMoreThanItKnows(String more) {
        String text = RECORD.replaceFirst("\"id\"", more.replace("\\", "\\\\") + ", \"id\"");
        Resource record = read(text);
        ResourceUtil.addRawDataToResource(record, EncodingEnum.JSON, text);

        assertThat(VALIDATION.compiled().of(record)).isEqualTo(Opinion.UNSURE);
    }

    static Stream<Named<Consumer<StructureDefinition>>> constructs() {
        return Stream.of(
                change(
                        "an invariant with a function that is not compiled",
                        definition -> invariant(definition, "Organization", "name.replace('a', 'b').exists()")),
                change(
                        "an invariant of a child",
                        definition -> invariant(definition, "Organization.name", "replace('a', 'b').exists()")),
                change(
                        "an invariant of a part",
                        definition ->
                                invariant(definition, "Organization.contact", "name.text.replace('a', 'b').exists()")),
                change(
                        "an invariant that cannot be read",
                        definition -> invariant(definition, "Organization", "name.exists(")),
                change(
                        "an invariant with a name that is not known",
                        definition -> invariant(definition, "Organization", "%context.exists()")),
                change(
                        "a type that nobody knows",
                        definition -> at(definition, "Organization.name")
                                .getTypeFirstRep()
                                .setCode("Mystery")),
                change(
                        "a profile of a type that nobody knows",
                        definition -> at(definition, "Organization.identifier")
                                .getTypeFirstRep()
                                .addProfile("http://example.org/x")),
                change(
                        "a profile of a value",
                        definition -> at(definition, "Organization.name")
                                .getTypeFirstRep()
                                .addProfile("http://example.org/x")),
                change(
                        "a profile of a part",
                        definition -> at(definition, "Organization.contact")
                                .getTypeFirstRep()
                                .addProfile("http://example.org/x")),
                change(
                        "a choice of profiles",
                        definition -> at(definition, "Organization.identifier")
                                .getTypeFirstRep()
                                .addProfile("http://hl7.org/fhir/StructureDefinition/Identifier")
                                .addProfile("http://hl7.org/fhir/StructureDefinition/Element")),
                change(
                        "a fixed value with children",
                        definition ->
                                at(definition, "Organization.identifier").setFixed(new Identifier().setValue("a"))),
                change(
                        "a pattern with children",
                        definition -> at(definition, "Organization.telecom")
                                .setPattern(new ContactPoint().setValue("20220000"))),
                change(
                        "a pattern of a text",
                        definition -> at(definition, "Organization.name").setPattern(new StringType("CSCom"))),
                change(
                        "a fixed value of the whole",
                        definition -> at(definition, "Organization").setFixed(new StringType("x"))),
                change(
                        "a least value",
                        definition -> at(definition, "Organization.name").setMinValue(new IntegerType(1))),
                change(
                        "a value that must stand",
                        definition -> at(definition, "Organization.name").setMustHaveValue(true)),
                change(
                        "a value set that nobody knows",
                        definition -> at(definition, "Organization.type")
                                .getBinding()
                                .setStrength(BindingStrength.REQUIRED)
                                .setValueSet("http://example.org/ValueSet/x")),
                change(
                        "a further binding",
                        definition -> at(definition, "Organization.type")
                                .getBinding()
                                .addAdditional()
                                .setValueSet("http://hl7.org/fhir/ValueSet/languages")),
                change(
                        "an extension of an element",
                        definition -> at(definition, "Organization.name")
                                .addExtension(
                                        "http://hl7.org/fhir/StructureDefinition/minLength", new IntegerType(99))),
                change(
                        "kinds of references",
                        definition -> at(definition, "Organization.partOf")
                                .getTypeFirstRep()
                                .addAggregation(AggregationMode.CONTAINED)),
                change(
                        "content like what is not there",
                        definition -> at(definition, "Organization.contact")
                                .setType(List.of())
                                .setContentReference("#Organization.nothing")),
                change(
                        "a field of which nothing is said",
                        definition -> definition
                                .getSnapshot()
                                .getElement()
                                .removeIf(element -> element.getPath().equals("Organization.name"))),
                change(
                        "another profile to meet",
                        definition -> definition.addExtension(
                                "http://hl7.org/fhir/StructureDefinition/structuredefinition-imposeProfile",
                                new UriType("http://example.org/x"))),
                change("no snapshot", definition -> definition.setSnapshot(null)),
                change(
                        "closed without slices",
                        definition -> at(definition, "Organization.identifier")
                                .getSlicing()
                                .setRules(SlicingRules.CLOSED)
                                .addDiscriminator()
                                .setType(DiscriminatorType.VALUE)
                                .setPath("system")),
                sliced("by what is there", slicing -> by(slicing, DiscriminatorType.EXISTS, "system")),
                sliced("by pattern", slicing -> by(slicing, DiscriminatorType.PATTERN, "system")),
                sliced("by type", slicing -> by(slicing, DiscriminatorType.TYPE, "$this")),
                sliced("by profile", slicing -> by(slicing, DiscriminatorType.PROFILE, "$this")),
                sliced("by a value that nobody fixed", slicing -> by(slicing, DiscriminatorType.VALUE, "system")),
                sliced("by a value further down", slicing -> by(slicing, DiscriminatorType.VALUE, "type.text")),
                sliced("by two", slicing -> {
                    by(slicing, DiscriminatorType.VALUE, "system");
                    by(slicing, DiscriminatorType.VALUE, "use");
                }),
                sliced("by nothing", slicing -> {}),
                sliced("in an order", slicing -> {
                    by(slicing, DiscriminatorType.VALUE, "system");
                    slicing.setOrdered(true);
                }));
    }

    static Stream<Named<Consumer<ElementDefinitionSlicingComponent>>> slicings() {
        return Stream.of(DiscriminatorType.EXISTS, DiscriminatorType.PATTERN, DiscriminatorType.TYPE)
                .map(type -> named(type.toCode(), slicing -> by(slicing, type, "$this")));
    }

    private static Named<Consumer<StructureDefinition>> change(String name, Consumer<StructureDefinition> change) {
        return named(name, change);
    }

    private static Named<Consumer<StructureDefinition>> sliced(
            String name, Consumer<ElementDefinitionSlicingComponent> slicing) {
        return named("sliced " + name, definition -> slice(definition, "Organization.identifier", 0, slicing));
    }

    private static void by(ElementDefinitionSlicingComponent slicing, DiscriminatorType type, String path) {
        slicing.addDiscriminator().setType(type).setPath(path);
    }

    private static void slice(
            StructureDefinition definition,
            String path,
            int least,
            Consumer<ElementDefinitionSlicingComponent> slicing) {
        ElementDefinition sliced = at(definition, path);
        ElementDefinition slice = sliced.copy();
        slice.setSliceName("x").setMin(least).setId(path + ":x");
        slicing.accept(sliced.getSlicing().setRules(SlicingRules.OPEN));
        List<ElementDefinition> elements = definition.getSnapshot().getElement();
        elements.add(elements.indexOf(sliced) + 1, slice);
    }

    private static void invariant(StructureDefinition definition, String path, String expression) {
        at(definition, path)
                .addConstraint()
                .setKey("x-1")
                .setSeverity(ElementDefinition.ConstraintSeverity.ERROR)
                .setHuman("x")
                .setExpression(expression);
    }

    private static ElementDefinition at(StructureDefinition definition, String path) {
        return definition.getSnapshot().getElement().stream()
                .filter(element -> element.getPath().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static Opinion opinion(Consumer<StructureDefinition> change) {
        StructureDefinition definition =
                OFFICIAL.fetchResource(StructureDefinition.class, ORGANIZATION).copy();
        change.accept(definition);
        Definitions definitions = new Definitions(OFFICIAL, Clock.systemDefaultZone());
        return new CompilesProfile(definitions, definition).compile().of(Place.top(read(RECORD)));
    }

    private static Resource read(String text) {
        return (Resource) VALIDATION.mali().context().newJsonParser().parseResource(text);
    }
}
