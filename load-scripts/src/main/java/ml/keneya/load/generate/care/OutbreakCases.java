package ml.keneya.load.generate.care;

import ml.keneya.load.generate.care.Diary.Draft;
import ml.keneya.load.generate.care.Visit.Coding;
import ml.keneya.load.generate.care.Visit.Entry;
import ml.keneya.load.generate.care.Visit.Quantity;
import ml.keneya.load.generate.chance.Chance;
import ml.keneya.load.generate.mali.HealthMap;
import ml.keneya.load.generate.mali.OutbreakDisease;
import ml.keneya.load.generate.outbreak.Outbreak;
import ml.keneya.load.generate.people.Household;
import ml.keneya.load.generate.people.Person;
import ml.keneya.load.generate.people.Scenario;

/** The visit at which a case of an outbreak is seen. */
final class OutbreakCases {
    private final HealthMap health;
    private final Scenario scenario;

    OutbreakCases(HealthMap health, Scenario scenario) {
        this.health = health;
        this.scenario = scenario;
    }

    void writeInto(Diary diary, Chance chance) {
        Household.Affected affected = diary.household().affected();
        if (affected == null || affected.member() != diary.person().position()) {
            return;
        }
        Outbreak.Case affliction = affected.affliction();
        OutbreakDisease disease = affected.outbreak().order().disease();
        Person person = diary.person();
        int latest = Math.min(scenario.lastDay(), person.isDead() ? person.death() - 1 : Integer.MAX_VALUE);
        int day = Math.min(latest, affliction.onset() + chance.below(4));
        var draft = new Draft("Consultation curative", new Coding("", disease.reason()));
        if (affliction.admitted() || affliction.dies()) {
            draft.kind = "IMP";
            draft.type = "Hospitalisation";
            draft.site = health.csref(diary.household().commune());
            draft.diedThere = affliction.dies();
            draft.minutes = 24 * 60 * (affliction.dies() ? Math.max(1, person.death() - day) : chance.between(3, 8));
        }
        draft.affliction = affected;
        draft.entries.add(new Entry.Diagnosis(
                new Coding(disease.icd10(), disease.text()),
                disease.code(),
                affliction.classification(),
                affliction.onset()));
        draft.entries.add(Entry.Measure.of(Quantity.TEMPERATURE, chance.around(38.9, 0.5)));
        diary.write(day, chance, draft);
    }
}
