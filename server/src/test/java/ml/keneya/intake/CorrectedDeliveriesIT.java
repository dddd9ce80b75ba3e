package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.deleting;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Medication.MedicationStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A refusal binds no name: whatever was wrong with a bundle, the corrected one goes by the same identifier. */
@KeneyaIntegrationTest
class CorrectedDeliveriesIT {

    /** Those that intake gives to something else than a bundle that can be corrected. */
    private static final Set<RefusalCode> ABOUT_SOMETHING_ELSE = EnumSet.of(
            RefusalCode.KEY_REUSED,
            RefusalCode.STILL_RUNNING,
            RefusalCode.ANSWER_FORGOTTEN,
            RefusalCode.UNKNOWN_DELIVERY,
            RefusalCode.DELIVERY_ERASED,
            RefusalCode.DELIVERY_SETTLED,
            RefusalCode.DELIVERY_WAITING,
            RefusalCode.UNKNOWN_UPLOAD,
            RefusalCode.OTHER_OFFSET,
            RefusalCode.TOO_MANY_UPLOADS,
            RefusalCode.OTHER_DIGEST,
            RefusalCode.SENDER_REVOKED,
            // Of the server and not of a bundle: OutagesIT shows it.
            RefusalCode.NO_ROOM,
            // Needs somebody who has the number already: KnownPeopleIT.
            RefusalCode.NUMBER_OF_ANOTHER);

    @Autowired
    Exchange exchange;

    private final String facility = unique("cscom");
    private final String recordNumber = unique("record");
    private final String submission = unique("submission");

    /**
     * A way to spoil a bundle.
     *
     * @param change of the bundle, before it is written
     * @param write how it is written
     */
    private record Mistake(
            RefusalCode code, String contentType, UnaryOperator<Bundle> change, Function<String, byte[]> write) {

        @Override
        public String toString() {
            return code.id() + " " + code;
        }
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                text(RefusalCode.UNREADABLE, json -> json.substring(0, json.length() - 20)),
                text(RefusalCode.TOO_LARGE, json -> json + " ".repeat(11 * 1024 * 1024)),
                new Mistake(
                        RefusalCode.NOT_UTF8,
                        Exchange.FHIR_JSON,
                        bundle -> bundle,
                        json -> json.getBytes(StandardCharsets.ISO_8859_1)),
                new Mistake(
                        RefusalCode.DOCUMENT_TYPE_DECLARATION,
                        "application/fhir+xml",
                        bundle -> bundle,
                        json -> "<!DOCTYPE a [<!ENTITY x \"y\">]><Bundle xmlns=\"http://hl7.org/fhir\"/>"
                                .getBytes(StandardCharsets.UTF_8)),
                change(RefusalCode.STALE_VERSION, bundle -> {
                    Patient nobody = aChild(unique("record"));
                    nobody.setId("Patient/" + unique("p"));
                    BundleEntryComponent update = putting(nobody);
                    update.getRequest().setIfMatch("W/\"9\"");
                    bundle.addEntry(update);
                    return bundle;
                }),
                text(
                        RefusalCode.TOO_DEEP,
                        json -> json.replaceFirst(
                                "\"entry\"",
                                "\"extension\":" + "[{\"a\":".repeat(900) + "1" + "}]".repeat(900) + ",\"entry\"")),
                text(RefusalCode.HUGE_NUMBER, json -> json.replace(":9.5", ":1e999999999")),
                text(RefusalCode.FORBIDDEN_CHARACTER, json -> json.replace("Traoré", "Traor\\u0000")),
                text(RefusalCode.UNKNOWN_ELEMENT, json -> json.replace("\"gender\"", "\"taille\":1,\"gender\"")),
                text(RefusalCode.INVALID_VALUE, json -> json.replace("2025-06-01", "2025-13-01")),
                text(RefusalCode.WRONG_SHAPE, json -> json.replace("\"gender\"", "\"address\":\"Kayes\",\"gender\"")),
                change(RefusalCode.BUNDLE_EMPTY, bundle -> bundle.setEntry(new ArrayList<>())),
                change(RefusalCode.BUNDLE_TYPE, bundle -> bundle.setType(BundleType.COLLECTION)),
                change(RefusalCode.TOO_MANY_ENTRIES, bundle -> {
                    for (int entry = 0; entry <= IntakeLimits.ENTRIES; entry++) {
                        bundle.addEntry(deleting("Patient/" + entry));
                    }
                    return bundle;
                }),
                entry(RefusalCode.DUPLICATE_FULL_URL, (child, entry) -> entry.setFullUrl(child)),
                entry(
                        RefusalCode.UNRESOLVED_REFERENCE,
                        (child, entry) -> entry.setResource(weightOf("Patient/" + unique("nobody"), "9.5"))),
                entry(RefusalCode.ENTRY_WITHOUT_REQUEST, (child, entry) -> entry.setRequest(null)),
                entry(RefusalCode.POST_TO_BASE, (child, entry) -> {
                    entry.getRequest().setUrl("Bundle");
                    return entry.setResource(transaction());
                }),
                entry(RefusalCode.UNSERVED_TYPE, (child, entry) -> {
                    entry.getRequest().setUrl("Medication");
                    return entry.setResource(new Medication().setStatus(MedicationStatus.ACTIVE));
                }),
                entry(RefusalCode.ENTRY_WITHOUT_RESOURCE, (child, entry) -> entry.setResource(null)),
                entry(RefusalCode.UNSAFE_CONDITION, (child, entry) -> {
                    entry.getRequest().setIfNoneExist("status=final");
                    return entry;
                }),
                change(RefusalCode.IDENTIFIER_TWICE, bundle -> {
                    Patient child = (Patient) bundle.getEntryFirstRep().getResource();
                    bundle.addEntry(creating(child.copy()));
                    return bundle;
                }),
                change(RefusalCode.SAME_CONDITION, bundle -> {
                    String condition = "identifier=" + Records.RECORD_NUMBER + "|" + unique("record");
                    for (int twice = 0; twice < 2; twice++) {
                        BundleEntryComponent other = creating(aChild(unique("record")));
                        other.getRequest().setIfNoneExist(condition);
                        bundle.addEntry(other);
                    }
                    return bundle;
                }),
                change(RefusalCode.SAME_RECORD, bundle -> {
                    String record = "Patient/" + unique("p");
                    bundle.addEntry(deleting(record));
                    bundle.addEntry(deleting(record));
                    return bundle;
                }),
                change(RefusalCode.UNCLEAR_ADDRESS, bundle -> {
                    bundle.addEntry(deleting("Patient/" + unique("p") + "?identifier=a|b"));
                    return bundle;
                }),
                change(RefusalCode.NOT_FOUND, bundle -> {
                    BundleEntryComponent patch = new BundleEntryComponent()
                            .setResource(new Binary()
                                    .setContentType("application/json-patch+json")
                                    .setData("[{\"op\":\"sing\"}]".getBytes(StandardCharsets.UTF_8)));
                    patch.getRequest().setMethod(HTTPVerb.PATCH).setUrl("Patient/" + unique("p"));
                    bundle.addEntry(patch);
                    return bundle;
                }),
                entry(RefusalCode.INVALID_RESOURCE, (child, entry) -> {
                    ((Observation) entry.getResource()).setStatus(null);
                    return entry;
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void acceptsTheCorrectedBundleUnderTheSameIdentifier(Mistake mistake) {
        byte[] spoilt = mistake.write().apply(exchange.json(mistake.change().apply(aVisit())));
        send(mistake.contentType(), spoilt)
                .isRefused(mistake.code().status(), mistake.code().id());
        assertThat(children()).as("children of a refused delivery").isZero();
        byte[] corrected = exchange.json(aVisit()).getBytes(StandardCharsets.UTF_8);

        Answer accepted = send(Exchange.FHIR_JSON, corrected).hasStatus(200);

        assertThat(accepted.header("Keneya-Replayed")).isEmpty();
        assertThat(send(Exchange.FHIR_JSON, corrected).hasStatus(200).body()).isEqualTo(accepted.body());
        assertThat(children()).isEqualTo(1);
    }

    /** A refusal that nobody has thought of here would be missed otherwise. */
    @Test
    void knowsAMistakeForEveryRefusalOfIntake() {
        Set<RefusalCode> tried = mistakes().map(Mistake::code).collect(Collectors.toSet());

        assertThat(Arrays.stream(RefusalCode.values())
                        .filter(code -> code.id().startsWith("ML-INTAKE-"))
                        .filter(code -> !ABOUT_SOMETHING_ELSE.contains(code)))
                .allMatch(tried::contains);
    }

    private static Mistake text(RefusalCode code, UnaryOperator<String> write) {
        return new Mistake(
                code,
                Exchange.FHIR_JSON,
                bundle -> bundle,
                json -> write.apply(json).getBytes(StandardCharsets.UTF_8));
    }

    private static Mistake change(RefusalCode code, UnaryOperator<Bundle> change) {
        return new Mistake(code, Exchange.FHIR_JSON, change, json -> json.getBytes(StandardCharsets.UTF_8));
    }

    /** @param change of the second entry; is given the placeholder of the first */
    private static Mistake entry(RefusalCode code, ChangedEntry change) {
        return change(code, bundle -> {
            List<BundleEntryComponent> entries = bundle.getEntry();
            entries.set(1, change.of(entries.get(0).getFullUrl(), entries.get(1)));
            return bundle;
        });
    }

    @FunctionalInterface
    private interface ChangedEntry {

        BundleEntryComponent of(String child, BundleEntryComponent entry);
    }

    private Bundle aVisit() {
        String child = "urn:uuid:" + UUID.nameUUIDFromBytes(recordNumber.getBytes(StandardCharsets.UTF_8));
        Bundle visit = transaction(creating(child, aChild(recordNumber)), creating(weightOf(child, "9.5")));
        visit.getEntry().get(1).setFullUrl(null);
        visit.getIdentifier().setSystem("https://keneya.ml/id/submission").setValue(submission);
        return visit;
    }

    private Answer send(String contentType, byte[] body) {
        return exchange.send(
                "POST",
                "",
                contentType,
                BodyPublishers.ofByteArray(body),
                "Keneya-Facility",
                facility,
                "Accept",
                Exchange.FHIR_JSON);
    }

    private int children() {
        return exchange.get("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + recordNumber)
                .entries()
                .size();
    }
}
