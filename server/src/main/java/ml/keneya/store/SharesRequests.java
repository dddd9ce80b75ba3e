package ml.keneya.store;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import org.springframework.stereotype.Component;

/**
 * Shows an expert hub the requests and tasks that name it, what stands in them with its pictures, and what was answered
 * to them. What bears a label of sensitivity is kept from it like from everybody else.
 */
@Component
class SharesRequests implements SharesRecords {

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
        Set<RecordId> pictured = new HashSet<>();
        addressed.to(caller.facility(), ADDRESSES).forEach(sent -> {
            all.add(sent.id());
            all.addAll(sent.refersTo());
            pictured.addAll(sent.refersTo());
        });
        pictured.removeIf(record -> !"DocumentReference".equals(record.type()));
        addressed
                .of(pictured)
                .forEach(document -> document.refersTo().stream()
                        .filter(record -> "Binary".equals(record.type()))
                        .forEach(all::add));
        Set<RecordId> requests = all.stream()
                .filter(record -> "ServiceRequest".equals(record.type()))
                .collect(Collectors.toSet());
        addressed.about(requests, ANSWERS).forEach(answer -> all.add(answer.id()));
        return all;
    }
}
