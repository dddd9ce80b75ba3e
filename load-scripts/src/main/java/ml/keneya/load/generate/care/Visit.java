package ml.keneya.load.generate.care;

import java.util.List;
import ml.keneya.load.generate.mali.Facility;
import ml.keneya.load.generate.mali.ScheduledDose;
import ml.keneya.load.generate.people.Household;
import ml.keneya.load.generate.people.Person;
import org.jspecify.annotations.Nullable;

/**
 * One contact with care and what was found and done.
 *
 * @param kind the class of the encounter, code of {@code v3-ActCode}
 * @param day epoch day on which it began
 * @param minute of that day, Mali's time, which is UTC
 * @param minutes how long it took
 * @param site where the patient was
 * @param type in words
 * @param reason ICD-10 code and words, the words alone where there is no code
 * @param telehealth who answered, for a contact at a distance
 * @param diedThere whether the patient left it dead
 * @param affliction the outbreak case that it records
 */
public record Visit(
        Household household,
        Person patient,
        String kind,
        int day,
        int minute,
        int minutes,
        Facility site,
        String type,
        Coding reason,
        List<Entry> entries,
        @Nullable Telehealth telehealth,
        boolean diedThere,
        Household.@Nullable Affected affliction) {
    public Visit {
        entries = List.copyOf(entries);
    }

    /** An ICD-10 code, possibly empty, with words. */
    public record Coding(String icd10, String text) {}

    /**
     * @param hub the site that answers
     * @param modality code of {@code ml-telehealth-modality}
     * @param speciality code of {@code ml-telehealth-speciality}
     */
    public record Telehealth(Facility hub, String modality, String speciality, String specialityText) {}

    /** What a visit leaves in the record. */
    public sealed interface Entry {
        /**
         * @param notifiable code of {@code ml-notifiable-disease}, or empty
         * @param classification code of {@code ml-case-classification}, or empty
         * @param onset epoch day
         */
        record Diagnosis(Coding coding, String notifiable, String classification, int onset) implements Entry {}

        /**
         * @param day epoch day on which it was given; earlier than the visit for a dose copied from a card
         * @param lot empty for a dose that was not given
         */
        record Dose(
                ScheduledDose dose,
                int day,
                boolean copied,
                boolean outOfStock,
                String lot,
                int expiry,
                String strategy)
                implements Entry {}

        /**
         * @param tenths the value in tenths of its unit; {@code secondTenths} the diastolic pressure
         * @param positive the result of a test
         */
        record Measure(Quantity quantity, int tenths, int secondTenths, boolean positive) implements Entry {
            static Measure of(Quantity quantity, double value) {
                return new Measure(quantity, (int) Math.round(value * 10), 0, false);
            }
        }

        /** A request for an opinion, with the question and, where it was given, the answer. */
        record Request(String question, @Nullable String answer, Facility to) implements Entry {}
    }

    /** What is measured or tested. */
    public enum Quantity {
        WEIGHT,
        TEMPERATURE,
        BLOOD_PRESSURE,
        ARM_CIRCUMFERENCE,
        HAEMOGLOBIN,
        GESTATIONAL_AGE,
        PREGNANCY,
        BIRTH_WEIGHT,
        MALARIA_TEST
    }

    /** Minutes since the epoch, to order visits by. */
    public long moment() {
        return day * 1440L + minute;
    }
}
