package ml.keneya.security.access;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.RECORD_NUMBER;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import ml.keneya.test.Answer;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What expert hubs and social services write opens nothing to them, and finds nobody. */
@KeneyaIntegrationTest
class ReferencesOfServicesIT extends SitesAndServices {

    @Test
    @DisplayName("A hub opens nothing by what it writes into a task")
    void opensNothingByWhatItWrites() {
        String task = created(aTask().setFocus(new Reference(created(aRequest(), us))), us);

        input(task, "\"valueReference\":" + named(RECORD_NUMBER, recordThere)).hasStatus(200);
        opensNothing(hub);
        String expression =
                "{\"language\":\"text/fhirpath\",\"expression\":\"true\",\"reference\":\"" + weightThere + "\"}";
        input(task, "\"valueExpression\":" + expression).hasStatus(200);
        opensNothing(hub);
        for (String reference : List.of(
                weightThere,
                patientThere + "/_history/a:b",
                "Observation?patient=" + patientThere,
                "Patient?identifier=" + RECORD_NUMBER + "|" + recordThere,
                "Patient?identifier=" + NINA + "|" + ninaThere)) {
            input(task, "\"valueReference\":{\"reference\":\"" + reference + "\"}")
                    .isRefused(422, "ML-INTAKE-005");
            opensNothing(hub);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"subject", "about", "basedOn"})
    @DisplayName("A hub neither finds nor opens a person by a number that it writes into an answer")
    void findsNobodyByANumber(String element) {
        String request = created(aRequest(), us);
        for (String number : List.of(RECORD_NUMBER + "|" + recordThere, NINA + "|" + ninaThere)) {
            String unknown = number.replaceFirst("\\|.*", "|" + unique("number"));
            Answer known = exchange.create(answerWith(element, request, number), hub);
            Answer none = exchange.create(answerWith(element, request, unknown), hub);

            known.isRefused(422, "ML-INTAKE-005");
            assertThat(known.body().replace(number, unknown)).isEqualTo(none.body());
            exchange.post("", exchange.json(transaction(creating(answerWith(element, request, number)))), hub)
                    .isRefused(422, "ML-INTAKE-005");
            opensNothing(hub);
        }
        Communication named = anAnswer(request);
        named.setSubject(new Reference()
                .setType("Patient")
                .setIdentifier(new Identifier().setSystem(NINA).setValue(ninaThere)));
        assertThat(exchange.get(created(named, hub), hub).body()).doesNotContain(personThere);
        opensNothing(hub);
    }

    private Communication answerWith(String element, String request, String number) {
        Reference person = new Reference("Patient?identifier=" + number);
        Communication answer = anAnswer(request);
        return switch (element) {
            case "subject" -> answer.setSubject(person);
            case "about" -> answer.addAbout(person);
            default -> answer.addBasedOn(person);
        };
    }

    @Test
    @DisplayName("A social service opens nobody by a number that it writes into a referral")
    void opensNobodyByANumber() {
        Task referred = aTask();
        referred.getMeta().addSecurity(CHILD_PROTECTION.copy());
        String referral = created(referred, us);
        for (String number : List.of(RECORD_NUMBER + "|" + recordThere, NINA + "|" + ninaThere)) {
            String reference = "Patient?identifier=" + number;
            Task changed = exchange.get(referral, social).hasStatus(200).as(Task.class);
            changed.setFor(new Reference(reference));

            patched(referral, "/for", "{\"reference\":\"" + reference + "\"}", social)
                    .isRefused(422, "ML-INTAKE-005");
            exchange.put(referral, changed, social).isRefused(422, "ML-INTAKE-005");
            exchange.post("", exchange.json(transaction(putting(changed))), social)
                    .isRefused(422, "ML-INTAKE-005");
            String[] parts = number.split("\\|");
            patched(referral, "/for", named(parts[0], parts[1]), social).hasStatus(200);
            exchange.get(patientThere, social).isRefused(404, "ML-FHIR-004");
            exchange.get(personThere, social).isRefused(404, "ML-FHIR-004");
        }
    }

    private static String named(String system, String number) {
        return "{\"type\":\"Patient\",\"identifier\":{\"system\":\"" + system + "\",\"value\":\"" + number + "\"}}";
    }

    private Answer input(String task, String value) {
        return exchange.send(
                "PATCH",
                task,
                "application/json-patch+json",
                BodyPublishers.ofString(
                        "[{\"op\":\"add\",\"path\":\"/input\",\"value\":[{\"type\":{\"text\":\"x\"}," + value + "}]}]"),
                hub);
    }

    private void opensNothing(String[] by) {
        for (String record : List.of(patientThere, personThere, weightThere)) {
            exchange.get(record, by).isRefused(404, "ML-FHIR-004");
        }
    }
}
