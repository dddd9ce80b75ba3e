package ml.keneya.load.generate.output;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import ml.keneya.load.generate.care.Visit;
import ml.keneya.load.generate.care.Visit.Entry;
import ml.keneya.load.generate.fhir.FhirJson;
import ml.keneya.load.generate.fhir.RecordLines;
import ml.keneya.load.generate.fhir.RegistrationWriter;
import ml.keneya.load.generate.fhir.TransactionBundle;
import ml.keneya.load.generate.fhir.VisitFault;
import ml.keneya.load.generate.fhir.VisitWriter;
import ml.keneya.load.generate.fhir.Written;
import ml.keneya.load.generate.imperfection.FaultNotes;
import ml.keneya.load.generate.people.Household;
import ml.keneya.load.generate.people.Households;
import ml.keneya.load.generate.people.Person;
import ml.keneya.load.generate.people.Scenario;

/** Makes pieces; what it gives for a household depends on nothing but the household's number. */
final class PieceMaker {
    private static final int MONTH = "2026-11".length();

    private final String tag;
    private final Households households;
    private final Form form;
    private final StoryTeller teller;
    private final Deliveries deliveries;
    private final RegistrationWriter registrations;
    private final VisitWriter visits;

    PieceMaker(Scenario scenario, Households households, Form form, StoryTeller teller) {
        this.tag = scenario.tag();
        this.households = households;
        this.form = form;
        this.teller = teller;
        this.deliveries = new Deliveries(scenario, teller.faults());
        this.registrations = new RegistrationWriter(scenario.key());
        this.visits = new VisitWriter(scenario.key());
    }

    /** The consecutive households from the first on, and how many people they may hold together. */
    record Order(long first, int count, int people) {}

    /** A piece in the making. */
    private final class Making {
        private final SortedMap<String, ByteArrayOutputStream> files = new TreeMap<>();
        private final List<Piece.Outgoing> bundles = new ArrayList<>();
        private final Totals totals = new Totals();
        private final Set<String> facilities = new HashSet<>();
        private final List<CaseTruth> cases = new ArrayList<>();
        private final RecordLines lines = new RecordLines();
        private final FaultNotes notes = new FaultNotes();

        private void add(Story story) {
            totals.household(story.household().members().size());
            facilities.add(story.household().home().code());
            story.written().forEach(notes::persons);
            story.visits().forEach(this::note);
            if (form == Form.RECORDS) {
                addRecords(story);
            } else {
                deliveries.of(story).forEach(this::addDelivery);
            }
        }

        private void note(Story.Told told) {
            Visit visit = told.visit();
            facilities.add(visit.site().code());
            if (visit.telehealth() != null) {
                facilities.add(visit.telehealth().hub().code());
            }
            for (Entry entry : visit.entries()) {
                if (entry instanceof Entry.Request request) {
                    facilities.add(request.to().code());
                }
            }
            String encounter = visits.encounterUuid(told.written(), told.number());
            if (told.fault() != VisitFault.NONE) {
                notes.visit(told.fault(), encounter, sufferer(told, encounter), deliveries.submissionOf(told));
            }
            Household.Affected affected = visit.affliction();
            if (affected != null) {
                cases.add(new CaseTruth(
                        affected.outbreak().number(),
                        affected.affliction(),
                        told.written().uuid(),
                        encounter,
                        visits.entryUuid(told.written(), told.number(), 0),
                        told.written().number(),
                        deliveries.submissionOf(told),
                        visit.site().code(),
                        visit.day()));
            }
        }

        private String sufferer(Story.Told told, String encounter) {
            List<Entry> entries = told.visit().entries();
            for (int index = 0; index < entries.size(); index++) {
                if (VisitWriter.suffers(entries.get(index), told.fault())) {
                    return visits.entryUuid(told.written(), told.number(), index);
                }
            }
            return encounter;
        }

        private void addRecords(Story story) {
            Household household = story.household();
            List<Written> firsts = new ArrayList<>();
            for (List<Written> written : story.written()) {
                firsts.add(written.get(0));
                for (Written record : written) {
                    Person person = record.person();
                    int registered = Math.max(household.registered(), person.birth());
                    registrations.write(lines, record, registered, person.isDead());
                }
            }
            if (household.inProgramme()) {
                registrations.writeFamily(lines, household, firsts, tag);
            }
            for (Story.Told told : story.visits()) {
                visits.write(new VisitWriter.Context(lines, told.written(), told.visit(), told.number(), told.fault()));
            }
        }

        private void addDelivery(Delivery delivery) {
            var bundle = new TransactionBundle(delivery.submission(), delivery.sender());
            delivery.content().accept(bundle);
            byte[] bytes = bundle.bytes();
            totals.records(bundle.counts());
            send(delivery, delivery.sending().sent(), bytes);
            if (delivery.sending().late()) {
                notes.late(
                        delivery.submission(),
                        delivery.ready(),
                        delivery.sending().sent());
            }
            if (delivery.sending().again() >= 0) {
                notes.sentAgain(delivery.submission(), delivery.sending().again());
                send(delivery, delivery.sending().again(), bytes);
            }
        }

        private void send(Delivery delivery, int day, byte[] bytes) {
            totals.bundle();
            totals.bytes(bytes.length);
            if (form == Form.POSTED) {
                bundles.add(new Piece.Outgoing(delivery.submission(), delivery.sender(), bytes));
                return;
            }
            String month = FhirJson.date(day).substring(0, MONTH);
            ByteArrayOutputStream file =
                    files.computeIfAbsent("bundles/" + month + ".ndjson", path -> new ByteArrayOutputStream());
            file.writeBytes(bytes);
            file.write('\n');
        }

        private Piece finished() {
            SortedMap<String, byte[]> content = new TreeMap<>();
            files.forEach((path, bytes) -> content.put(path, bytes.toByteArray()));
            lines.bytes().forEach((type, bytes) -> {
                totals.bytes(bytes.length);
                content.put("records/" + type + ".ndjson", bytes);
            });
            totals.records(lines.counts());
            totals.faults(notes.counts());
            if (!notes.counts().isEmpty()) {
                content.put("truth/imperfections.ndjson", notes.bytes());
            }
            return new Piece(content, bundles, totals, facilities, cases);
        }
    }

    Piece make(Order order) {
        var making = new Making();
        int left = order.people();
        for (long number = order.first(); number < order.first() + order.count() && left > 0; number++) {
            making.add(teller.tell(number, left));
            left -= households.size(number);
        }
        return making.finished();
    }
}
