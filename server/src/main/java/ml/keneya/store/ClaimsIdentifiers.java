package ml.keneya.store;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import ml.keneya.fhir.StorageRule;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Patient.PatientLinkComponent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Lets one Patient hold a unique number, whichever way the record comes in. One that comes with a number of another is
 * stored all the same, so that its sender is not stuck for ever; it gets a link to the holder and is noted for review
 * (decision 14).
 */
@Interceptor(order = -50)
@Component
class ClaimsIdentifiers implements StorageRule {

    private final IdentifierClaims claims;
    private final ApplicationEventPublisher events;

    ClaimsIdentifiers(IdentifierClaims claims, ApplicationEventPublisher events) {
        this.claims = claims;
        this.events = events;
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    void created(IBaseResource created) {
        if (created instanceof Patient person) {
            take(person, UniqueIdentifier.of(person));
        }
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
    void updated(IBaseResource before, IBaseResource after) {
        if (!(after instanceof Patient person) || !(before instanceof Patient earlier)) {
            return;
        }
        Set<UniqueIdentifier> now = UniqueIdentifier.of(person);
        Set<UniqueIdentifier> given = new HashSet<>(UniqueIdentifier.of(earlier));
        given.removeAll(now);
        claims.release(idOf(person), given);
        // All that she does not hold: one that another held before may be free by now.
        Map<UniqueIdentifier, String> holders = claims.holders(now);
        now.removeIf(number -> idOf(person).equals(holders.get(number)));
        take(person, now);
        if (earlier.getLink().stream().anyMatch(link -> link.getType() == LinkType.SEEALSO)) {
            claims.unsettledHolders(idOf(person)).forEach(holder -> link(person, holder));
        }
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED)
    void deleted(IBaseResource deleted) {
        if (deleted instanceof Patient person) {
            claims.releaseAll(idOf(person));
        }
    }

    private void take(Patient person, Set<UniqueIdentifier> identifiers) {
        Map<UniqueIdentifier, String> held = claims.take(idOf(person), identifiers);
        if (held.isEmpty()) {
            return;
        }
        claims.note(idOf(person), held);
        Set<String> holders = Set.copyOf(held.values());
        holders.forEach(holder -> link(person, holder));
        events.publishEvent(new IdentifierHeldTwice(idOf(person), holders));
    }

    private static void link(Patient person, String holder) {
        String reference = "Patient/" + holder;
        boolean linked = person.getLink().stream()
                .map(PatientLinkComponent::getOther)
                .anyMatch(other -> reference.equals(other.getReference()));
        if (!linked) {
            person.addLink().setType(LinkType.SEEALSO).getOther().setReference(reference);
        }
    }

    private static String idOf(Patient person) {
        return person.getIdElement().getIdPart();
    }
}
