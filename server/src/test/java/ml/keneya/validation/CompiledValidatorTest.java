package ml.keneya.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.validation.compiled.Opinion;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/**
 * The proof that the compiled validator may stand in for the official one. More of it, with new seeds: {@code ./keneya
 * fuzz validation --minutes N}.
 */
class CompiledValidatorTest {

    private static final long SEED = Long.getLong("keneya.seed", 6L);
    /**
     * Their examples count under another profile or type, or the official validator has a remark on each, which sends
     * them to it whatever the compiled one thinks.
     */
    private static final Set<String> NOT_COMPARED = Set.of(
            "ml-audit-event",
            "ml-cash-transfer",
            "ml-child-protection-flag",
            "ml-feedback-response",
            "ml-household",
            "ml-measure",
            "ml-measure-report",
            "ml-observation",
            "ml-sensitive-follow-up",
            "ml-social-referral");

    private static final int MUTANTS = Integer.getInteger("keneya.mutants", 20_000);
    private static final double MOST_UNSURE = 0.05;

    private final ValidationOnTheClassPath validation = ValidationOnTheClassPath.load();

    private record Drawn(String text, boolean alone) {}

    @Test
    void acceptsNothingOfWhichTheOfficialValidatorWouldSpeak() {
        List<String> records = SampleRecords.all();
        Random random = new Random(SEED);
        List<Mutant> mutants = records.stream().flatMap(Mutant::of).collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(mutants, random);
        ComparesValidators compares = new ComparesValidators(validation);

        records.parallelStream().forEach(record -> compares.compare(record, true));
        // Drawn one after the other, so that the seed says which; compared by all cores.
        List<Drawn> drawn = mutants.stream()
                .limit(MUTANTS)
                .map(mutant -> new Drawn(mutant.json(random), random.nextBoolean()))
                .toList();
        drawn.parallelStream().forEach(each -> compares.compare(each.text(), each.alone()));

        System.out.println(compares.table("Compiled validator, seed " + SEED));
        assertThat(compares.falseAccepts()).isEmpty();
        // That it accepts and refuses at all, so that agreeing means something.
        assertThat(compares.count(Opinion.ACCEPT)).isGreaterThan(compares.all() / 20);
        assertThat(compares.count(Opinion.REFUSE)).isGreaterThan(compares.all() / 20);
    }

    /** Otherwise an empty list of false accepts would mean nothing. */
    @Test
    void aFalseAcceptWouldBeNoticed() {
        ComparesValidators compares = new ComparesValidators(validation, record -> Opinion.ACCEPT);

        SampleRecords.examples("warned").stream().limit(3).forEach(record -> compares.compare(record, false));

        assertThat(compares.falseAccepts()).hasSize(3);
    }

    @Test
    void isSureOfNearlyAllValidRecords() {
        ComparesValidators compares = new ComparesValidators(validation);
        Stream.concat(SampleRecords.examples("valid").stream(), SampleRecords.generated().stream())
                .filter(compares::isValid)
                .forEach(record -> compares.compare(record, false));

        System.out.println(compares.table("Compiled validator, valid records"));
        assertThat(compares.all()).isGreaterThan(300);
        assertThat(compares.count(Opinion.REFUSE)).isZero();
        Set<String> compared =
                new TreeSet<>(SampleRecords.examplesByProfile("valid").keySet());
        compared.removeAll(NOT_COMPARED);
        // A profile of which no record is valid any more would pass with nothing compared.
        assertThat(compares.unsureShares())
                .containsKeys(compared.toArray(String[]::new))
                .allSatisfy((profile, share) -> assertThat(share).as(profile).isLessThanOrEqualTo(MOST_UNSURE));
    }

    @Test
    void leavesTheRecordAsItIs() {
        for (String record : SampleRecords.generated()) {
            Resource parsed =
                    (Resource) validation.mali().context().newJsonParser().parseResource(record);
            Resource untouched = parsed.copy();

            validation.compiled().of(parsed);

            assertThat(parsed.equalsDeep(untouched)).as(record).isTrue();
        }
    }
}
