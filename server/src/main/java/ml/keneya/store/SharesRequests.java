package ml.keneya.store;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.store.AddressedRecords.Sent;
import org.springframework.stereotype.Component;

/**
 * Shows an expert hub the requests and tasks that name it, what stands in them with its pictures, and what was answered
 * to them. What bears a label of sensitivity is kept from it like from everybody else.
 */
@Component
class SharesRequests implements SharesWhatWasSent {

    private static final Set<String> ADDRESSES = Set.of("ServiceRequest.performer", "Task.owner");
    private static final String ANSWERS = "Communication.basedOn";
    private static final Set<String> TYPES = Set.of(
            "ServiceRequest",
            "Task",
            "Communication",
            "Patient",
            "Encounter",
            "Observation",
            "Condition",
            "Procedure",
            "AllergyIntolerance",
            "MedicationRequest",
            "Immunization",
            "DiagnosticReport",
            "Specimen",
            "DocumentReference",
            "QuestionnaireResponse",
            "Binary");

    private final AddressedRecords addressed;

    SharesRequests(AddressedRecords addressed) {
        this.addressed = addressed;
    }

    @Override
    public boolean mayShare(String type, Caller caller) {
        return caller.role() == Role.EXPERT_HUB && TYPES.contains(type);
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
        sent.forEach(each -> {
            all.add(each.id());
            all.addAll(each.refersTo());
        });
        if (types.test("Binary")) {
            addressed
                    .of(among(all, "DocumentReference"))
                    .forEach(document -> all.addAll(among(document.refersTo(), "Binary")));
        }
        if (types.test("Communication")) {
            addressed.about(among(all, "ServiceRequest"), ANSWERS).forEach(answer -> all.add(answer.id()));
        }
        return all;
    }

    private static Set<RecordId> among(Set<RecordId> records, String type) {
        return records.stream().filter(record -> type.equals(record.type())).collect(Collectors.toSet());
    }
}
