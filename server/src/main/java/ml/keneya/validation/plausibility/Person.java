package ml.keneya.validation.plausibility;

import java.util.Optional;
import java.util.stream.Stream;
import ml.keneya.conformance.Canonicals;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/** What is known of somebody that makes a record about her likely or not. */
public final class Person {

    /** The extension that says how sure a birth date is. */
    public static final String PRECISION = Canonicals.BASE + "/StructureDefinition/ml-ext-birth-date-precision";

    private final @Nullable String sex;
    private final @Nullable Days birth;

    private Person(@Nullable String sex, @Nullable Days birth) {
        this.sex = sex;
        this.birth = birth;
    }

    /**
     * @param sex administrative gender as in {@code Patient.gender}
     * @param birthDate as in {@code Patient.birthDate}; a year or a month may be all that is known
     * @param precision code of {@link #PRECISION}; of an estimated birth date nothing follows
     */
    public static Person of(@Nullable String sex, @Nullable String birthDate, @Nullable String precision) {
        Days birth = Days.of(birthDate)
                .flatMap(days -> switch (precision == null ? "" : precision) {
                    case "estimated" -> Optional.<Days>empty();
                    case "year" -> Optional.of(days.wholeYear());
                    case "month" -> Optional.of(days.wholeMonth());
                    default -> Optional.of(days);
                })
                .orElse(null);
        return new Person(sex, birth);
    }

    static Person of(Patient patient) {
        DateType birthDate = patient.getBirthDateElement();
        String precision = birthDate.getExtensionsByUrl(PRECISION).stream()
                .filter(Extension::hasValue)
                .flatMap(extension -> Stream.ofNullable(extension.getValue().primitiveValue()))
                .findFirst()
                .orElse(null);
        return of(
                patient.getGender() != null ? patient.getGender().toCode() : null,
                birthDate.getValueAsString(),
                precision);
    }

    Optional<String> sex() {
        return Optional.ofNullable(sex);
    }

    Optional<Days> birth() {
        return Optional.ofNullable(birth);
    }
}
