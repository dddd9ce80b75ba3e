package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.surveillance.Strata.one;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
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
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Times to answer worked out a second time, from the records as they were sent, by plain Java. No other test asks for
 * an opinion in that week.
 */
@KeneyaIntegrationTest
class RecountAnswersIT {

    private static final LocalDate FIRST = LocalDate.parse("1991-06-03");
    private static final LocalDate LAST = LocalDate.parse("1991-06-09");

    @Autowired
    Exchange exchange;

    private final Random random = new Random(19910603);
    private final Map<ServiceRequest, List<Communication>> asked = new LinkedHashMap<>();
    private final Patient patient = aPerson("ML020101", "female", "1980-01-01", "");
    private final String facility = unique("site");

    @Test
    void agreesWhateverHappensToTheAnswers() {
        Organization site = new Organization().setName("CSCom");
        site.setId(UUID.randomUUID().toString());
        site.addIdentifier().setSystem("https://keneya.ml/id/facility").setValue(facility);
        site.addAddress().addExtension(Cases.COMMUNE, new Coding(Cases.DIVISION_2015, "ML010101", null));
        exchange.post(transaction(putting(site), putting(patient)), facility).hasStatus(200);
        for (int number = 0; number < 60; number++) {
            ask();
        }
        sendAll();
        agrees();

        // The first answer was a mistake: the next one counts. A question is withdrawn.
        asked.values().stream()
                .filter(answers -> answers.size() > 1)
                .findFirst()
                .orElseThrow()
                .get(0)
                .setStatus(CommunicationStatus.ENTEREDINERROR);
        asked.keySet().iterator().next().setStatus(ServiceRequestStatus.ENTEREDINERROR);
        sendAll();
        agrees();
    }

    private void agrees() {
        Map<String, List<Long>> recount = recount();
        for (int column = 0; column < 7; column++) {
            int each = column;
            assertThat(recount.values()).anyMatch(counts -> counts.get(each) > 0);
        }
        // At the site that asks, and not where the patient lives.
        for (String subject : List.of("2015|ML", "2015|ML01", "2015|ML010101", "health|" + facility)) {
            assertThat(figures(subject, "")).as("answers in %s", subject).isEqualTo(recount);
        }
        assertThat(figures("2015|ML02", "")).isEmpty();
        assertThat(figures("2015|ML", "region")).isEqualTo(recount);
        timesAgree();
    }

    private void timesAgree() {
        Map<String, List<Double>> minutes = new TreeMap<>();
        asked.forEach((request, answers) -> {
            Communication first = first(answers);
            Long time = isCounted(request) && first != null ? minutesTo(request, first) : null;
            if (time != null && time >= 0) {
                for (String key : List.of(
                        "", request.getPerformerType().getCodingFirstRep().getCode())) {
                    minutes.computeIfAbsent(key, each -> new ArrayList<>()).add((double) time);
                }
            }
        });
        String csv = exchange.get("Measure/ml-tele-expertise-answers/$rates?" + parameters("2015|ML01", ""))
                .hasStatus(200)
                .body();
        List<Map<String, String>> rows = Strata.rows(csv);
        assertThat(rows).hasSize(3);
        rows.forEach(row -> assertThat(row)
                .containsEntry(
                        "timed",
                        Integer.toString(minutes.get(row.get("speciality")).size()))
                .containsEntry("median_minutes", percentile(minutes.get(row.get("speciality")), 0.5))
                .containsEntry("ninetieth_percentile_minutes", percentile(minutes.get(row.get("speciality")), 0.9)));
    }

    /** Between the two nearest, as percentile_cont has it. */
    private static String percentile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        double place = share * (sorted.size() - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        double value = sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
        return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP).toString();
    }

    private Map<String, List<Long>> recount() {
        Map<String, List<Long>> figures = new TreeMap<>();
        asked.forEach((request, answers) -> {
            if (!isCounted(request)) {
                return;
            }
            Communication first = first(answers);
            Long minutes = first == null ? null : minutesTo(request, first);
            boolean timed = minutes != null && minutes >= 0;
            Strata.add(
                    figures,
                    request.getPerformerType().getCodingFirstRep().getCode() + "/"
                            + (request.hasPriority() ? request.getPriority().toCode() : "unknown"),
                    List.of(
                            1L,
                            one(first != null),
                            one(timed && minutes <= 60),
                            one(timed && minutes <= 24 * 60),
                            one(timed && minutes <= 72 * 60),
                            one(first != null && !timed),
                            one(minutes != null && minutes < 0),
                            0L));
        });
        return figures;
    }

    private static boolean isCounted(ServiceRequest request) {
        LocalDate day = LocalDate.parse(
                request.getAuthoredOnElement().getValueAsString().substring(0, 10));
        return request.getStatus() != ServiceRequestStatus.ENTEREDINERROR && !day.isBefore(FIRST) && !day.isAfter(LAST);
    }

    /** Those whose hour nobody says come last. */
    private static Communication first(List<Communication> answers) {
        Communication first = null;
        for (Communication each : answers) {
            boolean counts = each.getStatus() == CommunicationStatus.COMPLETED
                    && each.getCategoryFirstRep().getCodingFirstRep().getCode().equals("tele-expertise-answer");
            if (counts
                    && (first == null
                            || at(each.getSentElement()) != null
                                    && (at(first.getSentElement()) == null
                                            || at(each.getSentElement()).isBefore(at(first.getSentElement()))))) {
                first = each;
            }
        }
        return first;
    }

    private static Long minutesTo(ServiceRequest request, Communication answer) {
        Instant asked = at(request.getAuthoredOnElement());
        Instant answered = at(answer.getSentElement());
        return asked == null || answered == null
                ? null
                : Long.valueOf(Duration.between(asked, answered).toMinutes());
    }

    private static Instant at(DateTimeType moment) {
        String text = moment.getValueAsString();
        return text == null || text.length() <= 10 ? null : Instant.parse(text.replace("+00:00", "Z"));
    }

    private void ask() {
        ServiceRequest request = new ServiceRequest();
        request.setId(UUID.randomUUID().toString());
        request.setStatus(ServiceRequestStatus.ACTIVE).setIntent(ServiceRequestIntent.ORDER);
        request.addCategory(code("request-category", "tele-expertise"));
        request.getCode().setText("Avis");
        request.setSubject(new Reference("Patient/" + patient.getIdElement().getIdPart()));
        request.getRequester().setDisplay("Infirmier");
        request.addReasonCode().setText("Lésion");
        request.setPerformerType(code("telehealth-speciality", oneOf(List.of("dermatology", "cardiology"))));
        if (random.nextBoolean()) {
            request.setPriority(ServiceRequest.ServiceRequestPriority.URGENT);
        }
        LocalDate day = FIRST.plusDays(random.nextInt(9) - 1L);
        request.setAuthoredOnElement(
                new DateTimeType(random.nextInt(6) == 0 ? day.toString() : day + "T10:00:00+00:00"));
        List<Communication> answers = new ArrayList<>();
        for (int number = random.nextInt(3); number > 0; number--) {
            Communication answer = new Communication();
            answer.setId(UUID.randomUUID().toString());
            answer.setStatus(oneOf(List.of(
                    CommunicationStatus.COMPLETED, CommunicationStatus.COMPLETED, CommunicationStatus.NOTDONE)));
            answer.addCategory(code(
                    "communication-category",
                    oneOf(List.of(
                            "tele-expertise-answer", "tele-expertise-answer", "tele-expertise-answer", "reminder"))));
            answer.addBasedOn(
                    new Reference("ServiceRequest/" + request.getIdElement().getIdPart()));
            answer.setSubject(request.getSubject());
            answer.getSender().setDisplay("Dermatologue");
            answer.addPayload().setContent(new StringType("Avis"));
            Instant sent = Instant.parse(day + "T10:00:00Z")
                    .plus(Duration.ofMinutes(oneOf(List.of(-30, 0, 7, 60, 61, 600, 1440, 1441, 4320, 5000))));
            answer.setSentElement(new DateTimeType(
                    random.nextInt(6) == 0 ? day.toString() : sent.toString().replace("Z", "+00:00")));
            answers.add(answer);
        }
        asked.put(request, answers);
    }

    private static CodeableConcept code(String system, String code) {
        return new CodeableConcept(new Coding(Cases.BASE + "/CodeSystem/ml-" + system, code, null));
    }

    private void sendAll() {
        Bundle bundle = transaction();
        asked.forEach((request, answers) -> {
            bundle.addEntry(putting(request));
            answers.forEach(answer -> bundle.addEntry(putting(answer)));
        });
        exchange.post(bundle, facility).hasStatus(200);
    }

    private Map<String, List<Long>> figures(String subject, String level) {
        MeasureReport report = exchange.get(
                        "Measure/ml-tele-expertise-answers/$evaluate-measure?" + parameters(subject, level))
                .hasStatus(200)
                .as(MeasureReport.class);
        Map<String, List<Long>> figures = new TreeMap<>();
        Strata.of(report, "speciality", "priority")
                .forEach((key, counts) -> figures.put(key.substring("tele-expertise/".length()), counts));
        return figures;
    }

    private static String parameters(String subject, String level) {
        return "periodStart=" + FIRST + "&periodEnd=" + LAST + "&subject=" + subject.replace("|", "%7C")
                + (level.isEmpty() ? "" : "&level=" + level);
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
