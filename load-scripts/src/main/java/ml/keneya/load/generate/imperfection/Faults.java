package ml.keneya.load.generate.imperfection;

import java.util.ArrayList;
import java.util.List;
import ml.keneya.load.generate.care.Visit;
import ml.keneya.load.generate.chance.Chance;
import ml.keneya.load.generate.chance.RecordUuid;
import ml.keneya.load.generate.fhir.VisitFault;
import ml.keneya.load.generate.fhir.VisitWriter;
import ml.keneya.load.generate.fhir.Written;
import ml.keneya.load.generate.mali.Names.Name;
import ml.keneya.load.generate.people.Household;
import ml.keneya.load.generate.people.Person;
import ml.keneya.load.generate.people.Scenario;

/** Decides what goes wrong, each kind of fault with the same likelihood and apart from the others. */
public final class Faults {
    private static final long PERSON = 51;
    private static final long VISIT = 52;
    private static final long SENDING = 53;
    private static final long PATIENT_UUID = 54;
    private static final List<VisitFault> OF_VISITS = List.of(
            VisitFault.UNKNOWN_DISEASE_CODE,
            VisitFault.MISTYPED_ICD_10,
            VisitFault.UNDATED_RESULT,
            VisitFault.MISSING_LOT,
            VisitFault.UNDATED_ENCOUNTER);

    private final Scenario scenario;
    private final long key;
    private final String tag;
    private final double rate;

    public Faults(Scenario scenario) {
        this.scenario = scenario;
        this.key = scenario.key();
        this.tag = scenario.tag();
        this.rate = scenario.imperfections();
    }

    /** How a person is written down: once, or twice when the CSCom took a known person for a new one. */
    public List<Written> written(Household household, Person person) {
        Chance chance = Chance.of(key, household.number(), PERSON, person.position());
        String number = household.recordNumber(tag, person.position());
        List<Written> written = new ArrayList<>();
        written.add(new Written(
                household,
                person,
                RecordUuid.of(key, household.number(), PATIENT_UUID, person.position()),
                number,
                spelling(person.family(), chance),
                spelling(person.given(), chance),
                !chance.happens(rate),
                !chance.happens(rate),
                true));
        if (chance.happens(rate)) {
            written.add(new Written(
                    household,
                    person,
                    RecordUuid.of(key, household.number(), PATIENT_UUID, person.position(), 2),
                    number + "-B",
                    variant(person.family(), chance, 0.5),
                    variant(person.given(), chance, 0.5),
                    chance.happens(0.7),
                    true,
                    chance.happens(0.3)));
        }
        return written;
    }

    private String spelling(Name name, Chance chance) {
        return variant(name, chance, rate);
    }

    private static String variant(Name name, Chance chance, double likelihood) {
        if (!chance.happens(likelihood) || name.variants().isEmpty()) {
            return name.text();
        }
        return chance.oneOf(name.variants());
    }

    /** Under which of a person's records a visit is written. */
    public Written recordFor(List<Written> written, Visit visit, int number) {
        if (written.size() == 1 || visit.affliction() != null) {
            return written.get(0);
        }
        return written.get(Chance.of(key, Chance.key(written.get(0).uuid()), VISIT, -number - 1)
                .below(2));
    }

    /** What is wrong with a visit; a case of an outbreak is always written well, so that the truth can be found. */
    public VisitFault of(Written written, Visit visit, int number) {
        if (rate == 0 || visit.affliction() != null) {
            return VisitFault.NONE;
        }
        Chance chance = Chance.of(key, Chance.key(written.uuid()), VISIT, number);
        for (VisitFault fault : OF_VISITS) {
            boolean possible = fault == VisitFault.UNDATED_ENCOUNTER
                    || visit.entries().stream().anyMatch(entry -> VisitWriter.suffers(entry, fault));
            // One of two is enough of what keeps a whole bundle out.
            if (chance.happens(fault.isRefused() ? rate / 2 : rate) && possible) {
                return fault;
            }
        }
        return VisitFault.NONE;
    }

    /**
     * When a bundle goes out.
     *
     * @param sent epoch day
     * @param again epoch day on which it is sent once more, or -1
     */
    public record Sending(int sent, int again, boolean late) {}

    public Sending sending(String submission, int ready) {
        Chance chance = Chance.of(key, Chance.key(submission), SENDING);
        int usual = Math.min(scenario.lastDay(), ready + chance.below(3));
        int sent = chance.happens(rate) ? Math.min(scenario.lastDay(), ready + chance.between(30, 120)) : usual;
        int again = chance.happens(rate) ? Math.min(scenario.lastDay(), sent + chance.below(21)) : -1;
        return new Sending(sent, again, sent > ready + 2);
    }
}
