package ml.keneya.fhir;

import static ml.keneya.test.Exchange.FHIR_JSON;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What never reaches HAPI: text that would harm it, and headers that would order it about. */
@KeneyaIntegrationTest
class GuardedRequestsIT {

    @Autowired
    Exchange exchange;

    private final String facility = unique("cscom");
    private final String recordNumber = unique("record");

    @Test
    @DisplayName("I4: JSON that is nested without end is refused")
    void refusesNestingThatExhaustsTheStack() {
        create("[".repeat(100_000)).isRefused(400, "ML-FHIR-030").says("Limite : 100 niveaux");
        String extensions = "{\"url\":\"https://example.org/a\",\"extension\":[";
        create("{\"resourceType\":\"Patient\",\"extension\":[" + extensions.repeat(60) + "]}".repeat(60) + "]}")
                .isRefused(400, "ML-FHIR-030");
    }

    @Test
    @DisplayName("I4: so is XML")
    void refusesXmlThatIsNestedTooDeeply() {
        String xml = "<Patient xmlns=\"http://hl7.org/fhir\">" + "<extension url=\"https://example.org/a\">".repeat(200)
                + "</extension>".repeat(200) + "</Patient>";

        exchange.send("POST", "Patient", "application/fhir+xml", BodyPublishers.ofString(xml), "Accept", FHIR_JSON)
                .isRefused(400, "ML-FHIR-030");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1E-999999999", "-2.5e+101"})
    @DisplayName("I6: a number that takes all memory to write out is refused")
    void refusesANumberThatTakesAllMemoryToWriteOut(String number) {
        String child = exchange.json(aChild(recordNumber));

        create(child.replaceFirst("\\{", "{\"multipleBirthInteger\":" + number + ","))
                .isRefused(400, "ML-FHIR-031")
                .says("« multipleBirthInteger »");
    }

    @Test
    @DisplayName("I6: so it is in XML")
    void refusesSuchANumberInXml() {
        String xml = """
                <Observation xmlns="http://hl7.org/fhir"><status value="final"/><code><text value="Poids"/></code>
                <valueQuantity><value value="1e999999999"/></valueQuantity></Observation>
                """;

        exchange.send("POST", "Observation", "application/fhir+xml", BodyPublishers.ofString(xml), "Accept", FHIR_JSON)
                .isRefused(400, "ML-FHIR-031");
    }

    @Test
    @DisplayName("I6: so it is in a search")
    void refusesToSearchForSuchANumber() {
        exchange.get("Observation?value-quantity=gt1e999999999").isRefused(400, "ML-FHIR-031");
        exchange.post("", exchange.json(transaction(Records.reading("Observation?value-quantity=1e999999999"))))
                .isRefused(400, "ML-FHIR-031");
    }

    @Test
    @DisplayName("I6: a number of a hundred thousand digits is refused")
    void refusesANumberWithoutEnd() {
        String child = exchange.json(aChild(recordNumber));

        Answer answer = create(child.replaceFirst("\\{", "{\"multipleBirthInteger\":" + "7".repeat(100_000) + ","));

        answer.isRefused(400, "ML-FHIR-001");
    }

    @Test
    void findsARecordNumberThatLooksLikeSuchANumber() {
        Patient child = aChild(recordNumber);
        child.getIdentifierFirstRep().setValue("12E999999999");
        exchange.create(child).hasStatus(201);

        assertThat(exchange.get("Patient?identifier=12E999999999")
                        .hasStatus(200)
                        .entries())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A\\u0000wa", "A\\ud800wa", "A\\udc00wa", "Awa\\ud800"})
    @DisplayName("I5: NUL and half letters are refused")
    void refusesCharactersThatCannotBeKept(String name) {
        String child = exchange.json(aChild(recordNumber)).replace("Awa", name);

        create(child).isRefused(400, "ML-FHIR-032").says("« name[0].given[0] »");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("I5: a text longer than FHIR's million characters is refused, a file is not")
    void refusesATextThatIsTooLong(boolean inXml) {
        DocumentReference letter = new DocumentReference().setStatus(DocumentReferenceStatus.CURRENT);
        letter.addContent().getAttachment().setContentType("image/png").setData(new byte[1_500_000]);
        sent(letter, inXml).hasStatus(201);

        letter.setDescription("a".repeat(1024 * 1024));
        sent(letter, inXml).hasStatus(201);

        letter.setDescription("a".repeat(1024 * 1024 + 1));
        sent(letter, inXml)
                .isRefused(400, "ML-LIMITS-015")
                .says("« description » a plus de 1")
                .says("Attachment");
    }

    private Answer sent(DocumentReference letter, boolean inXml) {
        return inXml
                ? exchange.send(
                        "POST",
                        "DocumentReference",
                        "application/fhir+xml",
                        BodyPublishers.ofString(
                                exchange.context().newXmlParser().encodeResourceToString(letter)),
                        "Accept",
                        FHIR_JSON,
                        "Keneya-Facility",
                        facility)
                : exchange.post("DocumentReference", exchange.json(letter), "Keneya-Facility", facility);
    }

    @Test
    void keepsTheLettersOfBambaraAndWhatIsBeyondTheBasicPlane() {
        String child = exchange.json(aChild(recordNumber)).replace("Awa", "Ɲɛ\\u0272\\ud83d\\ude00");

        Patient stored = create(child).hasStatus(201).as(Patient.class);

        assertThat(stored.getNameFirstRep().getGivenAsSingleString()).isEqualTo("Ɲɛɲ😀");
    }

    @Test
    @DisplayName("I5: a member that is given twice is refused")
    void refusesAMemberThatIsGivenTwice() {
        String child = exchange.json(aChild(recordNumber)).replaceFirst("\\{", "{\"gender\":\"male\",");

        create(child).isRefused(400, "ML-FHIR-001").says("« gender » est donné deux fois");
    }

    @Test
    void refusesSingleQuotes() {
        create("{'resourceType':'Patient'}").isRefused(400, "ML-FHIR-001").says("mal formé, ligne 1");
    }

    @Test
    @DisplayName("I5: a byte order mark does no harm")
    void forgivesTheByteOrderMarkOfWindows() {
        create("\uFEFF" + exchange.json(aChild(recordNumber))).hasStatus(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"klingon", "ISO-8859-1", "@@@", "utf-16"})
    @DisplayName("I9: a charset that is none, or not ours, is refused")
    void refusesACharsetThatIsNotUtf8(String charset) {
        send("application/fhir+json; charset=" + charset)
                .isRefused(415, "ML-FHIR-007")
                .says("charset=");
    }

    /** HAPI reads all of these as JSON. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json+fhir",
                "application/fhir+json,text/plain",
                "text/json",
            })
    @DisplayName("I5: a member that is given twice is refused, by whatever name the format goes")
    void refusesAMemberThatIsGivenTwiceInJsonOfAnyName(String format) {
        String body = "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[],\"entry\":[]}";

        exchange.send("POST", "", format, BodyPublishers.ofString(body))
                .isRefused(400, "ML-FHIR-001")
                .says("« entry » est donné deux fois");
    }

    @Test
    void keepsAFileOfAnyFormatAsItIs() {
        String file = "{'not': FHIR}";

        String location = exchange.send("POST", "Binary", "application/json", BodyPublishers.ofString(file))
                .hasStatus(201)
                .header("Location")
                .orElseThrow();

        assertThat(exchange.get(location, "Accept", "application/json").body()).isEqualTo(file);
    }

    @Test
    void letsNoRecordPassForAFile() {
        Patient child = aChild(recordNumber);
        child.setId("Binary");
        String json = exchange.json(child).replace("Awa", "A\\u0000wa");

        exchange.send("PUT", "Patient/Binary", "application/json", BodyPublishers.ofString(json))
                .isRefused(400, "ML-FHIR-032");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/pdf", "klingon"})
    @DisplayName("I9: whatever format is asked for, the answer is FHIR")
    void answersInNoFormatThatIsNotFhir(String format) {
        Answer answer = exchange.get("Patient?identifier=x&_format=" + format);

        assertThat(answer.hasStatus(200).header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith(FHIR_JSON));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/pdf", ""})
    @DisplayName("I9: a format that is not FHIR is refused")
    void refusesAFormatThatIsNotFhir(String contentType) {
        send(contentType).isRefused(415, "ML-FHIR-007");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/fhir+json; charset=\"UTF-8\"", "application/json;charset=utf8"})
    void acceptsUtf8HoweverItIsSpelled(String contentType) {
        send(contentType).hasStatus(201);
    }

    @Test
    void storesUnderTheIdOfTheAddressWhateverContentLocationSays() {
        String victim = unique("victim");
        Patient child = aChild(recordNumber);
        child.setId(unique("child"));

        exchange.put("Patient/" + child.getIdPart(), child, "Content-Location", "Patient/" + victim)
                .hasStatus(201);

        exchange.get("Patient/" + victim).isRefused(404, "ML-FHIR-004");
    }

    @Test
    void doesNotWriteOverHistory() {
        Patient child = aChild(recordNumber);
        child.setId(unique("child"));
        exchange.put("Patient/" + child.getIdPart(), child).hasStatus(201);

        exchange.put("Patient/" + child.getIdPart() + "/_history/1", child, "X-Rewrite-History", "true")
                .isRefused(405, "ML-FHIR-010");
    }

    @Test
    void ignoresOrdersToRetryAndToPartition() {
        exchange.get("Patient?identifier=x", "X-Retry-On-Version-Conflict", "retry; max-retries=x")
                .hasStatus(200);
        exchange.get("Patient?identifier=x", "X-Request-Partition-IDs", "x,y").hasStatus(200);
        exchange.post(
                        "",
                        exchange.json(transaction(creating(aChild(recordNumber)))),
                        "X-Transaction-Semantics",
                        "retryCount=x",
                        "X-Upsert-Extistence-Check",
                        "disabled")
                .hasStatus(200);
    }

    private Answer create(String json) {
        return exchange.post("Patient", json, "Keneya-Facility", facility);
    }

    private Answer send(String contentType) {
        String child = exchange.json(aChild(recordNumber));
        return exchange.send("POST", "Patient", contentType, BodyPublishers.ofString(child));
    }
}
