package ml.keneya.load.generate.care;

import ml.keneya.load.generate.care.Diary.Draft;
import ml.keneya.load.generate.care.Visit.Coding;
import ml.keneya.load.generate.care.Visit.Entry;
import ml.keneya.load.generate.chance.Chance;
import ml.keneya.load.generate.mali.Facts;
import ml.keneya.load.generate.mali.HealthMap;
import ml.keneya.load.generate.people.Person;
import ml.keneya.load.generate.people.Scenario;

/** The last stay of those who died in a CSRéf; other deaths leave only their date. */
final class Deaths {
    private final HealthMap health;
    private final Scenario scenario;
    private final double inFacility;

    Deaths(HealthMap health, Facts facts, Scenario scenario) {
        this.health = health;
        this.scenario = scenario;
        this.inFacility = facts.share("deaths.in-facility");
    }

    void writeInto(Diary diary, Chance chance) {
        Person person = diary.person();
        boolean ofOutbreak = diary.household().affected() != null
                && diary.household().affected().member() == person.position();
        if (!person.isDead() || ofOutbreak || !chance.happens(inFacility)) {
            return;
        }
        int admitted = Math.max(Math.max(scenario.firstDay(), person.birth()), person.death() - chance.between(1, 3));
        if (admitted >= person.death()) {
            return;
        }
        Coding cause = cause(person.ageInYears(admitted), chance);
        var draft = new Draft("Hospitalisation", new Coding("", "Urgence"));
        draft.kind = "IMP";
        draft.site = health.csref(diary.household().commune());
        draft.diedThere = true;
        draft.minutes = (person.death() - admitted) * 24 * 60;
        draft.entries.add(new Entry.Diagnosis(cause, "", "", admitted));
        diary.write(admitted, chance, draft);
    }

    private static Coding cause(int years, Chance chance) {
        double draw = chance.nextDouble();
        if (years < 5) {
            return draw < 0.35
                    ? new Coding("J18.9", "Pneumonie")
                    : draw < 0.7 ? new Coding("A41.9", "Sepsis") : new Coding("E86", "Déshydratation sévère");
        }
        if (years < 50) {
            return draw < 0.5 ? new Coding("A41.9", "Sepsis") : new Coding("R57.9", "Choc");
        }
        return draw < 0.5
                ? new Coding("I64", "Accident vasculaire cérébral")
                : new Coding("I50.9", "Insuffisance cardiaque");
    }
}
