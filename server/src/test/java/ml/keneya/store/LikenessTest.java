package ml.keneya.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikenessTest {

    @ParameterizedTest
    @CsvSource({
        "Traoré, Aminata, TRAORE, Aminata",
        "Coulibaly, Seydou, Kulibali, Seidu",
        "N'Diaye, Fatoumata, Ndiaye, Fatoumata Binta",
        "Diarra, , Diarra, Moussa",
        "Cissé, Mahamadou, Cisse, Mamadou",
    })
    void takesSpellingsOfANameForTheSame(String family, String given, String otherFamily, String otherGiven) {
        assertThat(Likeness.of(aGirl(family, given, "2026-03-01"), aGirl(otherFamily, otherGiven, "2025-01-15"))
                        .isAnother())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Traoré, Aminata, Traoré, Fatoumata", "Traoré, Awa, Keïta, Awa", "Diarra, Awa, Diallo, Awa"})
    void tellsTheNextChildWithTheNumberByNameAndBirthDate(
            String family, String given, String otherFamily, String otherGiven) {
        Likeness likeness =
                Likeness.of(aGirl(family, given, "2026-03-01"), aGirl(otherFamily, otherGiven, "2027-03-01"));

        assertThat(likeness.isAnother()).isTrue();
        assertThat(likeness.isAnotherThanCorrected()).isTrue();
    }

    @Test
    void takesANewNameForThatOfAChildOfTheSameBirthDate() {
        assertThat(Likeness.of(aGirl("Traoré", "Bébé", "2026-03-01"), aGirl("Traoré", "Awa", "2026-03"))
                        .isAnother())
                .isFalse();
    }

    @Test
    void letsAnUpdateCorrectTheSexOrTheAge() {
        Patient corrected = aGirl("Traoré", "Awa", "2016-03-01").setGender(AdministrativeGender.MALE);
        Likeness likeness = Likeness.of(corrected, aGirl("Traoré", "Awa", "2026-03-01"));

        assertThat(likeness.isAnother()).isTrue();
        assertThat(likeness.isAnotherThanCorrected()).isFalse();
    }

    private static Patient aGirl(String family, String given, String born) {
        Patient child = new Patient();
        child.setGender(AdministrativeGender.FEMALE).setBirthDateElement(new DateType(born));
        child.addName().setFamily(family);
        if (given != null) {
            child.getNameFirstRep().addGiven(given);
        }
        return child;
    }
}
