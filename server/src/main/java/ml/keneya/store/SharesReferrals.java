package ml.keneya.store;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import ml.keneya.conformance.SensitivityLabels;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.store.AddressedRecords.Sent;
import org.springframework.stereotype.Component;

/**
 * Shows a service of social affairs or child protection the referrals that name it and bear one of its labels, the flag
 * that each is about, and the person or household that it is for: nobody else's, and nothing that is labelled for other
 * reasons.
 */
@Component
class SharesReferrals implements SharesRecords {

    private static final Set<String> ADDRESSES = Set.of("Task.owner");
    private static final Set<String> PEOPLE = Set.of("Patient", "Group");
    private static final Set<String> LABELLED = Set.of("Task", "Flag");

    private final AddressedRecords addressed;

    SharesReferrals(AddressedRecords addressed) {
        this.addressed = addressed;
    }

    @Override
    public boolean mayShare(String type, Caller caller) {
        return caller.role() == Role.SOCIAL && (PEOPLE.contains(type) || LABELLED.contains(type));
    }

    @Override
    public boolean judgesLabels() {
        return true;
    }

    @Override
    public Set<RecordId> shared(Collection<RecordId> records, Caller caller) {
        Set<RecordId> asked = records.stream()
                .filter(record -> mayShare(record.type(), caller))
                .collect(Collectors.toCollection(HashSet::new));
        if (!asked.isEmpty()) {
            asked.retainAll(all(caller));
        }
        return asked;
    }

    @Override
    public List<String> newest(String type, Caller caller, int most) {
        return all(caller).stream()
                .filter(record -> type.equals(record.type()))
                .map(RecordId::id)
                .limit(most)
                .toList();
    }

    private Set<RecordId> all(Caller caller) {
        if (caller.facility() == null) {
            return Set.of();
        }
        Set<RecordId> all = new LinkedHashSet<>();
        Set<RecordId> referred = new HashSet<>();
        addressed.to(caller.facility(), ADDRESSES).stream()
                .filter(SharesReferrals::isForThem)
                .forEach(referral -> {
                    all.add(referral.id());
                    referred.addAll(referral.refersTo());
                });
        addressed.of(referred).stream()
                .filter(each -> PEOPLE.contains(each.id().type()) ? isNobodyElses(each) : isForThem(each))
                .forEach(each -> all.add(each.id()));
        return all;
    }

    private static boolean isForThem(Sent record) {
        return LABELLED.contains(record.id().type())
                && record.labels().stream().anyMatch(SensitivityLabels.OF_SOCIAL_SERVICES::contains)
                && isNobodyElses(record);
    }

    private static boolean isNobodyElses(Sent record) {
        return record.labels().stream().noneMatch(label -> SensitivityLabels.isForOthers(label));
    }
}
