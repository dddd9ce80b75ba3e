package ml.keneya.security.limits;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.OutgoingCalls;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Addresses that stand in requests are words, and nothing looks them up. From the machine itself, so that no rule of
 * roles refuses before anybody reads them; how a request is answered is not what is asked here.
 */
@KeneyaIntegrationTest
class FetchesNothingIT {

    @Autowired
    Exchange exchange;

    /** A name that nobody else looks up. */
    private final String host = "a" + UUID.randomUUID() + ".invalid";

    private final String evil = "http://" + host + "/";

    @Test
    @DisplayName("O2, O3: no request makes the exchange look up or call an address that stands in it")
    void o2_fetchesNothing() {
        try (OutgoingCalls calls = OutgoingCalls.noted()) {
            List<Answer> answers = Stream.of(records(), definitions(), questions(), tokens())
                    .flatMap(stream -> stream)
                    .toList();

            assertThat(answers).extracting(Answer::status).allMatch(status -> status < 500);
            assertThat(answers)
                    .as("most records and definitions are kept, not refused before anybody read them")
                    .filteredOn(answer -> answer.status() == 201)
                    .hasSizeGreaterThanOrEqualTo(10);
            assertThat(calls.to(host)).isEmpty();
        }
    }

    private Stream<Answer> records() {
        Patient profiled = aChild(unique("record"));
        profiled.getMeta().addProfile(evil + "StructureDefinition/p");
        profiled.addPhoto().setUrl(evil + "photo");
        profiled.addExtension().setUrl(evil + "StructureDefinition/e");
        return Stream.concat(
                Stream.of(exchange.create(profiled)),
                Stream.of("""
                                {"resourceType":"DocumentReference","status":"current","content":[{"attachment":
                                  {"contentType":"text/html","url":"%s"}}]}
                                """, """
                                {"resourceType":"Observation","status":"final","code":{"coding":[{"system":"%1$s","code":"x"}]},
                                  "valueCodeableConcept":{"coding":[{"system":"%1$s/values","code":"x"}]},
                                  "subject":{"reference":"%1$sPatient/1"}}
                                """, """
                                {"resourceType":"ServiceRequest","status":"active","intent":"order","instantiatesUri":["%1$s"],
                                  "instantiatesCanonical":["%1$sPlanDefinition/1"],"subject":{"reference":"%1$sPatient/1"}}
                                """, """
                                {"resourceType":"QuestionnaireResponse","status":"completed","questionnaire":"%1$sQuestionnaire/1",
                                  "item":[{"linkId":"1","answer":[{"valueUri":"%1$s"}]}]}
                                """, """
                                {"resourceType":"Communication","status":"completed","payload":[{"contentAttachment":{"url":"%s"}}]}
                                """, """
                                {"resourceType":"Subscription","status":"requested","reason":"x","criteria":"Patient?",
                                  "channel":{"type":"rest-hook","endpoint":"%s","payload":"application/fhir+json"}}
                                """).map(this::posted));
    }

    private Stream<Answer> definitions() {
        return Stream.of("""
                        {"resourceType":"ValueSet","url":"http://example.org/%2$s","status":"active","compose":{"include":[
                          {"valueSet":["%1$sValueSet/v"]},{"system":"%1$sCodeSystem/c"}]}}
                        """, """
                        {"resourceType":"CodeSystem","url":"http://example.org/%2$s","status":"active","content":"supplement",
                          "supplements":"%1$sCodeSystem/c"}
                        """, """
                        {"resourceType":"StructureDefinition","url":"http://example.org/%2$s","name":"X","status":"active",
                          "kind":"resource","abstract":false,"type":"Patient","baseDefinition":"%1$sStructureDefinition/p",
                          "derivation":"constraint","differential":{"element":[{"id":"Patient.gender","path":"Patient.gender",
                          "binding":{"strength":"required","valueSet":"%1$sValueSet/v"}}]}}
                        """, """
                        {"resourceType":"ImplementationGuide","url":"http://example.org/%2$s","name":"X","status":"active",
                          "packageId":"x","fhirVersion":["4.0.1"],"dependsOn":[{"uri":"%1$sImplementationGuide/i"}]}
                        """, """
                        {"resourceType":"ConceptMap","status":"active","sourceUri":"%1$sValueSet/a","targetUri":"%1$sValueSet/b"}
                        """, """
                        {"resourceType":"SearchParameter","url":"%1$sSearchParameter/s","name":"X","status":"active","code":"x",
                          "description":"x","base":["Patient"],"type":"string","derivedFrom":"%1$sSearchParameter/d",
                          "expression":"resolve('%1$sPatient/1')"}
                        """, """
                        {"resourceType":"Questionnaire","status":"active","derivedFrom":["%1$sQuestionnaire/q"],"item":[
                          {"linkId":"1","type":"choice","answerValueSet":"%1$sValueSet/v"}]}
                        """).map(this::posted);
    }

    private Stream<Answer> questions() {
        String values = """
                {"resourceType":"Parameters","parameter":[{"name":"valueSet","resource":{"resourceType":"ValueSet",
                  "status":"active","compose":{"include":[{"valueSet":["%1$sValueSet/v"]},{"system":"%1$sCodeSystem/c"}]}}}]}
                """.formatted(evil);
        String view = """
                {"resourceType":"Parameters","parameter":[{"name":"viewReference","valueReference":{"reference":"%sViewDefinition/v"}}]}
                """.formatted(evil);
        return Stream.of(
                exchange.post("Patient/$validate?profile=" + evil + "p", exchange.json(aChild(unique("record")))),
                exchange.post("ValueSet/$expand", values),
                exchange.post("$viewdefinition-run", view),
                exchange.get("ValueSet/$expand?url=" + evil + "values"),
                exchange.get("ValueSet/$validate-code?url=" + evil + "values&system=" + evil + "system&code=x"),
                exchange.get("CodeSystem/$lookup?system=" + evil + "system&code=x"),
                exchange.get("ConceptMap/$translate?url=" + evil + "map&system=" + evil + "&code=x"),
                exchange.get("Observation?code:in=" + evil + "values"),
                exchange.get("Observation?code=" + evil + "%7Cx"),
                exchange.get("Observation?subject=" + evil + "Patient/1"),
                exchange.get("Patient?_profile=" + evil + "p"),
                exchange.get("Patient?_logical_urls=" + evil),
                exchange.get("metadata", "Referer", evil, "Origin", evil, "Forwarded", "host=" + host),
                xml("<!DOCTYPE Patient SYSTEM \"" + evil + "dtd\"><Patient xmlns=\"http://hl7.org/fhir\"/>"),
                xml("""
                        <Patient xmlns="http://hl7.org/fhir" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                          xsi:schemaLocation="http://hl7.org/fhir %sxsd"/>
                        """.formatted(evil)));
    }

    private Answer xml(String patient) {
        return exchange.send(
                "POST",
                "Patient",
                "application/fhir+xml",
                BodyPublishers.ofString(patient),
                "Accept",
                Exchange.FHIR_JSON);
    }

    /** Of somebody whose token says where its keys are. */
    private Stream<Answer> tokens() {
        String claims = Base64URL.encode("{\"iss\":\"%1$s\",\"sub\":\"x\",\"aud\":\"%1$s\"}".formatted(evil))
                .toString();
        return Stream.of("{\"alg\":\"RS384\",\"jku\":\"%s\"}", "{\"alg\":\"RS384\",\"x5u\":\"%s\",\"kid\":\"%1$s\"}")
                .map(header -> Base64URL.encode(header.formatted(evil)) + "." + claims + ".c2ln")
                .map(token -> exchange.get("Patient?_count=1", "Authorization", "Bearer " + token));
    }

    private Answer posted(String record) {
        String json = record.formatted(evil, UUID.randomUUID());
        IBaseResource read = exchange.context().newJsonParser().parseResource(json);
        return exchange.post(read.fhirType(), json);
    }

    /** What notes nothing could not find anything. */
    @Test
    void wouldSeeALookupAndACall() throws IOException {
        String port = exchange.base().replaceAll(".*:(\\d+)/.*", ":$1");
        OutgoingCalls noted = OutgoingCalls.noted();
        try (OutgoingCalls calls = noted) {
            assertThat(calls.to(port)).isEmpty();

            assertThat(InetAddress.getByName("127.7.7.7").isLoopbackAddress()).isTrue();
            assertThat(calls.to("127.7.7.7")).isNotEmpty();

            URI base = URI.create(exchange.base());
            InetSocketAddress server = new InetSocketAddress(base.getHost(), base.getPort());
            try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
                assertThat(socket.isConnected()).isTrue();
            }
            int bySocket = calls.to(port).size();
            assertThat(bySocket).isPositive();
            try (SocketChannel channel = SocketChannel.open(server)) {
                assertThat(channel.isConnected()).isTrue();
            }
            assertThat(calls.to(port)).hasSizeGreaterThan(bySocket);
        }
        assertThat(InetAddress.getByName("127.7.7.8").isLoopbackAddress()).isTrue();
        assertThat(noted.to("127.7.7.8")).isEmpty();
    }
}
