package ml.keneya.security.access;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.reading;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What one site learns of another: nothing, on whichever way it asks. */
@KeneyaIntegrationTest
class OtherFacilitiesIT extends TwoSites {

    @Autowired
    JdbcClient jdbc;

    @Test
    @DisplayName("A site sees what it brought")
    void showsASiteItsOwn() {
        exchange.get(patientHere, us).hasStatus(200);
        exchange.get(weightHere, us).hasStatus(200);
        assertThat(idsIn(exchange.get("Observation?_total=accurate", us))).containsExactly(weightHere);
        assertThat(exchange.get("Observation?_total=accurate", us).bundle().getTotal())
                .isEqualTo(1);
        assertThat(idsIn(exchange.get("Patient", us))).containsExactly(patientHere);
        assertThat(idsIn(exchange.get("Observation?patient.family=Traor%C3%A9", us)))
                .containsExactly(weightHere);
        assertThat(idsIn(exchange.get(weightHere + "/_history", us))).containsExactly(weightHere);
        assertThat(idsIn(exchange.get(patientHere + "/Observation", us))).containsExactly(weightHere);
        assertThat(idsIn(exchange.get("?_type=Patient,Observation", us)))
                .containsExactlyInAnyOrder(patientHere, weightHere);
    }

    @Test
    @DisplayName("Z1: reading another's record, its versions and its history is as if there were none")
    void z1_answersAnothersIdLikeAnUnknownOne() {
        for (String record : List.of(patientThere, weightThere)) {
            String unknown = record.replaceFirst("/.*", "/" + UUID.randomUUID());
            for (String way : List.of("%s", "%s/_history", "%s/_history/1", "%s?_summary=text", "%s?_format=xml")) {
                isAlike(
                        exchange.get(way.formatted(record), us),
                        exchange.get(way.formatted(unknown), us),
                        record,
                        unknown);
            }
            assertThat(head(record).status()).isEqualTo(404);
            exchange.get(record, with(us, "If-None-Match", "W/\"1\"")).hasStatus(404);
        }
    }

    @Test
    @DisplayName("Z1: what another site deleted is as unknown as what it kept; one's own is gone")
    void z1_tellsNobodyElseWhatWasDeleted() {
        String[] them = TestSystem.ofSite(exchange, there).withAll();
        String gone = created(weightOf(patientThere, "7.5"), them);
        exchange.delete(gone, them);

        exchange.get(gone, them).hasStatus(410);
        exchange.get(gone, us).isRefused(404, "ML-FHIR-004");
        exchange.get(gone + "/_history", us).isRefused(404, "ML-FHIR-004");
    }

    @Test
    @DisplayName("Z1: a condition on the version of another's record is answered as if there were none")
    void z1_ifMatchTellsNothingOfAnothers() {
        String[] auditor = TestSystem.withRole(exchange, "auditor").withAll();
        for (String version : List.of("*", "W/\"1\"", "W/\"7\"")) {
            for (String method : List.of("PUT", "PATCH", "DELETE")) {
                String unknown = "Observation/" + UUID.randomUUID();
                isAlike(
                        onCondition(method, weightThere, version, us),
                        onCondition(method, unknown, version, us),
                        weightThere,
                        unknown);
                onCondition(method, weightThere, version, auditor).isRefused(403, "ML-FHIR-100");
                onCondition(method, unknown, version, auditor).isRefused(403, "ML-FHIR-100");
            }
        }
        onCondition("PATCH", weightHere, "W/\"7\"", us).isRefused(412, "ML-FHIR-020");
        onCondition("PATCH", weightHere, "W/\"1\"", us).hasStatus(200);
    }

    private Answer onCondition(String method, String record, String version, String[] by) {
        String[] headers = with(by, "If-Match", version);
        Observation sent = weightOf(patientHere, "9.1");
        sent.setId(record);
        return switch (method) {
            case "PUT" -> exchange.put(record, sent, headers);
            case "PATCH" ->
                exchange.send(
                        "PATCH",
                        record,
                        "application/json-patch+json",
                        BodyPublishers.ofString("[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"amended\"}]"),
                        headers);
            default -> exchange.delete(record, headers);
        };
    }

    @Test
    @DisplayName("Z2: searches find and count nothing of another's")
    void z2_findsNothingOfAnothers() {
        String person = patientThere.replace("Patient/", "");
        String weight = weightThere.replace("Observation/", "");
        for (String search : List.of(
                "Patient?_id=" + person,
                "Patient?identifier=" + recordThere,
                "Patient?identifier=" + Records.RECORD_NUMBER.replace(":", "%3A") + "%7C" + recordThere,
                "Patient?family=Traor%C3%A9&_id=" + person,
                "Observation?_id=" + weight,
                "Observation?patient=" + patientThere,
                "Observation?owner=" + there,
                "Observation?patient.identifier=" + recordThere,
                patientThere + "/Observation")) {
            Answer found = exchange.get(search + (search.contains("?") ? "&" : "?") + "_total=accurate", us);

            assertThat(found.hasStatus(200).entries()).as(search).isEmpty();
            assertThat(found.bundle().getTotal()).as(search).isZero();
            assertThat(exchange.get(search + (search.contains("?") ? "&" : "?") + "_summary=count", us)
                            .bundle()
                            .getTotal())
                    .as(search)
                    .isZero();
        }
    }

    @Test
    @DisplayName("Z2: nobody is counted by what is not asked for")
    void z2_countsNobodyByNegatedIds() {
        String own = patientHere.replace("Patient/", "");
        for (String search : List.of(
                "Patient?_id:not=" + own,
                "Patient?_id%3Anot=" + own,
                "Patient?_id:missing=true",
                "Patient?_id:above=" + own,
                "Patient?_id:below=" + own,
                "Patient?_id:in=" + own,
                "Patient?_id:not-in=" + own,
                "Patient?_id:of-type=" + own,
                "?_type=Patient&_id:not=" + own,
                "Observation?patient._id:not=" + own,
                "Observation?owner:not=" + here,
                "Observation?owner:missing=false",
                "Task?owner-facility:not=" + here,
                "Patient?family:unknown=x")) {
            exchange.get(search + "&_summary=count", us).isRefused(403, "ML-FHIR-102");
            exchange.post("", exchange.json(transaction(reading(search + "&_summary=count"))), us)
                    .isRefused(403, "ML-FHIR-102");
        }
        assertThat(idsIn(exchange.get("Patient?family:exact=Traor%C3%A9&birthdate:missing=false", us)))
                .containsExactly(patientHere);
    }

    @Test
    @DisplayName("A site that treats many people delivers, and searches, like any other")
    void deliversForMoreThanTwoThousandPeople() {
        jdbc.sql("""
                        insert into keneya.treatment (facility, patient_id)
                        select :facility, :facility || '-' || number from generate_series(1, 2001) number
                        """).param("facility", here).update();
        String nina = unique("nina");
        String[] them = TestSystem.ofSite(exchange, there).withAll();
        String shared = created(withNina(nina), them);

        assertThat(created(withNina(nina), us)).isEqualTo(shared);
        BundleEntryComponent conditional = creating(withNina(nina));
        conditional.getRequest().setIfNoneExist("identifier=" + NINA + "|" + nina);
        exchange.post("", exchange.json(transaction(conditional)), us).hasStatus(200);
        String fresh = unique("record");
        exchange.put("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + fresh, Records.aChild(fresh), us)
                .hasStatus(201);
        exchange.put("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + fresh, Records.aChild(fresh), us)
                .hasStatus(200);

        String everybody = "Patient?family=Traor%C3%A9&_total=accurate";
        assertThat(idsIn(exchange.get(everybody, us))).hasSize(3).contains(patientHere, shared);
        assertThat(exchange.get(everybody, us).bundle().getTotal()).isEqualTo(3);
        Answer first = exchange.get("Patient?_count=2&_sort=_lastUpdated", us);
        assertThat(idsIn(first)).hasSize(2);
        assertThat(idsIn(exchange.get(first.link("next").orElseThrow(), us))).hasSize(1);
        assertThat(idsIn(exchange.get("Patient?_id=" + patientThere.replace("Patient/", ""), us)))
                .isEmpty();
        assertThat(exchange.get("?_type=Patient&_summary=count", us).bundle().getTotal())
                .isEqualTo(3);
    }

    @Test
    @DisplayName("Z5: $everything counts nothing of another's, on no page and in no bundle")
    void z5_everythingCountsNothingOfAnothers() {
        String nina = unique("nina");
        String[] them = TestSystem.ofSite(exchange, there).withAll();
        String shared = created(withNina(nina), us);
        assertThat(created(withNina(nina), them)).isEqualTo(shared);
        created(weightOf(shared, "10.1"), us);
        created(weightOf(shared, "10.2"), us);
        for (int number = 0; number < 4; number++) {
            created(weightOf(shared, "11." + number), them);
        }
        String asked = shared + "/$everything?_type=Observation&_count=1";

        Answer page = exchange.get(asked, us).hasStatus(200);
        for (int number = 1; number <= 8; number++) {
            assertThat(page.bundle().hasTotal()).as("page " + number).isFalse();
            if (page.link("next").isEmpty()) {
                break;
            }
            page = exchange.get(page.link("next").orElseThrow(), us).hasStatus(200);
        }
        Bundle nested = (Bundle) exchange.post("", exchange.json(transaction(reading(asked))), us)
                .hasStatus(200)
                .entries()
                .get(0)
                .getResource();
        assertThat(nested.hasTotal()).isFalse();
    }

    @Test
    @DisplayName("Z3: nobody filters by what others recorded")
    void z3_refusesToFilterByRecordsOfOthers() {
        for (String search : List.of(
                "Patient?_has:Observation:subject:code=29463-7",
                "Patient?_has:Encounter:patient:status=finished",
                "Observation?encounter.status=finished",
                "Observation?patient.organization.name=x",
                "Observation?subject.family=x",
                "Encounter?_filter=status%20eq%20finished",
                "Observation?_sort=patient.family",
                "Patient?_include=*",
                "Patient?_revinclude=AuditEvent:patient",
                "Observation?_security=x")) {
            exchange.get(search, us).isRefused(403, "ML-FHIR-102");
            Answer inBundle = exchange.post("", exchange.json(transaction(reading(search))), us);
            inBundle.isRefused(403, "ML-FHIR-102");
        }
    }

    @Test
    @DisplayName(
            "Z4, Z5: of a person whom both treat each site sees its own records, with includes and $everything too")
    void z4_bringsAlongNothingOfAnothers() {
        String nina = unique("nina");
        String[] them = TestSystem.ofSite(exchange, there).withAll();
        String shared = created(withNina(nina), us);
        assertThat(created(withNina(nina), them)).isEqualTo(shared);
        String ours = created(weightOf(shared, "10.1"), us);
        String theirs = created(weightOf(shared, "10.2"), them);
        String id = shared.replace("Patient/", "");

        assertThat(idsIn(exchange.get("Patient?_id=" + id + "&_revinclude=Observation:patient", us)))
                .containsExactlyInAnyOrder(shared, ours);
        assertThat(idsIn(exchange.get("Patient?_id=" + id + "&_revinclude:iterate=Observation:patient", us)))
                .doesNotContain(theirs);
        Answer everything = exchange.get(shared + "/$everything", us);
        assertThat(idsIn(everything)).contains(shared, ours).doesNotContain(theirs);
        assertThat(everything.bundle().hasTotal()).isFalse();
        assertThat(idsIn(exchange.get(shared + "/*", us))).doesNotContain(theirs);
        isAlike(
                exchange.get(patientThere + "/$everything", us),
                exchange.get("Patient/unknown/$everything", us),
                patientThere,
                "Patient/unknown");
        assertThat(idsIn(exchange.get("Observation?patient=" + shared + "&_total=accurate", us)))
                .containsExactly(ours);
    }

    @Test
    @DisplayName("Z9: a page of somebody else's search is no page")
    void z9_givesAPageToWhoSearchedOnly() {
        created(weightOf(patientHere, "9.6"), us);
        created(weightOf(patientHere, "9.7"), us);
        String next = exchange.get("Observation?_count=1", us).link("next").orElseThrow();
        String[] them = TestSystem.ofSite(exchange, there).withAll();

        Answer second = exchange.get(next, us);
        assertThat(second.hasStatus(200).entries()).hasSize(1);
        assertThat(exchange.get(second.link("next").orElseThrow(), us)
                        .hasStatus(200)
                        .entries())
                .hasSize(1);
        Answer foreign = exchange.get(next, them).isRefused(403, "ML-FHIR-103");
        Answer unknown = exchange.get(next.replaceFirst("_getpages=[^&]+", "_getpages=" + UUID.randomUUID()), them)
                .isRefused(403, "ML-FHIR-103");
        assertThat(unknown.body())
                .as("nothing tells a page of somebody from none")
                .isEqualTo(foreign.body());
        exchange.get(next.replaceAll("&_for=[^&]*", ""), us).isRefused(403, "ML-FHIR-103");
    }

    @Test
    @DisplayName("Z13: no header and no spelling of the address changes for whom one acts")
    void z13_takesTheFacilityFromTheTokenAlone() {
        for (String[] header : new String[][] {
            {"X-Partition", there}, {"X-Tenant", there}, {"X-HTTP-Method-Override", "DELETE"}, {"X-Forwarded-Host", "x"}
        }) {
            exchange.get(weightThere, with(us, header)).hasStatus(404);
        }
        exchange.get(weightThere.replace("Observation", "%4Fbservation"), us).hasStatus(404);
        assertThat(exchange.get(there + "/" + weightThere, us).status()).isGreaterThanOrEqualTo(400);
    }

    @Test
    @DisplayName("Z9: no page is behind an operation that a narrower token may call")
    void z9_noPageBehindAnOperation() {
        created(weightOf(patientHere, "9.6"), us);
        String next = exchange.get("Observation?_count=1", us).link("next").orElseThrow();
        String page = next.replaceFirst(".*_getpages=([^&]+).*", "$1");
        String[] writes = TestSystem.ofSite(exchange, here).with("system/*.c");

        exchange.get("$sync-report?_getpages=" + page, writes).isRefused(403, "ML-FHIR-104");
        exchange.get("$sync-report?_getpages=" + page, us).isRefused(403, "ML-FHIR-104");
        exchange.get(next, us).hasStatus(200);
    }
}
