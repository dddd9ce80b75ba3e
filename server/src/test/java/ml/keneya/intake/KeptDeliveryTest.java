package ml.keneya.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Refused bytes hold names: a site sees its own, the agency all, others none. */
class KeptDeliveryTest {

    @Test
    void showsASiteItsOwnAndNoOthers() {
        assertThat(sentBy("emr", "cscom-1").isVisibleTo(caller(Role.SITE, "app", "cscom-1")))
                .isTrue();
        assertThat(sentBy("emr", "cscom-1").isVisibleTo(caller(Role.SITE, "emr", "cscom-2")))
                .isFalse();
        assertThat(sentBy("emr", "cscom-1").isVisibleTo(caller(Role.SITE, "emr", null)))
                .isFalse();
    }

    @Test
    void showsAClientWithoutFacilityOnlyWhatItSentItself() {
        assertThat(sentBy("script", null).isVisibleTo(caller(Role.SITE, "script", null)))
                .isTrue();
        assertThat(sentBy("script", null).isVisibleTo(caller(Role.SITE, "other", null)))
                .isFalse();
    }

    @Test
    void showsTheAgencyAllAndAnAreaNone() {
        assertThat(sentBy("emr", "cscom-1").isVisibleTo(caller(Role.AGENCY, "antim", null)))
                .isTrue();
        assertThat(sentBy("emr", "cscom-1").isVisibleTo(caller(Role.AREA, "district", "cscom-1")))
                .isFalse();
    }

    @Test
    void letsTheAgencyWriteWithNoMoreRightsThanASites() {
        Caller agency = caller(Role.AGENCY, "antim", null);

        Caller ofSite = sentBy("emr", "cscom-1").senderWithRightsOf(agency).orElseThrow();

        assertThat(ofSite).isEqualTo(caller(Role.SITE, "emr", "cscom-1"));
        assertThat(sentBy(Role.ADMINISTRATOR, "local", "cscom-1")
                        .senderWithRightsOf(agency)
                        .orElseThrow()
                        .role())
                .isEqualTo(Role.SITE);
        assertThat(sentBy(Role.EXPERT_HUB, "hub", "segou")
                        .senderWithRightsOf(agency)
                        .orElseThrow()
                        .role())
                .isEqualTo(Role.EXPERT_HUB);
        assertThat(sentBy(Role.REGISTRAR, "registry", null).senderWithRightsOf(agency))
                .isEmpty();
    }

    private static Caller caller(Role role, String client, @Nullable String facility) {
        return new Caller(client, facility, role, Set.of(), null);
    }

    private static KeptDelivery sentBy(String client, @Nullable String facility) {
        return sentBy(Role.SITE, client, facility);
    }

    private static KeptDelivery sentBy(Role role, String client, @Nullable String facility) {
        return new KeptDelivery(
                UUID.randomUUID(),
                caller(role, client, facility),
                "http://localhost/fhir",
                "key",
                Map.of(),
                0,
                OffsetDateTime.MIN,
                KeptDelivery.Status.REFUSED,
                422,
                null,
                null,
                0,
                null,
                null,
                null);
    }
}
