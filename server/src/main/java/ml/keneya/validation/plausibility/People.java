package ml.keneya.validation.plausibility;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.fhir.Caller;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The people whom the records of one delivery are about: those that it carries, and those on record whom it names. The
 * record is asked once for all of them, and only when a doubt depends on somebody who is not in the delivery.
 */
public final class People {

    private static final Pattern RECORD = Pattern.compile("Patient/([A-Za-z0-9.-]{1,64})(?:/_history/.*)?");

    private final Map<String, Person> carried = new HashMap<>();
    // As they were sent: references are replaced by addresses while a batch is carried out.
    private final IdentityHashMap<Resource, String> subjects = new IdentityHashMap<>();
    private final PeopleOnRecord record;
    private final Caller caller;
    private @Nullable Map<String, Person> found;

    private People(PeopleOnRecord record, Caller caller) {
        this.record = record;
        this.caller = caller;
    }

    /** For records of which nobody is to be looked up. */
    public static People unknown() {
        return new People((ids, caller) -> Map.of(), Caller.system());
    }

    static People of(List<BundleEntryComponent> entries, PeopleOnRecord record, Caller caller) {
        People people = new People(record, caller);
        entries.forEach(people::add);
        return people;
    }

    static People of(Resource alone, PeopleOnRecord record, Caller caller) {
        People people = new People(record, caller);
        people.addSubject(alone);
        return people;
    }

    /** Whom the record is about, if that is known. */
    Optional<Person> subjectOf(Resource resource) {
        String name = subjects.get(resource);
        if (name == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(carried.get(name))
                .or(() -> idOf(name).map(id -> onRecord().get(id)));
    }

    private void add(BundleEntryComponent entry) {
        if (entry.getResource() instanceof Patient patient) {
            Person person = Person.of(patient);
            if (entry.hasFullUrl()) {
                carried.put(entry.getFullUrl(), person);
            }
            if (entry.getRequest().getMethod() == Bundle.HTTPVerb.PUT
                    && idOf(entry.getRequest().getUrl()).isPresent()) {
                carried.put(entry.getRequest().getUrl(), person);
            }
        } else if (entry.hasResource()) {
            addSubject(entry.getResource());
        }
    }

    private void addSubject(Resource resource) {
        Reference subject = subject(resource);
        if (subject != null && subject.getReference() != null) {
            subjects.put(resource, subject.getReference());
        }
    }

    private static @Nullable Reference subject(Resource resource) {
        if (resource instanceof Observation observation) {
            return observation.getSubject();
        } else if (resource instanceof Immunization immunization) {
            return immunization.getPatient();
        } else if (resource instanceof Encounter encounter) {
            return encounter.getSubject();
        } else if (resource instanceof Condition condition) {
            return condition.getSubject();
        } else if (resource instanceof Procedure procedure) {
            return procedure.getSubject();
        } else if (resource instanceof EpisodeOfCare episode) {
            return episode.getPatient();
        }
        return null;
    }

    private Map<String, Person> onRecord() {
        if (found == null) {
            Set<String> wanted = new HashSet<>();
            subjects.values().stream()
                    .filter(name -> !carried.containsKey(name))
                    .forEach(name -> idOf(name).ifPresent(wanted::add));
            found = record.among(wanted, caller);
        }
        return found;
    }

    private static Optional<String> idOf(@Nullable String reference) {
        Matcher address = RECORD.matcher(reference == null ? "" : reference);
        return address.matches() ? Optional.of(address.group(1)) : Optional.empty();
    }
}
