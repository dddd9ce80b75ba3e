package ml.keneya.terminology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wrong list stops the build and says where it is wrong. */
class RefusalTest {

    private static final String DESCRIPTION =
            "title_fr,title_en,description_fr,description_en,status,checked_on,licence,source";

    @TempDir
    private Path csv;

    @TempDir
    private Path target;

    @BeforeEach
    void writeASmallCorrectSource() throws IOException {
        write("properties.csv", """
                code,uri,type,system,repeats,description_fr,description_en
                parent,,code,,no,Parent,Parent
                warm,,boolean,,no,Chaude,Warm
                wavelength,,integer,,no,Longueur d’onde (nm),Wavelength (nm)
                """);
        write("systems.csv", """
                id,canonical,content,hierarchy,value_set,%s
                ml-colour,,complete,is-a,yes,Couleurs,Colours,Des couleurs,Colours,active,2026-11-22,CC BY 4.0,Kènèya
                paint,urn:paint,not-present,,no,Peintures,Paints,,,active,2026-11-22,CC0 1.0,Kènèya
                """.formatted(DESCRIPTION));
        write("codesystem/ml-colour.csv", """
                code,display_fr,display_en,parent,warm,wavelength
                red,Rouge,Red,,yes,665
                pink,Rose,Pink,red,yes,
                blue,Bleu,Blue,,no,470
                """);
        write("valuesets.csv", """
                id,%s
                ml-warm,Chaudes,Warm,Couleurs chaudes,Warm colours,active,2026-11-22,CC BY 4.0,Kènèya
                """.formatted(DESCRIPTION));
        write("valueset/ml-warm.csv", """
                system,code,filter
                ml-colour,,warm=yes
                ml-colour,blue,
                """);
        write("conceptmaps.csv", """
                id,source_system,target_system,%s
                ml-paint,ml-colour,paint,Peintures,Paints,Peintures,Paints,draft,2026-11-22,CC BY 4.0,Kènèya
                """.formatted(DESCRIPTION));
        write("conceptmap/ml-paint.csv", """
                source,equivalence,target,certain,comment
                red,equivalent,P1,yes,
                blue,unmatched,,no,Pas de peinture
                """);
        write("namingsystems.csv", "id,system,identifier_type,responsible\n");
    }

    @Test
    void acceptsACorrectSource() {
        TerminologyPackage.build(csv, target, "1.0.0");

        assertThat(BuiltPackage.files(target))
                .containsOnlyKeys(
                        ".index.json",
                        "CodeSystem-ml-colour.json",
                        "ConceptMap-ml-paint.json",
                        "ValueSet-ml-colour.json",
                        "ValueSet-ml-warm.json",
                        "package.json");
    }

    @Test
    void refusesACodeGivenTwice() {
        refuses("codesystem/ml-colour.csv", "blue,", "red,", "ml-colour.csv, line 4: red appears twice");
    }

    @Test
    void refusesAParentThatIsNotThere() {
        refuses("codesystem/ml-colour.csv", "Pink,red", "Pink,green", "line 3: ml-colour has no code green");
    }

    @Test
    void refusesConceptsThatAreTheirOwnAncestors() {
        refuses("codesystem/ml-colour.csv", "Red,,", "Red,pink,", "their own ancestors");
    }

    @Test
    void refusesAConceptWithoutAFrenchName() {
        refuses("codesystem/ml-colour.csv", "Rose", "", "line 3: the column display_fr is empty");
    }

    @Test
    void refusesAColumnThatNobodyDescribed() {
        refuses(
                "codesystem/ml-colour.csv",
                "parent,warm",
                "parent,cosy",
                "properties.csv does not describe the column cosy");
    }

    @Test
    void refusesATruthThatIsNeitherYesNorNo() {
        refuses("codesystem/ml-colour.csv", "Blue,,no", "Blue,,oui", "line 4: the column warm says oui");
    }

    @Test
    void refusesANumberThatIsNone() {
        refuses("codesystem/ml-colour.csv", "665", "red", "line 2: red is not a number");
    }

    @Test
    void refusesALineThatLacksACell() {
        refuses("codesystem/ml-colour.csv", "Blue,,no,470", "Blue", "codesystem/ml-colour.csv");
    }

    @Test
    void refusesAChoiceOfAnUnknownCode() {
        refuses("valueset/ml-warm.csv", "blue", "green", "line 3: ml-colour has no code green");
    }

    @Test
    void refusesAChoiceFromAnUnknownSystem() {
        refuses("valueset/ml-warm.csv", "ml-colour,blue", "colours,blue", "systems.csv has no row colours");
    }

    @Test
    void refusesAFilterThatFindsNothing() {
        refuses("valueset/ml-warm.csv", "warm=yes", "warm=perhaps", "line 2: warm=perhaps finds nothing");
    }

    @Test
    void refusesAMapFromAnUnknownCode() {
        refuses("conceptmap/ml-paint.csv", "red,", "green,", "line 2: ml-colour has no code green");
    }

    @Test
    void refusesAPairThatDoesNotSayWhereItLeads() {
        refuses("conceptmaps.csv", "ml-colour,paint,", "ml-colour,,", "line 2: the column target_system is empty");
    }

    @Test
    void refusesAnUnmatchedPairWithATarget() {
        refuses("conceptmap/ml-paint.csv", "unmatched,", "unmatched,P2", "only unmatched, has no target");
    }

    @Test
    void refusesAnIdThatDoesNotSayWhoseItIs() {
        refuses("valuesets.csv", "ml-warm", "warm", "no row describes [ml-warm.csv]");
    }

    @Test
    void refusesAListThatNoRowDescribes() throws IOException {
        write("codesystem/ml-forgotten.csv", "code,display_fr\none,Un\n");

        assertThatThrownBy(this::build).hasMessageContaining("no row describes [ml-forgotten.csv]");
    }

    @Test
    void refusesARowWithoutItsList() throws IOException {
        Files.delete(csv.resolve("codesystem/ml-colour.csv"));

        assertThatThrownBy(this::build).isInstanceOf(UncheckedIOException.class).hasMessageContaining("ml-colour.csv");
    }

    private void refuses(String file, String right, String wrong, String reason) {
        spoil(file, right, wrong);

        assertThatThrownBy(this::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    private void build() {
        TerminologyPackage.build(csv, target, "1.0.0");
    }

    private void spoil(String file, String right, String wrong) {
        try {
            var before = Files.readString(csv.resolve(file));
            assertThat(before).contains(right);
            Files.writeString(csv.resolve(file), before.replace(right, wrong));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private void write(String file, String content) throws IOException {
        Files.createDirectories(csv.resolve(file).getParent());
        Files.writeString(csv.resolve(file), content);
    }
}
