package ml.keneya.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients are told when HAPI gives up. */
class RefusalsOfHapiTest {

    private final RefusalsOfHapi refusals = new RefusalsOfHapi(new ServedTypes(List.of("Patient")), List.of());

    @ParameterizedTest
    @ValueSource(ints = {549, 550})
    void whoNamedNoVersionIsAskedToComeBackAfterALastingConflict(int code) {
        assertThat(told(code, new SystemRequestDetails())).isEqualTo(RefusalCode.BUSY);
        assertThat(RefusalCode.BUSY.status()).isEqualTo(503);
    }

    @Test
    void whoNamedAVersionHasReadAnOldOne() {
        SystemRequestDetails request = new SystemRequestDetails();
        request.addHeader("If-Match", "W/\"1\"");

        assertThat(told(550, request)).isEqualTo(RefusalCode.STALE_VERSION);
    }

    private RefusalCode told(int code, SystemRequestDetails request) {
        return refusals.read(conflict(code), request).get(0).code();
    }

    private static ResourceVersionConflictException conflict(int code) {
        return new ResourceVersionConflictException(
                "HAPI-0" + code + ": HAPI-0825: The operation has failed with a version constraint failure.");
    }
}
