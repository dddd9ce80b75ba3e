package ml.keneya.store;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/**
 * Turns the creation of a person who is already known by a unique number into a look-up of her record (decision 14), so
 * that two sites, or two searches, never make two of one person.
 *
 * <p>Someone of another sex or age with the same number is more likely a mistyped number than the same person: that
 * record is stored apart, linked and noted for review ({@link ClaimsIdentifiers}), because a vaccination must not end
 * up with a stranger. A site that asks by its own record number for somebody else is refused: what it sends with her
 * may replace what it has sent of the other under the same numbers.
 */
@Component
class KnownPeople {

    private final IdentifierClaims claims;
    private final DaoRegistry records;
    private final Treatments treatments;

    KnownPeople(IdentifierClaims claims, DaoRegistry records, Treatments treatments) {
        this.claims = claims;
        this.records = records;
        this.treatments = treatments;
    }

    /**
     * Changes the requests of the entries; to be called in the transaction that carries them out, after its locks.
     *
     * @return whether the caller treats somebody from now on whom others brought
     */
    boolean nameIn(Bundle writes, Caller caller) {
        Set<UniqueIdentifier> named = new HashSet<>();
        for (int index = 0; index < writes.getEntry().size(); index++) {
            Set<UniqueIdentifier> ofEntry =
                    new HashSet<>(ofCreated(writes.getEntry().get(index)));
            conditionOf(writes.getEntry().get(index)).ifPresent(ofEntry::add);
            for (UniqueIdentifier identifier : ofEntry) {
                if (!named.add(identifier)) {
                    throw new RefusedException(Refusal.of(RefusalCode.IDENTIFIER_TWICE, identifier.value())
                            .at("Bundle.entry[" + index + "].resource.identifier"));
                }
            }
        }
        Map<UniqueIdentifier, String> holders = new HashMap<>(claims.holders(named));
        forgetThoseOfOthers(holders, caller);
        boolean claimed = false;
        Map<String, Patient> known = new HashMap<>();
        for (BundleEntryComponent entry : holders.isEmpty() ? List.<BundleEntryComponent>of() : writes.getEntry()) {
            claimed |= name(entry, holders, known, caller);
        }
        return claimed;
    }

    /**
     * The record numbers of another site are none of a site's business: only a national number tells it who somebody
     * is.
     */
    private void forgetThoseOfOthers(Map<UniqueIdentifier, String> holders, Caller caller) {
        if (caller.role().isUnrestricted()) {
            return;
        }
        Set<String> treated = caller.facility() == null
                ? Set.of()
                : treatments.among(new HashSet<>(holders.values()), caller.facility());
        holders.entrySet().removeIf(held -> !held.getKey().isNational() && !treated.contains(held.getValue()));
    }

    /** A match tells a site the id, and that it now treats this person. */
    private boolean noteTreatment(String holder, Caller caller) {
        if (caller.facility() == null) {
            return false;
        }
        if (caller.role().isUnrestricted()) {
            treatments.note(caller.facility(), holder);
            return false;
        }
        return treatments.claim(caller.facility(), holder);
    }

    /** @return whether the caller treats somebody from now on whom others brought */
    private boolean name(
            BundleEntryComponent entry,
            Map<UniqueIdentifier, String> holders,
            Map<String, Patient> known,
            Caller caller) {
        if (!(entry.getResource() instanceof Patient sent)) {
            return false;
        }
        Optional<UniqueIdentifier> asked = conditionOf(entry).filter(holders::containsKey);
        Set<UniqueIdentifier> numbers = asked.map(Set::of).orElseGet(() -> ofCreated(entry));
        Optional<String> same = numbers.stream()
                .flatMap(number -> Stream.ofNullable(holders.get(number))
                        .filter(holder -> number.isNational()
                                ? isHers(sent, holder, known, caller)
                                : isOfItsSite(entry, asked.isPresent(), number, holder, known, caller)))
                .findFirst();
        if (same.isPresent()) {
            // Other numbers that she is sent with are hers from now on, or the next site makes two of her.
            boolean claimed = noteTreatment(same.get(), caller);
            claims.take(same.get(), free(entry, holders, caller));
            direct(entry, same.get());
            return claimed;
        }
        asked.ifPresent(number -> storeApart(entry, number, sent, known, caller));
        return false;
    }

    /**
     * A site that asks by its own number asks for its own record, and an update may correct it. But registers begin at
     * 1 again, and then the next person must not get the record of the one before, nor take it over.
     *
     * @throws RefusedException when the number that it asks by is somebody else's
     */
    private boolean isOfItsSite(
            BundleEntryComponent entry,
            boolean asked,
            UniqueIdentifier number,
            String holder,
            Map<String, Patient> known,
            Caller caller) {
        Patient sent = (Patient) entry.getResource();
        Likeness likeness = Likeness.of(sent, held(holder, known));
        if (!asked) {
            return !likeness.isAnother() && isHers(sent, holder, known, caller);
        }
        boolean corrects = entry.getRequest().getMethod() == HTTPVerb.PUT;
        if (corrects ? likeness.isAnotherThanCorrected() : likeness.isAnother()) {
            throw new RefusedException(
                    Refusal.of(RefusalCode.NUMBER_OF_ANOTHER, number.value()).at("Patient.identifier"));
        }
        return true;
    }

    private static void direct(BundleEntryComponent entry, String id) {
        if (entry.getRequest().getMethod() == HTTPVerb.PUT) {
            entry.getRequest().setUrl("Patient/" + id);
            entry.getResource().setId(id);
        } else {
            entry.getRequest().setIfNoneExist("Patient?_id=" + id);
        }
    }

    /** Not with the holder of the number, but always in the same record, however often it is sent. */
    private void storeApart(
            BundleEntryComponent entry,
            UniqueIdentifier number,
            Patient sent,
            Map<String, Patient> known,
            Caller caller) {
        Optional<String> apart = claims.carriers(number).stream()
                .filter(carrier -> caller.role().isUnrestricted() || isTreated(carrier, caller))
                .filter(carrier -> Likeness.of(sent, held(carrier, known)).isSame())
                .findFirst();
        if (apart.isPresent()) {
            direct(entry, apart.get());
        } else if (entry.getRequest().getMethod() == HTTPVerb.PUT) {
            direct(entry, UUID.randomUUID().toString());
        } else {
            entry.getRequest().setIfNoneExist(null);
        }
    }

    /**
     * A number may be mistyped, or tried: whoever sends a person for the first time says her sex and age too, and
     * rightly.
     */
    private boolean isHers(Patient sent, String holder, Map<String, Patient> known, Caller caller) {
        Patient held = held(holder, known);
        boolean first = !caller.role().isUnrestricted() && !isTreated(holder, caller);
        return Likeness.of(sent, held).isSame() && (!first || areBothDescribed(sent, held));
    }

    private static boolean areBothDescribed(Patient sent, Patient held) {
        return sent.hasGender() && held.hasGender() && sent.hasBirthDate() && held.hasBirthDate();
    }

    private boolean isTreated(String person, Caller caller) {
        return caller.facility() != null
                && !treatments.among(Set.of(person), caller.facility()).isEmpty();
    }

    private static Set<UniqueIdentifier> free(
            BundleEntryComponent entry, Map<UniqueIdentifier, String> holders, Caller caller) {
        Set<UniqueIdentifier> free = new HashSet<>(ofCreated(entry));
        free.removeAll(holders.keySet());
        free.removeIf(number -> !number.isClaimedBy(caller));
        return free;
    }

    private static Optional<UniqueIdentifier> conditionOf(BundleEntryComponent entry) {
        String url = String.valueOf(entry.getRequest().getUrl());
        HTTPVerb verb = entry.getRequest().getMethod();
        if (verb == HTTPVerb.POST && entry.getRequest().hasIfNoneExist() && url.matches("(.*/)?Patient")) {
            return SafeCondition.in(entry.getRequest().getIfNoneExist()).flatMap(SafeCondition::uniqueIdentifier);
        }
        return verb == HTTPVerb.PUT && url.matches("(?:[^?]*/)?Patient[?].*")
                ? SafeCondition.in(url).flatMap(SafeCondition::uniqueIdentifier)
                : Optional.empty();
    }

    private static Set<UniqueIdentifier> ofCreated(BundleEntryComponent entry) {
        boolean created = entry.getRequest().getMethod() == HTTPVerb.POST;
        return created && entry.getResource() instanceof Patient person ? UniqueIdentifier.of(person) : Set.of();
    }

    private Patient held(String holder, Map<String, Patient> known) {
        return known.computeIfAbsent(
                holder,
                id -> records.getResourceDao(Patient.class)
                        .read(new IdType("Patient", id), new SystemRequestDetails()));
    }
}
