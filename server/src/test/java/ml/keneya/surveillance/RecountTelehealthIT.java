package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.deleting;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Remote contacts counted a second time, from the records as they were sent, by plain Java that knows nothing of views
 * or of the statements. No other test has contacts in the period.
 */
@KeneyaIntegrationTest
class RecountTelehealthIT {

    private static final LocalDate FIRST = LocalDate.parse("2000-03-01");
    private static final LocalDate LAST = LocalDate.parse("2000-03-07");

    @Autowired
    Exchange exchange;

    private final Random random = new Random(20000301);
    private final Map<String, Encounter> sent = new LinkedHashMap<>();
    private final String sender = unique("site");
    /** In two communes, and in none. */
    private final Map<Organization, String> sites = new LinkedHashMap<>();

    @Test
    void agreesWithTheReport() {
        Bundle registry = transaction();
        for (String commune : List.of("ML010101", "ML020101", "")) {
            Organization site = new Organization().setName("CSCom");
            site.setId(UUID.randomUUID().toString());
            site.addIdentifier().setSystem("https://keneya.ml/id/facility").setValue(unique("tele"));
            if (!commune.isEmpty()) {
                site.addAddress().addExtension(Cases.COMMUNE, new Coding(Cases.DIVISION_2015, commune, null));
            }
            sites.put(site, commune);
            registry.addEntry(putting(site));
        }
        exchange.post(registry, sender).hasStatus(200);
        send(contacts());
        Bundle again = contacts();
        send(again);
        agrees();

        send(again);
        agrees();

        List<Encounter> all = List.copyOf(sent.values());
        all.get(0).setStatus(EncounterStatus.ENTEREDINERROR);
        all.get(1).getPeriod().setStartElement(new DateTimeType(LAST.plusDays(1).toString()));
        all.get(2).setStatus(EncounterStatus.FINISHED);
        String deleted = all.get(3).getIdElement().getIdPart();
        exchange.post(
                        transaction(
                                putting(all.get(0)),
                                putting(all.get(1)),
                                putting(all.get(2)),
                                deleting("Encounter/" + deleted)),
                        sender)
                .hasStatus(200);
        sent.remove(deleted);
        agrees();
    }

    private void agrees() {
        Map<String, List<Long>> recount = recount("", "");
        assertThat(recount).isNotEmpty();
        assertThat(figures("2015|ML", "")).isEqualTo(recount);
        assertThat(figures("health|ML", "facility")).isEqualTo(recount);
        assertThat(figures("2015|ML", "region")).isEqualTo(recount);
        assertThat(figures("2015|ML01", "")).isNotEmpty().isEqualTo(recount("ML01", ""));
        assertThat(figures("2015|ML020101", "")).isNotEmpty().isEqualTo(recount("ML020101", ""));
        for (Organization site : sites.keySet()) {
            String code = site.getIdentifierFirstRep().getValue();
            assertThat(figures("health|" + code, "")).isNotEmpty().isEqualTo(recount("", code));
        }
        assertThat(figures("health|" + sender, "")).isNotEmpty().isEqualTo(recount("", sender));
    }

    private Map<String, List<Long>> figures(String subject, String level) {
        MeasureReport report = exchange.get("Measure/ml-telehealth-activity/$evaluate-measure?periodStart=" + FIRST
                        + "&periodEnd=" + LAST + "&subject=" + subject.replace("|", "%7C")
                        + (level.isEmpty() ? "" : "&level=" + level))
                .hasStatus(200)
                .as(MeasureReport.class);
        Map<String, List<Long>> figures = new TreeMap<>();
        report.getGroupFirstRep().getStratifierFirstRep().getStratum().forEach(stratum -> {
            Map<String, String> told = new TreeMap<>();
            stratum.getComponent()
                    .forEach(each ->
                            told.put(each.getCode().getText(), each.getValue().getText()));
            add(
                    figures,
                    told.get("speciality") + "/" + told.get("modality") + "/" + told.get("outcome"),
                    stratum.getPopulation().stream()
                            .map(each -> (long) each.getCount())
                            .toList());
        });
        return figures;
    }

    private Map<String, List<Long>> recount(String place, String site) {
        Map<String, List<Long>> figures = new TreeMap<>();
        for (Encounter contact : sent.values()) {
            LocalDate day = LocalDate.parse(
                    contact.getPeriod().getStartElement().getValueAsString().substring(0, 10));
            Extension asking = contact.getExtensionByUrl(Cases.BASE + "/StructureDefinition/ml-ext-requesting-site");
            String code = sender;
            String commune = "";
            for (Map.Entry<Organization, String> each : sites.entrySet()) {
                String reference =
                        "Organization/" + each.getKey().getIdElement().getIdPart();
                if (asking != null
                        && ((Reference) asking.getValue()).getReference().equals(reference)) {
                    code = each.getKey().getIdentifierFirstRep().getValue();
                    commune = each.getValue();
                }
            }
            if (!contact.getClass_().getCode().equals("VR")
                    || (contact.getStatus() != EncounterStatus.FINISHED
                            && contact.getStatus() != EncounterStatus.INPROGRESS)
                    || day.isBefore(FIRST)
                    || day.isAfter(LAST)
                    || !commune.startsWith(place)
                    || (!site.isEmpty() && !site.equals(code))) {
                continue;
            }
            add(
                    figures,
                    (contact.hasServiceType()
                                    ? contact.getServiceType()
                                            .getCodingFirstRep()
                                            .getCode()
                                    : "unknown")
                            + "/" + told(contact, "modality") + "/" + told(contact, "outcome"),
                    List.of(
                            1L,
                            contact.hasExtension(Cases.BASE + "/StructureDefinition/ml-ext-answering-site") ? 1L : 0L,
                            0L));
        }
        return figures;
    }

    private static String told(Encounter contact, String what) {
        Extension found = contact.getExtensionByUrl(Cases.BASE + "/StructureDefinition/ml-ext-telehealth-" + what);
        return found == null
                ? "unknown"
                : ((CodeableConcept) found.getValue()).getCodingFirstRep().getCode();
    }

    private static void add(Map<String, List<Long>> figures, String key, List<Long> counts) {
        figures.merge(key, counts, (one, other) -> {
            List<Long> sum = new ArrayList<>();
            for (int column = 0; column < one.size(); column++) {
                sum.add(one.get(column) + other.get(column));
            }
            return sum;
        });
    }

    private Bundle contacts() {
        Bundle bundle = transaction();
        for (int number = 0; number < 40; number++) {
            Patient person = aPerson("ML010201", "female", "1990", "");
            Encounter contact = new Encounter();
            contact.setId(UUID.randomUUID().toString());
            contact.setStatus(oneOf(List.of(
                    EncounterStatus.FINISHED,
                    EncounterStatus.FINISHED,
                    EncounterStatus.INPROGRESS,
                    EncounterStatus.PLANNED,
                    EncounterStatus.CANCELLED)));
            contact.getClass_()
                    .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                    .setCode(oneOf(List.of("VR", "VR", "VR", "AMB")));
            contact.setSubject(new Reference("Patient/" + person.getIdElement().getIdPart()));
            LocalDate day = FIRST.plusDays(random.nextInt(9) - 1L);
            contact.getPeriod()
                    .setStartElement(new DateTimeType(random.nextBoolean() ? day.toString() : day + "T10:30:00+00:00"));
            if (random.nextInt(4) > 0) {
                extend(contact, "requesting-site", aSite());
            }
            if (random.nextInt(4) > 0) {
                extend(contact, "answering-site", aSite());
            }
            if (random.nextInt(4) > 0) {
                extend(contact, "telehealth-modality", code("modality", List.of("audio", "messaging")));
            }
            if (random.nextInt(4) > 0) {
                extend(contact, "telehealth-outcome", code("outcome", List.of("referred", "managed-locally")));
            }
            if (random.nextInt(4) > 0) {
                contact.setServiceType(code("speciality", List.of("cardiology", "dermatology")));
            }
            bundle.addEntry(putting(person));
            bundle.addEntry(putting(contact));
        }
        return bundle;
    }

    private static void extend(Encounter contact, String name, Type value) {
        contact.addExtension(Cases.BASE + "/StructureDefinition/ml-ext-" + name, value);
    }

    private CodeableConcept code(String system, List<String> codes) {
        return new CodeableConcept(new Coding(Cases.BASE + "/CodeSystem/ml-telehealth-" + system, oneOf(codes), null));
    }

    private Reference aSite() {
        return new Reference("Organization/"
                + oneOf(List.copyOf(sites.keySet())).getIdElement().getIdPart());
    }

    private void send(Bundle bundle) {
        exchange.post(bundle, sender).hasStatus(200);
        bundle.getEntry().forEach(entry -> {
            if (entry.getResource() instanceof Encounter contact) {
                sent.put(contact.getIdElement().getIdPart(), contact);
            }
        });
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
