package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.List;
import java.util.Set;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.RefusedException;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Who may see and decide what, of the deliveries that were refused. */
@KeneyaIntegrationTest
class QuarantineRightsIT {

    @Autowired
    Exchange exchange;

    @Autowired
    OffersQuarantine quarantine;

    private final String facility = unique("cscom");

    @Test
    void showsASiteNothingOfAnothersDeliveries() {
        String wrong = exchange.json(transaction(creating(weightOf("urn:uuid:none", "9.5"))));
        StringType id = new StringType(exchange.post("", wrong, "Keneya-Facility", facility)
                .header("Keneya-Quarantine")
                .orElseThrow());
        Bundle corrected = transaction(creating(aChild(unique("record"))));
        ServletRequestDetails another = requestOf(unique("cscom"), Caller.Role.SITE);
        ServletRequestDetails own = requestOf(facility, Caller.Role.SITE);
        ServletRequestDetails area = requestOf(facility, Caller.Role.AREA);

        assertThat(quarantine.list(new StringType(facility), null, null, own).getEntry())
                .hasSize(1);
        assertThat(quarantine.read(id, own).getIdPart()).isEqualTo(id.getValue());
        for (ServletRequestDetails stranger : List.of(another, area)) {
            assertThat(quarantine
                            .list(new StringType(facility), null, null, stranger)
                            .getEntry())
                    .isEmpty();
            assertThatUnknown(() -> quarantine.read(id, stranger));
            assertThatUnknown(() -> quarantine.content(id, stranger));
            assertThatUnknown(() -> quarantine.replay(id, stranger));
            assertThatUnknown(() -> quarantine.correct(id, corrected, stranger));
            assertThatUnknown(() -> quarantine.dismiss(id, new StringType("Essai"), stranger));
        }
        assertThatThrownBy(() -> quarantine.erase(id, new StringType("Essai"), own))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.getStatusCode()).isEqualTo(403));
    }

    private static void assertThatUnknown(ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.getStatusCode()).isEqualTo(404));
    }

    private ServletRequestDetails requestOf(String ownFacility, Caller.Role role) {
        ServletRequestDetails request = new ServletRequestDetails();
        request.setFhirServerBase(exchange.base());
        request.setServletRequest(new MockHttpServletRequest());
        request.setServletResponse(new MockHttpServletResponse());
        new Caller("client", ownFacility, role, Set.of(), null).attachTo(request);
        return request;
    }
}
