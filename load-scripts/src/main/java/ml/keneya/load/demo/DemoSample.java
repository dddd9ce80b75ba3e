package ml.keneya.load.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.exchange.Json;

/**
 * A bundle that comes with the program.
 *
 * @param facility the code of the site that sends it
 */
record DemoSample(String file, String facility, JsonNode bundle) {
    /** The sites themselves, sent by the authority that keeps their register. */
    static DemoSample registry() {
        return read("facility-registry.json", "ministere-sante");
    }

    static List<DemoSample> ofSites() {
        return List.of(
                read("cscom-sanankoroba-vaccination.json", "cscom-sanankoroba"),
                read("csref-kita-antenatal.json", "csref-kita"),
                read("hub-segou-teleconsultation.json", "hub-segou"));
    }

    private static DemoSample read(String file, String facility) {
        try (InputStream content = open(file)) {
            return new DemoSample(file, facility, Json.read(content));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /**
     * The very bytes of the file: written anew, the exchange would take it for another content under one identifier.
     */
    byte[] content() {
        try (InputStream content = open(file)) {
            return content.readAllBytes();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static InputStream open(String file) throws IOException {
        InputStream content = DemoSample.class.getResourceAsStream("/samples/" + file);
        if (content == null) {
            throw new FileNotFoundException("samples/" + file);
        }
        return content;
    }

    List<JsonNode> resources() {
        return StreamSupport.stream(bundle.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .toList();
    }

    Stream<JsonNode> resources(String type) {
        return resources().stream()
                .filter(resource -> resource.path("resourceType").asText().equals(type));
    }

    /** The first identifier of each person it speaks of: the record number of the site, which always exists. */
    List<String> people() {
        return resources("Patient")
                .map(patient -> patient.path("identifier").path(0))
                .map(identifier -> identifier.path("system").asText() + "|"
                        + identifier.path("value").asText())
                .toList();
    }

    Stream<EpidemiologicalWeek> weeks() {
        return resources("Encounter")
                .map(encounter -> encounter.path("period").path("start").asText())
                .flatMap(start -> EpidemiologicalWeek.ofTime(start).stream());
    }
}
