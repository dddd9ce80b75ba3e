package ml.keneya.load.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FhirBaseTest {
    private final FhirBase base = new FhirBase(URI.create("https://echange.ml/fhir"));

    @Test
    void dropsSlashesAtItsEnd() {
        assertThat(new FhirBase(URI.create("https://echange.ml/fhir//"))).isEqualTo(base);
    }

    @ParameterizedTest
    @ValueSource(strings = {"echange.ml/fhir", "ftp://echange.ml/fhir", "https:///fhir", "https://echange.ml/fhir?a=b"})
    void isAnHttpAddress(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new FhirBase(URI.create(text)));
    }

    @Test
    void followsALinkThatTheServerWroteWithItsInnerName() {
        assertThat(base.followed("http://10.0.0.7:8080/fhir/Patient?_getpages=a&_offset=2"))
                .contains(URI.create("https://echange.ml/fhir/Patient?_getpages=a&_offset=2"));
    }

    @Test
    void followsARelativeLink() {
        assertThat(base.followed("Patient?page=2")).contains(URI.create("https://echange.ml/fhir/Patient?page=2"));
        assertThat(base.followed("https://echange.ml/fhir?_getpages=a"))
                .contains(URI.create("https://echange.ml/fhir?_getpages=a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://echange.ml/fhirs/Patient",
                "https://echange.ml/",
                "/fhir/../admin",
                "mailto:a@b",
                "h ttp:"
            })
    void doesNotLeaveItself(String link) {
        assertThat(base.followed(link)).isEmpty();
    }
}
