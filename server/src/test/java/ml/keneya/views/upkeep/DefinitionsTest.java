package ml.keneya.views.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import ml.keneya.views.definition.CompiledView;
import ml.keneya.views.definition.Compilers;
import ml.keneya.views.definition.CompilesViews;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Views of an operator's own stand in a folder beside the exchange's. */
class DefinitionsTest {

    private static final CompilesViews COMPILER = Compilers.onTheClassPath();

    @TempDir
    Path folder;

    @Test
    void hasTheViewsOfTheFolderBesideItsOwn() throws IOException {
        write("ViewDefinition-malnutrition.json", "malnutrition", "code.text");
        Files.writeString(folder.resolve("notes.txt"), "nothing to do with views");

        Definitions definitions = of(folder);

        assertThat(definitions.named("malnutrition"))
                .map(CompiledView::resource)
                .hasValue("Observation");
        assertThat(definitions.named("patient")).isPresent();
        assertThat(definitions.all()).hasSize(of(null).all().size() + 1);
    }

    @Test
    void refusesANameThatIsTaken() throws IOException {
        write("ViewDefinition-mine.json", "patient", "code.text");

        assertThatThrownBy(() -> of(folder)).hasMessage("Two files define the view patient. Give yours another name.");
    }

    @Test
    void namesTheFileAndThePlaceOfAMistake() throws IOException {
        write("ViewDefinition-mine.json", "mine", "code.text(");

        assertThatThrownBy(() -> of(folder))
                .hasMessageContainingAll("ViewDefinition-mine.json", "ViewDefinition.select[0].column[0].path");
    }

    @Test
    void doesNotTakeAMissingOrAnEmptyFolderForNoViews() {
        assertThatThrownBy(() -> of(folder)).hasMessageContaining(folder.toString());
        assertThatThrownBy(() -> of(folder.resolve("elsewhere"))).hasMessageContaining("keneya.views.folder");
    }

    private static Definitions of(Path folder) {
        return new Definitions(COMPILER, new ViewsSettings(true, folder));
    }

    private void write(String file, String name, String path) throws IOException {
        Files.writeString(folder.resolve(file), """
                {"resourceType":"ViewDefinition","name":"%s","status":"active","resource":"Observation",
                 "select":[{"column":[{"name":"said","path":"%s","type":"string"}]}]}""".formatted(name, path));
    }
}
