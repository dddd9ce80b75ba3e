package ml.keneya.load.generate.people;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import ml.keneya.load.generate.chance.Chance;
import ml.keneya.load.generate.mali.Facts;
import ml.keneya.load.generate.mali.Mali;
import ml.keneya.load.generate.mali.Names.Name;
import ml.keneya.load.generate.people.Person.BirthPrecision;
import ml.keneya.load.generate.people.Person.Papers;
import org.jspecify.annotations.Nullable;

/** The members of one household: their ages, kinship, names, papers, and how long they live. */
final class Members {
    private static final long AGES = 11;
    private static final long KIN = 12;
    private static final long IDENTITY = 13;
    private static final long DEATH = 14;
    private static final int YEAR = 365;
    private static final int ADULT = 15 * YEAR;

    private final Mali mali;
    private final Scenario scenario;
    private final Facts facts;
    private final long key;
    private final String tag;

    Members(Mali mali, Scenario scenario) {
        this.mali = mali;
        this.scenario = scenario;
        this.facts = mali.facts();
        this.key = scenario.key();
        this.tag = scenario.tag();
    }

    /** What the members have in common before they are made. */
    record Setting(long number, String group, boolean displaced, Households.@Nullable Struck struck) {}

    /**
     * An ordinary household. Its members' ages are drawn one from each of as many equal parts of the age pyramid, which
     * keeps the pyramid exact over all households and gives nearly every one of them adults and children.
     */
    List<Person> of(Setting setting, int size) {
        Chance ages = Chance.of(key, setting.number(), AGES);
        int[] births = new int[size];
        for (int position = 0; position < size; position++) {
            double point = (size - 1 - position + ages.nextDouble()) / size;
            births[position] = scenario.lastDay() - mali.ages().daysAt(point);
        }
        if (setting.struck() != null) {
            giveACaseItsAge(births, setting.struck());
        }
        boolean[] female = new boolean[size];
        for (int position = 0; position < size; position++) {
            female[position] = ages.happens(facts.share("people.female"));
        }
        if (size > 1) {
            // The two eldest are mostly a couple.
            boolean man = ages.happens(facts.share("household.headed-by-man"));
            female[0] = !man;
            female[1] = man;
        }
        var kin = new Kinship(births, female, size, Chance.of(key, setting.number(), KIN), facts);
        return identified(setting, births, female, kin);
    }

    /** When nobody is of the age that a case should have, the youngest becomes so. */
    private static void giveACaseItsAge(int[] births, Households.Struck struck) {
        int wanted = struck.affliction().onset() - struck.affliction().age();
        for (int birth : births) {
            if (Math.abs(birth - wanted) < 2 * YEAR) {
                return;
            }
        }
        births[births.length - 1] = Math.max(wanted, births[0] + 15 * YEAR);
    }

    /** A family of the programme: grown-up guardians and minors. */
    List<Person> ofFamily(Setting setting, int guardians, int children) {
        Chance ages = Chance.of(key, setting.number(), AGES);
        int size = guardians + children;
        int[] births = new int[size];
        boolean[] female = new boolean[size];
        for (int position = 0; position < size; position++) {
            boolean guardian = position < guardians;
            int age = guardian
                    ? ages.between(24 * YEAR, 66 * YEAR)
                    // A part of childhood for each, so that brothers and sisters are not born together.
                    : (int) ((children - 1 - (position - guardians) + ages.nextDouble()) / children * 17 * YEAR);
            births[position] = scenario.lastDay() - age;
            female[position] = guardian && position == 0 ? ages.happens(0.8) : ages.happens(0.5);
        }
        // Children of the programme are nobody's parents: a grown-up answers for each.
        var kin = new Kinship(births, female, guardians, Chance.of(key, setting.number(), KIN), facts);
        return identified(setting, births, female, kin);
    }

    private List<Person> identified(Setting setting, int[] births, boolean[] female, Kinship kin) {
        Chance identity = Chance.of(key, setting.number(), IDENTITY);
        Name headFamily = mali.names().family(setting.group(), identity);
        List<Person> people = new ArrayList<>();
        for (int position = 0; position < births.length; position++) {
            Name family =
                    kin.bearsHeadsName(position) ? headFamily : mali.names().family(setting.group(), identity);
            Person person = new Person(
                    position,
                    female[position],
                    births[position],
                    precision(births[position], identity),
                    patronymic(family, female[position]),
                    given(setting.group(), position, female, kin, people, identity),
                    kin.mother(position),
                    kin.father(position),
                    kin.guardian(position),
                    papers(setting, births[position], female[position], identity),
                    births[position] < scenario.lastDay() - ADULT
                                    && identity.happens(facts.share("person.own-phone-adult"))
                            ? Households.phone(identity)
                            : null,
                    Person.ALIVE);
            people.add(person);
        }
        return withDeaths(setting, people);
    }

    private Name given(
            String group, int position, boolean[] female, Kinship kin, List<Person> before, Chance identity) {
        int twin = kin.twin(position);
        if (twin >= 0 && !female[position] && !female[twin]) {
            // Twin boys are named after the two grandsons of the Prophet.
            return new Name("Fousseyni", List.of("Fousseni", "Fousseynou"));
        }
        for (int attempt = 0; attempt < 8; attempt++) {
            Name name = mali.names().given(group, female[position], identity);
            if (before.stream().noneMatch(other -> other.given().equals(name))) {
                return name;
            }
        }
        return mali.names().given(group, female[position], identity);
    }

    /** "Son of" and "daughter of" are part of Tamasheq and Hassaniya names. */
    private static Name patronymic(Name family, boolean female) {
        if (!female || !(family.text().startsWith("Ag ") || family.text().startsWith("Ould "))) {
            return family;
        }
        return new Name(
                daughterOf(family.text()),
                family.variants().stream().map(Members::daughterOf).toList());
    }

    private static String daughterOf(String sonOf) {
        String father = sonOf.substring(sonOf.indexOf(' ') + 1);
        return (sonOf.startsWith("Ag ") ? "Walet " : "Mint ") + father;
    }

    private BirthPrecision precision(int birth, Chance identity) {
        boolean child = birth > scenario.lastDay() - ADULT;
        double known = facts.share(child ? "person.birth-date-known-child" : "person.birth-date-known-adult");
        double draw = identity.nextDouble();
        if (draw < known) {
            return BirthPrecision.DAY;
        }
        if (child) {
            return BirthPrecision.MONTH;
        }
        return draw < known + (1 - known) * 0.6 ? BirthPrecision.YEAR : BirthPrecision.ESTIMATED;
    }

    private Papers papers(Setting setting, int birth, boolean female, Chance identity) {
        boolean adult = birth < scenario.lastDay() - 18 * YEAR;
        double nina = facts.share(adult ? "person.nina-adult" : "person.nina-child");
        boolean certificate = !adult && identity.happens(facts.share("person.birth-certificate-child"));
        int year = LocalDate.ofEpochDay(birth).getYear();
        return new Papers(
                identity.happens(nina) ? nina(year, female, identity) : null,
                certificate ? (1 + identity.below(2000)) + "/" + year : null,
                setting.displaced() && identity.happens(facts.share("household.displaced-registered"))
                        ? "FICTIF-PDI-" + tag + "-" + setting.number()
                        : null);
    }

    /** In the form of a real one, but of nationality 0, which stands for none. */
    private static String nina(int year, boolean female, Chance identity) {
        String digits = Long.toString(10_000_000_000L + (identity.nextLong() >>> 1) % 10_000_000_000L);
        String twoDigits = Integer.toString(100 + year % 100).substring(1);
        return "0" + (female ? "2" : "1") + twoDigits + digits.substring(1) + (char) ('A' + identity.below(26));
    }

    private List<Person> withDeaths(Setting setting, List<Person> people) {
        Chance chance = Chance.of(key, setting.number(), DEATH);
        List<Person> mortal = new ArrayList<>();
        for (Person person : people) {
            int death = death(person, people, chance.branch(person.position()));
            mortal.add(death == Person.ALIVE ? person : person.dyingOn(death));
        }
        Households.@Nullable Struck struck = setting.struck();
        Household.@Nullable Affected affected = struck == null ? null : struck.among(people);
        if (struck != null && affected != null) {
            int onset = struck.affliction().onset();
            int dies = Math.min(scenario.lastDay(), onset + 5 + chance.below(6));
            Person patient = people.get(affected.member());
            mortal.set(affected.member(), struck.affliction().dies() ? patient.dyingOn(dies) : patient);
        }
        return mortal;
    }

    private int death(Person person, List<Person> people, Chance chance) {
        int first = Math.max(scenario.firstDay(), person.birth());
        for (int day = first; day <= scenario.lastDay() - 31; day += 30) {
            double years = person.ageInDays(day + 15) / 365.25;
            if (chance.happens(mali.mortality().monthly(years) * 30 / 30.44)) {
                int death = day + 1 + chance.below(30);
                return motherOfLaterChild(person, people, death) ? Person.ALIVE : death;
            }
        }
        return Person.ALIVE;
    }

    // A woman who has a child in the household lived at least until it was weaned.
    private static boolean motherOfLaterChild(Person person, List<Person> people, int death) {
        return people.stream().anyMatch(child -> child.mother() == person.position() && child.birth() + YEAR > death);
    }
}
