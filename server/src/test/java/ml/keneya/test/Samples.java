package ml.keneya.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bundles that new users are shown. */
public final class Samples {

    private static final Path FOLDER = Path.of(System.getProperty("basedir", ""))
            .resolve("../load-scripts/src/main/resources/samples")
            .normalize();
    private static final Pattern CONDITION = Pattern.compile("/record\\|([\\w-]+)\"");
    private static final Pattern SUBMISSION = Pattern.compile("id/submission\", \"value\": \"([^\"]+)\"");

    private Samples() {}

    /** Sends the places that the others name. */
    public static void sendTheRegister(Exchange exchange) {
        exchange.post("", json("facility-registry"), "Keneya-Facility", "ministere-sante")
                .hasStatus(200);
    }

    /** The sample about somebody else. */
    public static String aNew(String sample) {
        String json = json(sample);
        for (Pattern number : List.of(CONDITION, SUBMISSION)) {
            Matcher found = number.matcher(json);
            assertThat(found.find()).as(number.pattern()).isTrue();
            json = json.replace(found.group(1), UUID.randomUUID().toString());
        }
        return json;
    }

    private static String json(String sample) {
        try {
            return Files.readString(FOLDER.resolve(sample + ".json"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
