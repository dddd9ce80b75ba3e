package ml.keneya.load.upload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import ml.keneya.load.exchange.Json;

/**
 * The folder that is sent: its files in an order in which records come after those they point to, and a note of what
 * has been answered.
 */
final class UploadFolder {
    private static final String STATE = ".import.json";
    private static final String REFUSED = "import-refused.jsonl";

    /** Others come after these, deletions last of all. */
    private static final List<String> FIRST = List.of(
            "Organization",
            "Location",
            "HealthcareService",
            "Practitioner",
            "PractitionerRole",
            "Medication",
            "Patient",
            "RelatedPerson",
            "Device",
            "Group",
            "CarePlan",
            "EpisodeOfCare",
            "Encounter");

    private final Path root;
    private final ObjectNode state;

    private UploadFolder(Path root, ObjectNode state) {
        this.root = root;
        this.state = state;
    }

    /** @param base what was sent to another exchange says nothing of this one */
    static UploadFolder of(Path root, String base) throws IOException {
        Path file = root.resolve(STATE);
        if (Files.exists(file)) {
            try (InputStream text = Files.newInputStream(file)) {
                if (Json.read(text) instanceof ObjectNode state
                        && state.path("base").asText().equals(base)) {
                    return new UploadFolder(root, state);
                }
            }
        }
        Files.deleteIfExists(root.resolve(REFUSED));
        ObjectNode state =
                Json.object().put("base", base).put("name", UUID.randomUUID().toString());
        state.putObject("answered");
        var folder = new UploadFolder(root, state);
        // Before the first piece goes out: whoever goes on must send it under the same name.
        folder.save();
        return folder;
    }

    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.filter(file -> file.getFileName().toString().matches(".+\\.ndjson(\\.gz)?"))
                    .sorted(Comparator.comparingInt(UploadFolder::rank)
                            .thenComparing(file -> file.getFileName().toString()))
                    .toList();
        }
    }

    private static int rank(Path file) {
        String type = file.getFileName().toString().replaceAll("[^A-Za-z].*", "");
        if (type.equals("deleted")) {
            return FIRST.size() + 1;
        }
        int place = FIRST.indexOf(type);
        return place < 0 ? FIRST.size() : place;
    }

    /** Under this name the exchange knows the piece again. */
    String nameOf(Piece piece) {
        return state.path("name").asText() + "/" + piece.file() + "/" + piece.firstLine();
    }

    boolean isAnswered(Piece piece) {
        return state.path("answered").path(piece.file()).asLong() >= piece.lastLine();
    }

    /** Where refused lines are noted. */
    Path refused() {
        return root.resolve(REFUSED);
    }

    void refuse(ObjectNode line) throws IOException {
        Files.writeString(refused(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void answered(Piece piece) throws IOException {
        if (state.get("answered") instanceof ObjectNode answered) {
            answered.put(piece.file(), piece.lastLine());
        }
        save();
    }

    private void save() throws IOException {
        Path part = root.resolve(STATE + ".part");
        Files.writeString(part, state.toString());
        Files.move(part, root.resolve(STATE), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
