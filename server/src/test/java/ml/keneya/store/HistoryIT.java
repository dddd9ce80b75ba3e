package ml.keneya.store;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@KeneyaIntegrationTest
class HistoryIT {

    @Autowired
    Exchange exchange;

    /** The first question must not be remembered as how many versions there are. */
    @Test
    void showsAllVersionsAlsoRightAfterItWasAsked() {
        String[] site = TestSystem.ofSite(exchange, unique("cscom")).withAll();
        String child = child(site);
        assertThat(versions(child + "/_history", site)).containsExactly("1");

        exchange.put(child, aChild(unique("record")).setId(child), site).hasStatus(200);

        assertThat(versions(child + "/_history", site)).containsExactly("2", "1");

        exchange.put(child, aChild(unique("record")).setId(child), site).hasStatus(200);

        assertThat(versions(child + "/_history", site)).containsExactly("3", "2", "1");
        assertThat(versions(child + "/_history?_count=2", site)).containsExactly("3", "2", "1");
    }

    private String child(String... site) {
        return "Patient/"
                + exchange.create(aChild(unique("record")), site)
                        .hasStatus(201)
                        .as(Patient.class)
                        .getIdPart();
    }

    /** Of all pages. */
    private List<String> versions(String path, String... caller) {
        List<String> versions = new ArrayList<>();
        Optional<String> next = Optional.of(path);
        while (next.isPresent()) {
            Answer page = exchange.get(next.get(), caller).hasStatus(200);
            page.entries()
                    .forEach(entry -> versions.add(entry.getResource().getMeta().getVersionId()));
            next = page.link("next");
        }
        return versions;
    }
}
