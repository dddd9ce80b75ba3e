package ml.keneya.load.generate.output;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import ml.keneya.load.generate.care.Visit;
import ml.keneya.load.generate.chance.Chance;
import ml.keneya.load.generate.fhir.FhirJson;
import ml.keneya.load.generate.fhir.RegistrationWriter;
import ml.keneya.load.generate.fhir.Sink;
import ml.keneya.load.generate.fhir.VisitWriter;
import ml.keneya.load.generate.fhir.Written;
import ml.keneya.load.generate.imperfection.Faults;
import ml.keneya.load.generate.people.Household;
import ml.keneya.load.generate.people.Person;
import ml.keneya.load.generate.people.Scenario;

/** Puts a story into the bundles in which sites would send it: a registration, then one bundle a visit. */
final class Deliveries {
    private final Scenario scenario;
    private final long key;
    private final String tag;
    private final Faults faults;
    private final RegistrationWriter registrations;
    private final VisitWriter visits;

    Deliveries(Scenario scenario, Faults faults) {
        this.scenario = scenario;
        this.key = scenario.key();
        this.tag = scenario.tag();
        this.faults = faults;
        this.registrations = new RegistrationWriter(key);
        this.visits = new VisitWriter(key);
    }

    /** In the order in which they are sent. */
    List<Delivery> of(Story story) {
        List<Delivery> deliveries = new ArrayList<>();
        register(story, deliveries);
        for (Story.Told told : story.visits()) {
            deliveries.add(ofVisit(told));
        }
        for (List<Written> written : story.written()) {
            for (Written record : written) {
                reportDeath(record, deliveries);
            }
        }
        deliveries.sort(Comparator.comparingInt(delivery -> delivery.sending().sent()));
        return deliveries;
    }

    private void register(Story story, List<Delivery> deliveries) {
        Household household = story.household();
        int day = household.registered();
        List<Written> known = new ArrayList<>();
        for (List<Written> written : story.written()) {
            Written first = written.get(0);
            if (first.person().isBornOn(day)) {
                known.add(first);
            } else {
                int later = laterDay(first);
                deliveries.add(delivery(
                        household,
                        later,
                        suffix(first) + "R",
                        sink -> registrations.write(sink, first, later, isDeadBy(first, later))));
            }
            for (Written second : written.subList(1, written.size())) {
                int later = Math.min(scenario.lastDay(), laterDay(second) + 30);
                deliveries.add(delivery(
                        household,
                        later,
                        suffix(second) + "B",
                        sink -> registrations.write(sink, second, later, isDeadBy(second, later))));
            }
        }
        if (!known.isEmpty()) {
            deliveries.add(delivery(household, day, "R", sink -> {
                known.forEach(written -> registrations.write(sink, written, day, isDeadBy(written, day)));
                if (household.inProgramme()) {
                    registrations.writeFamily(sink, household, known, tag);
                }
            }));
        }
    }

    private static boolean isDeadBy(Written written, int day) {
        return written.person().isDead() && written.person().death() <= day;
    }

    private int laterDay(Written written) {
        int earliest =
                Math.max(written.household().registered(), written.person().birth());
        return Math.min(
                scenario.lastDay(),
                earliest + Chance.of(key, Chance.key(written.uuid()), 61).below(20));
    }

    private static String suffix(Written written) {
        return (written.person().position() + 1) + "-";
    }

    private Delivery delivery(Household household, int ready, String suffix, Consumer<Sink> content) {
        return delivery(household, household.home().code(), ready, suffix, content);
    }

    private Delivery delivery(Household household, String sender, int ready, String suffix, Consumer<Sink> content) {
        String submission = submission(household, sender, ready, suffix);
        return new Delivery(submission, sender, ready, faults.sending(submission, ready), content);
    }

    private String submission(Household household, String sender, int ready, String suffix) {
        return sender + "-" + FhirJson.date(ready) + "-" + tag + "-" + household.number() + "-" + suffix;
    }

    String submissionOf(Story.Told told) {
        Visit visit = told.visit();
        String suffix = suffix(told.written()) + (told.number() + 1);
        return submission(visit.household(), senderOf(visit), visit.day(), suffix);
    }

    private static String senderOf(Visit visit) {
        return visit.telehealth() == null
                ? visit.site().code()
                : visit.telehealth().hub().code();
    }

    private Delivery ofVisit(Story.Told told) {
        Visit visit = told.visit();
        boolean deathKnown = isDeadBy(told.written(), visit.day());
        String suffix = suffix(told.written()) + (told.number() + 1);
        return delivery(visit.household(), senderOf(visit), visit.day(), suffix, sink -> {
            registrations.writePatient(sink, told.written(), visit.day(), deathKnown);
            visits.write(new VisitWriter.Context(sink, told.written(), visit, told.number(), told.fault()));
        });
    }

    private void reportDeath(Written written, List<Delivery> deliveries) {
        Person person = written.person();
        if (!person.isDead() || isDeadBy(written, laterDay(written))) {
            return;
        }
        int reported = Math.min(
                scenario.lastDay(),
                person.death() + Chance.of(key, Chance.key(written.uuid()), 62).below(10));
        String suffix = suffix(written) + (written.number().endsWith("B") ? "DB" : "D");
        deliveries.add(
                delivery(written.household(), reported, suffix, sink -> registrations.writeDeath(sink, written)));
    }
}
