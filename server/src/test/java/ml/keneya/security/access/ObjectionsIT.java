package ml.keneya.security.access;

import static ml.keneya.test.Exchange.unique;
import static org.assertj.core.api.Assertions.assertThat;

import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a person said last about sharing decides what a site is told of what others recorded. */
@KeneyaIntegrationTest
class ObjectionsIT extends TwoSites {

    private static final String CATEGORIES = "https://keneya.ml/fhir/CodeSystem/ml-consent-category";

    private final String nina = unique("nina");
    private final String lot = unique("lot");
    private final String ownLot = unique("lot");
    private String[] them;
    private String shared;

    @BeforeEach
    void aPersonWhomBothTreat() {
        them = TestSystem.ofSite(exchange, there).withAll();
        shared = created(withNina(nina), them);
        created(aDose(shared, "03", lot), them);
        created(withNina(nina), us);
        created(aDose(shared, "19", ownLot), us);
    }

    @Test
    @DisplayName("Who objects to sharing keeps from other sites what they did not record, until she says otherwise")
    void honoursObjections() {
        created(word(shared, ConsentProvisionType.DENY, "sharing", "2026-11-10"), them);
        isClosed();
        // A word about something else, or an earlier one, changes nothing.
        created(word(shared, ConsentProvisionType.PERMIT, "research", "2026-11-20"), them);
        created(word(shared, ConsentProvisionType.PERMIT, "sharing", "2026-11-01"), them);
        isClosed();

        // She says otherwise, elsewhere.
        created(word(shared, ConsentProvisionType.PERMIT, "sharing", "2026-11-12"), us);
        isOpen();

        Consent again = word(shared, ConsentProvisionType.DENY, "sharing", "2026-11-13");
        String latest = created(again, them);
        isClosed();
        // Withdrawn.
        again.setId(latest);
        again.setStatus(ConsentState.INACTIVE);
        exchange.put(latest, again, them).hasStatus(200);
        isOpen();
    }

    @Test
    @DisplayName("A denial of everything denies sharing, unless it excepts it; one that is over denies nothing")
    void readsWhatADenialIsAbout() {
        Consent everything = word(shared, ConsentProvisionType.DENY, "sharing", "2026-11-10");
        everything.getProvision().setCode(null);
        created(everything, them);
        isClosed();

        Consent excepting = word(shared, ConsentProvisionType.DENY, "research", "2026-11-11");
        excepting
                .getProvision()
                .addProvision()
                .setType(ConsentProvisionType.PERMIT)
                .addCode()
                .addCoding(new Coding(CATEGORIES, "sharing", null));
        created(excepting, them);
        isOpen();

        Consent over = word(shared, ConsentProvisionType.DENY, "sharing", "2026-11-12");
        over.getProvision().getPeriod().setEndElement(new DateTimeType("2026-11-13"));
        created(over, them);
        isOpen();
    }

    @Test
    @DisplayName("What is dated ahead was said when it came: whoever speaks after that has the last word")
    void letsNobodySpeakAhead() {
        created(word(shared, ConsentProvisionType.DENY, "sharing", "2099-12-31"), them);
        isClosed();
        created(word(shared, ConsentProvisionType.PERMIT, "sharing", "2099-01-01"), us);
        isOpen();
        created(word(shared, ConsentProvisionType.DENY, "sharing", "2098-01-01"), them);
        isClosed();
    }

    private void isClosed() {
        Answer answer = exchange.get(shared + "/$summary", with(us, "Keneya-Purpose", "TREAT"))
                .hasStatus(200);
        assertThat(answer.bundle().getMeta().getSecurityFirstRep().getCode()).isEqualTo("REDACTED");
        assertThat(answer.body()).contains(ownLot).doesNotContain(lot);
    }

    private void isOpen() {
        assertThat(exchange.get(shared + "/$summary", with(us, "Keneya-Purpose", "TREAT"))
                        .hasStatus(200)
                        .body())
                .contains(lot)
                .doesNotContain("REDACTED");
    }

    static Consent word(String person, ConsentProvisionType type, String subject, String day) {
        Consent word = new Consent().setStatus(ConsentState.ACTIVE).setPatient(new Reference(person));
        word.getScope()
                .addCoding(new Coding("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy", null));
        word.addCategory().addCoding(new Coding("http://loinc.org", "59284-0", null));
        word.setDateTimeElement(new DateTimeType(day));
        word.addPolicy().setUri("urn:x-mali:loi:2013-015");
        word.getProvision().setType(type).addCode().addCoding(new Coding(CATEGORIES, subject, null));
        return word;
    }
}
