package ml.keneya.store;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
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
class SharesReferrals implements SharesWhatWasSent {

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
    public AddressedRecords addressed() {
        return addressed;
    }

    @Override
    public Set<String> addresses() {
        return ADDRESSES;
    }

    @Override
    public Set<RecordId> openedBy(List<Sent> sent, Predicate<String> types) {
        Set<RecordId> all = new LinkedHashSet<>();
        Set<RecordId> referred = new HashSet<>();
        sent.stream().filter(SharesReferrals::isForThem).forEach(referral -> {
            all.add(referral.id());
            referred.addAll(referral.refersTo());
        });
        referred.removeIf(record -> !types.test(record.type()));
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
