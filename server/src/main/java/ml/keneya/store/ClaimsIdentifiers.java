package ml.keneya.store;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.StorageRule;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Patient.PatientLinkComponent;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Lets one Patient hold a unique number, whichever way the record comes in. One that comes with a number of another is
 * stored all the same, so that its sender is not stuck for ever; it gets a link to the holder and is noted for review
 * (decision 14). A site says nothing of the record numbers of another: it neither takes them nor takes them away, nor
 * does it learn whose they are.
 */
@Interceptor(order = -50)
@Component
class ClaimsIdentifiers implements StorageRule {

    private final IdentifierClaims claims;
    private final Treatments treatments;
    private final ApplicationEventPublisher events;

    ClaimsIdentifiers(IdentifierClaims claims, Treatments treatments, ApplicationEventPublisher events) {
        this.claims = claims;
        this.treatments = treatments;
        this.events = events;
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    void created(IBaseResource created, @Nullable RequestDetails request) {
        if (created instanceof Patient person) {
            take(person, UniqueIdentifier.of(person), Caller.of(request));
        }
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
    void updated(IBaseResource before, IBaseResource after, @Nullable RequestDetails request) {
        if (!(after instanceof Patient person) || !(before instanceof Patient earlier)) {
            return;
        }
        Caller caller = Caller.of(request);
        keepNumbersOfOthers(earlier, person, caller);
        Set<UniqueIdentifier> now = UniqueIdentifier.of(person);
        Set<UniqueIdentifier> given = new HashSet<>(UniqueIdentifier.of(earlier));
        given.removeAll(now);
        claims.release(idOf(person), given);
        // All that she does not hold: one that another held before may be free by now.
        Map<UniqueIdentifier, String> holders = claims.holders(now);
        now.removeIf(number -> idOf(person).equals(holders.get(number)));
        take(person, now, caller);
        if (earlier.getLink().stream().anyMatch(link -> link.getType() == LinkType.SEEALSO)) {
            link(person, claims.unsettled(idOf(person)), caller);
        }
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED)
    void deleted(IBaseResource deleted) {
        if (deleted instanceof Patient person) {
            claims.releaseAll(idOf(person));
        }
    }

    /**
     * A site sends the numbers that it knows. Those by which others find the person stay hers as long as others treat
     * her, or their next delivery would make a second one of her.
     */
    private void keepNumbersOfOthers(Patient earlier, Patient person, Caller caller) {
        String facility = caller.facility();
        if (caller.role().isUnrestricted()
                || facility == null
                || !treatments.isTreatedElsewhere(idOf(person), facility)) {
            return;
        }
        Set<UniqueIdentifier> sent = UniqueIdentifier.of(person);
        for (Identifier identifier : earlier.getIdentifier()) {
            UniqueIdentifier.of(identifier)
                    .filter(number -> !number.isOf(facility) && !sent.contains(number))
                    .ifPresent(number -> person.addIdentifier(identifier.copy()));
        }
    }

    private void take(Patient person, Set<UniqueIdentifier> identifiers, Caller caller) {
        Set<UniqueIdentifier> claimed = new HashSet<>(identifiers);
        claimed.removeIf(number -> !number.isClaimedBy(caller));
        Map<UniqueIdentifier, String> held = claims.take(idOf(person), claimed);
        if (held.isEmpty()) {
            return;
        }
        claims.note(idOf(person), held);
        link(person, held, caller);
        events.publishEvent(new IdentifierHeldTwice(idOf(person), Set.copyOf(held.values())));
    }

    /** A link tells the sender whose the number is, which the record number of a stranger must not. */
    private void link(Patient person, Map<UniqueIdentifier, String> held, Caller caller) {
        Map<UniqueIdentifier, String> told = new HashMap<>(held);
        if (!caller.role().isUnrestricted()) {
            Set<String> treated = caller.facility() == null
                    ? Set.of()
                    : treatments.among(Set.copyOf(held.values()), caller.facility());
            told.entrySet().removeIf(number -> !number.getKey().isNational() && !treated.contains(number.getValue()));
        }
        Set.copyOf(told.values()).forEach(holder -> link(person, holder));
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
