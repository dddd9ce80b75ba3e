package ml.keneya.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import ml.keneya.validation.compiled.Opinion;
import org.junit.jupiter.api.Test;

/**
 * {@code ./keneya fuzz validation}: the claim of {@link CompiledValidatorTest} for as long as one likes, with another
 * seed in each round. Its name keeps it out of the usual run.
 */
class FuzzesValidation {

    private static final int RECORDS_IN_A_ROUND = 4_000;
    private static final int MOST_CHANGES = 3;
    private static final int ENOUGH = 20;

    private static final Duration TIME =
            Duration.ofSeconds(Math.round(60 * Double.parseDouble(System.getProperty("keneya.fuzz.minutes", "5"))));
    private static final long FIRST_SEED = Long.getLong("keneya.fuzz.seed", System.currentTimeMillis());

    /** A part of the text of the records that are changed, such as the name of a type; empty for all. */
    private static final String ONLY = System.getProperty("keneya.fuzz.only", "");

    private final ValidationOnTheClassPath validation = ValidationOnTheClassPath.load();

    @Test
    void findsNoFalseAccept() {
        ComparesValidators compares = new ComparesValidators(validation);
        List<String> records = SampleRecords.all().stream()
                .filter(record -> record.contains(ONLY))
                .toList();
        long begun = System.nanoTime();
        long seed = FIRST_SEED;
        do {
            round(compares, records, new Random(seed));
            System.out.printf(
                    "Round of seed %d: %d records so far, %d accepted wrongly%n",
                    seed, compares.all(), compares.falseAccepts().size());
            seed++;
        } while (System.nanoTime() - begun < TIME.toNanos()
                && compares.falseAccepts().size() < ENOUGH);

        compares.falseAccepts().forEach(wrong -> System.out.println("False accept: " + wrong));
        System.out.println(compares.table("Fuzzing validation, seeds %d to %d, %d accepted wrongly"
                .formatted(FIRST_SEED, seed - 1, compares.falseAccepts().size())));
        assertThat(compares.falseAccepts()).isEmpty();
        assertThat(compares.count(Opinion.ACCEPT)).isPositive();
    }

    private static void round(ComparesValidators compares, List<String> records, Random random) {
        for (int number = 0; number < RECORDS_IN_A_ROUND; number++) {
            String record = records.get(random.nextInt(records.size()));
            int changes = 1 + random.nextInt(MOST_CHANGES);
            compares.compare(Mutant.changed(record, changes, random), random.nextBoolean());
        }
    }
}
