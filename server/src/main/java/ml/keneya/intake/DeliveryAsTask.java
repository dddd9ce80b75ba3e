package ml.keneya.intake;

import ca.uhn.fhir.context.FhirContext;
import java.time.OffsetDateTime;
import ml.keneya.conformance.Canonicals;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import ml.keneya.intake.KeptDelivery.Status;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.springframework.stereotype.Component;

/**
 * Shows a kept delivery as a Task: what is to be done about it, with the outcome contained and the address of the
 * bytes. The Task is not stored; it cannot be searched with the others nor changed.
 */
@Component
class DeliveryAsTask {

    private final FhirContext context;

    DeliveryAsTask(FhirContext context) {
        this.context = context;
    }

    Task of(KeptDelivery delivery, Language language, String base) {
        Task task = new Task();
        task.setId(delivery.id().toString());
        task.addIdentifier()
                .setSystem(Canonicals.DELIVERY)
                .setValue(delivery.id().toString());
        task.setIntent(TaskIntent.ORDER);
        task.setStatus(statusOf(delivery.status()));
        task.getCode().setText(Outcomes.message("delivery.task", language));
        task.getBusinessStatus()
                .setText(Outcomes.message("delivery." + delivery.status().name(), language));
        task.setAuthoredOnElement(instant(delivery.receivedAt()));
        if (delivery.finishedAt() != null) {
            task.setLastModifiedElement(instant(delivery.finishedAt()));
        }
        if (delivery.caller().facility() != null) {
            task.getRequester()
                    .getIdentifier()
                    .setSystem(Canonicals.FACILITY)
                    .setValue(delivery.caller().facility());
        }
        if (delivery.refusalCode() != null) {
            task.getStatusReason().addCoding().setSystem(Canonicals.REFUSALS).setCode(delivery.refusalCode());
        }
        if (delivery.reason() != null) {
            task.getStatusReason().setText(delivery.reason());
        }
        addContent(task, delivery, base);
        addOutcome(task, delivery);
        return task;
    }

    private static void addContent(Task task, KeptDelivery delivery, String base) {
        if (delivery.size() != null) {
            Attachment bytes = new Attachment()
                    .setContentType(delivery.headers().get("Content-Type"))
                    .setUrl(base + "/$quarantine-content?id=" + delivery.id())
                    .setSize(delivery.size());
            task.addInput().setValue(bytes).getType().setText("content");
        }
    }

    private void addOutcome(Task task, KeptDelivery delivery) {
        if (delivery.outcome() == null) {
            return;
        }
        // What was accepted of a bundle is read from its status address.
        OperationOutcome outcome = outcomeIn(context.newJsonParser().parseResource(delivery.outcome()));
        if (outcome.hasIssue()) {
            outcome.setId("outcome");
            task.addContained(outcome);
            task.addOutput().setValue(new Reference("#outcome")).getType().setText("outcome");
        }
    }

    private static OperationOutcome outcomeIn(IBaseResource answer) {
        if (answer instanceof OperationOutcome outcome) {
            return outcome;
        }
        return answer instanceof Bundle bundle && bundle.getType() == BundleType.BATCHRESPONSE
                ? RefusedEntries.in(bundle)
                : new OperationOutcome();
    }

    private static TaskStatus statusOf(Status status) {
        return switch (status) {
            case WAITING -> TaskStatus.REQUESTED;
            case RUNNING -> TaskStatus.INPROGRESS;
            case ACCEPTED, CORRECTED -> TaskStatus.COMPLETED;
            case REFUSED -> TaskStatus.REJECTED;
            case DISMISSED, FORGOTTEN -> TaskStatus.CANCELLED;
        };
    }

    private static DateTimeType instant(OffsetDateTime time) {
        return new DateTimeType(time.toInstant().toString());
    }
}
