package ml.keneya.surveillance;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/**
 * A case as its records were sent, read by plain Java for a recount.
 *
 * @param visit in which it was found, where one was sent
 */
record SentCase(Condition found, Patient person, @Nullable Encounter visit) {

    /** Empty where it is none that is notifiable. */
    String disease() {
        return found.getCode().getCoding().stream()
                .filter(coding -> coding.getSystem().equals(Cases.DISEASE))
                .map(Coding::getCode)
                .findFirst()
                .orElse("");
    }

    boolean isMistake() {
        return "entered-in-error".equals(status());
    }

    private String status() {
        return found.getVerificationStatus().getCodingFirstRep().getCode();
    }

    /** Who refutes a case often leaves the classification of before. */
    String classification() {
        Extension given = found.getExtensionByUrl(Cases.CLASSIFICATION);
        if ("refuted".equals(status())) {
            return "discarded";
        }
        return given == null
                ? "suspected"
                : ((CodeableConcept) given.getValue()).getCodingFirstRep().getCode();
    }

    boolean isDiscarded() {
        return classification().equals("discarded");
    }

    @Nullable
    LocalDate onset() {
        return found.hasOnset() ? day(found.getOnsetDateTimeType().getValueAsString()) : null;
    }

    @Nullable
    LocalDate notifiedOn() {
        Extension given = found.getExtensionByUrl(Cases.NOTIFICATION);
        return given == null ? null : day(given.getValue().primitiveValue());
    }

    /** Which of its days is that of the case. */
    String datedBy() {
        if (onset() != null) {
            return "onset";
        }
        if (found.hasRecordedDate()) {
            return "recorded";
        }
        return notifiedOn() != null ? "notified" : visit != null ? "contact" : "arrival";
    }

    /** Nothing where it is counted when it arrives. */
    @Nullable
    LocalDate day() {
        return switch (datedBy()) {
            case "onset" -> onset();
            case "recorded" -> day(found.getRecordedDateElement().getValueAsString());
            case "notified" -> notifiedOn();
            case "contact" -> day(visit.getPeriod().getStartElement().getValueAsString());
            default -> null;
        };
    }

    /** In Mali, whose time is UTC; a month is no day. */
    private static @Nullable LocalDate day(String text) {
        if (text.length() < 10) {
            return null;
        }
        return text.length() == 10
                ? LocalDate.parse(text)
                : OffsetDateTime.parse(text).atZoneSameInstant(ZoneOffset.UTC).toLocalDate();
    }

    /** Within thirty days of the case, as far as anybody knows; without a date, always. */
    boolean died() {
        if (!person.hasDeceasedDateTimeType()) {
            return person.hasDeceased() && person.getDeceasedBooleanType().booleanValue();
        }
        String text = person.getDeceasedDateTimeType().getValueAsString();
        LocalDate first = firstDay(text);
        LocalDate last = switch (text.length()) {
            case 4 -> first.plusYears(1).minusDays(1);
            case 7 -> first.plusMonths(1).minusDays(1);
            default -> first;
        };
        return !first.isAfter(day().plusDays(30)) && !last.isBefore(day());
    }

    private static LocalDate firstDay(String text) {
        return LocalDate.parse(text.length() == 4 ? text + "-01-01" : text.length() == 7 ? text + "-01" : text);
    }

    /** In the division of before the reform; the region of Kayes of today lay in that of before. */
    String place() {
        if (!person.hasAddress()) {
            return "";
        }
        Coding place =
                (Coding) person.getAddressFirstRep().getExtensionFirstRep().getValue();
        return place.getSystem().equals(SomeCases.DIVISION_2023) ? "ML" + place.getCode() : place.getCode();
    }

    String sex() {
        return person.hasGender() ? person.getGender().toCode() : "unknown";
    }

    String residence() {
        return person.hasExtension()
                ? ((CodeableConcept) person.getExtension().get(0).getValue())
                        .getCodingFirstRep()
                        .getCode()
                : "unknown";
    }

    /**
     * On the day of the case; unknown also for whoever was born after it, but not where the day of birth is a guess.
     */
    String ageGroup() {
        String text = person.hasBirthDate() ? person.getBirthDateElement().getValueAsString() : "";
        if (text.isEmpty() || firstDay(text).isAfter(day())) {
            return "unknown";
        }
        LocalDate born =
                LocalDate.parse(text.length() == 4 ? text + "-07-01" : text.length() == 7 ? text + "-15" : text);
        int years = Period.between(born, day()).getYears();
        return years < 1 ? "0-11m" : years < 5 ? "1-4y" : years < 15 ? "5-14y" : "15y+";
    }
}
