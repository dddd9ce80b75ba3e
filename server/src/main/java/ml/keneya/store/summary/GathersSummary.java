package ml.keneya.store.summary;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ml.keneya.conformance.SensitivityLabels;
import ml.keneya.fhir.AccessNotes;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.PeopleShown;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.store.PeopleByNumber;
import ml.keneya.store.RecordsAboutPerson;
import ml.keneya.store.RecordsAboutPerson.Found;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Decides what of a person's records a site is told. Whoever treats her gets what all recorded, unless she objects to
 * sharing; in an emergency a site gets it though it does not treat her, and though she objects: it breaks the glass,
 * which is written down first, counted and shown to the auditor. What bears a label of sensitivity stays with those who
 * recorded it, in an emergency too.
 */
@Component
class GathersSummary {

    /** Stands in the trace as the decision. */
    private static final String BROKEN_GLASS = "break-glass";

    /** Of one type; older ones are left out. */
    private static final int MOST = 500;

    /** No legal id, so that nobody has it. */
    private static final String NOBODY = "_nobody_";

    private final PeopleByNumber people;
    private final RecordsAboutPerson records;
    private final Objections objections;
    private final EmergencyAccesses emergencies;
    private final ApplicationEventPublisher events;

    GathersSummary(
            PeopleByNumber people,
            RecordsAboutPerson records,
            Objections objections,
            EmergencyAccesses emergencies,
            ApplicationEventPublisher events) {
        this.people = people;
        this.records = records;
        this.objections = objections;
        this.emergencies = emergencies;
        this.events = events;
    }

    /** Of somebody whom the caller sees. */
    SummaryContent of(String id, ServletRequestDetails request) {
        Patient person = records.person(id).orElseThrow(() -> unknown(request));
        return gather(id, person, false, request);
    }

    /**
     * Of who holds the number. Whoever has it and is not treated by the caller is as unknown as who has not.
     *
     * @throws RefusedException when there is nobody, or the caller may not know of her
     */
    SummaryContent of(String system, String value, ServletRequestDetails request) {
        Caller caller = Caller.of(request);
        Optional<String> holder = people.holder(system, value);
        if (caller.role().isUnrestricted()) {
            return of(holder.orElseThrow(GathersSummary::notTreated), request);
        }
        String facility = caller.facility();
        if (facility == null) {
            throw notTreated();
        }
        // Asked of nobody's number too, so that the time of the answer does not tell whether somebody has it.
        boolean treated = people.isTreatedAt(holder.orElse(NOBODY), facility);
        if (treated) {
            return of(holder.orElseThrow(), request);
        }
        if (!people.isNational(system) || !caller.breaksTheGlass()) {
            throw notTreated();
        }
        emergencies.note(caller, holder.orElse(null));
        AccessNotes.flag(request, BROKEN_GLASS);
        String id = holder.orElseThrow(GathersSummary::notTreated);
        Patient person = records.person(id)
                .filter(found -> !SensitivityLabels.areOn(found.getMeta()))
                .orElseThrow(GathersSummary::notTreated);
        return gather(id, person, true, request);
    }

    private SummaryContent gather(String id, Patient person, boolean noted, ServletRequestDetails request) {
        Caller caller = Caller.of(request);
        boolean objects = !caller.role().isUnrestricted() && objections.stand(id);
        if (objects && caller.breaksTheGlass() && !noted) {
            emergencies.note(caller, id);
            AccessNotes.flag(request, BROKEN_GLASS);
        }
        boolean restricted = objects && !caller.breaksTheGlass();
        Map<SummarySection, List<Resource>> sections = new EnumMap<>(SummarySection.class);
        for (SummarySection section : SummarySection.values()) {
            sections.put(
                    section,
                    records.pointingTo(id, section.type(), MOST).stream()
                            .filter(found -> SummarySection.takes(found.record(), "Patient/" + id))
                            .filter(found -> isOwn(found, caller) || (!restricted && isOpen(found, caller)))
                            .map(Found::record)
                            .toList());
        }
        events.publishEvent(new PeopleShown(Set.of(id), request));
        return new SummaryContent(id, person, sections, restricted);
    }

    private static boolean isOwn(Found found, Caller caller) {
        return found.owner() != null && found.owner().equals(caller.facility());
    }

    private static boolean isOpen(Found found, Caller caller) {
        return caller.role().isUnrestricted()
                || !SensitivityLabels.areOn(found.record().getMeta());
    }

    private static RefusedException unknown(ServletRequestDetails request) {
        return new RefusedException(Refusal.of(RefusalCode.NOT_FOUND, String.valueOf(request.getRequestPath())));
    }

    private static RefusedException notTreated() {
        return new RefusedException(Refusal.of(RefusalCode.PERSON_NOT_TREATED));
    }
}
