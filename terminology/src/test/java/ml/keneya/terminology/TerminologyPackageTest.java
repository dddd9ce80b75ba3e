package ml.keneya.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminologyPackageTest {

    @Test
    void isTheSameBytesWheneverItIsBuilt(@TempDir Path once, @TempDir Path again) {
        TerminologyPackage.build(BuiltPackage.LISTS, once, BuiltPackage.VERSION);
        TerminologyPackage.build(BuiltPackage.LISTS, again, BuiltPackage.VERSION);

        assertThat(BuiltPackage.files(once))
                .isEqualTo(BuiltPackage.files(again))
                .isEqualTo(BuiltPackage.files(BuiltPackage.FOLDER));
    }

    @Test
    void forgetsAListThatWasDeleted(@TempDir Path folder) throws IOException {
        var deleted = Files.writeString(folder.resolve("CodeSystem-ml-deleted.json"), "{}");

        TerminologyPackage.build(BuiltPackage.LISTS, folder, BuiltPackage.VERSION);

        assertThat(deleted).doesNotExist();
    }

    @Test
    void indexesEveryResourceAndNothingElse() throws IOException {
        assertThat(index())
                .extracting(file -> file.path("filename").textValue())
                .containsExactlyElementsOf(BuiltPackage.files(BuiltPackage.FOLDER).keySet().stream()
                        .filter(file -> file.contains("-ml-"))
                        .toList());
    }

    @Test
    void repeatsInTheIndexWhatTheResourceSays() throws IOException {
        assertThat(index()).allSatisfy(entry -> {
            var resource = new ObjectMapper()
                    .readTree(Files.readString(
                            BuiltPackage.FOLDER.resolve(entry.path("filename").textValue())));
            assertThat(entry.properties())
                    .filteredOn(element -> !element.getKey().equals("filename"))
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allSatisfy(element ->
                            assertThat(resource.get(element.getKey())).isEqualTo(element.getValue()));
        });
    }

    private static JsonNode index() throws IOException {
        return new ObjectMapper()
                .readTree(Files.readString(BuiltPackage.FOLDER.resolve(".index.json")))
                .path("files");
    }
}
