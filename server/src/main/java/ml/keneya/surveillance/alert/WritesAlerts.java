package ml.keneya.surveillance.alert;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import ml.keneya.conformance.Canonicals;
import ml.keneya.store.RecordChunks;
import ml.keneya.store.RecordSource;
import ml.keneya.store.RecordWriter;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Flag.FlagStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes an event down as FHIR has it: a Flag on the place (profile {@code ml-surveillance-alert}) that names nobody,
 * and a Task to verify it (profile {@code ml-alert-verification}), which leads to the cases.
 */
@Component
class WritesAlerts {

    /** "24 to 48 hours" is usual; the national institute has confirmed neither. */
    private static final Duration TIME_FOR_ALERT = Duration.ofHours(48);

    private static final Duration TIME_FOR_EPIDEMIC = Duration.ofHours(24);

    /** More would make the Task unreadable; all cases are in {@code keneya.alert_evidence}. */
    private static final int MOST_CASES = 50;

    private final JdbcClient jdbc;
    private final RecordWriter writer;
    private final RecordChunks records;
    private final RecordSource source;

    WritesAlerts(JdbcClient jdbc, RecordWriter writer, RecordChunks records, RecordSource source) {
        this.jdbc = jdbc;
        this.writer = writer;
        this.records = records;
        this.source = source;
    }

    void raised(Alert alert, List<String> cases, @Nullable String remark) {
        writer.write(flag(alert));
        Task task = new Task();
        task.setId(alert.id().toString());
        task.setStatus(TaskStatus.REQUESTED);
        task.setIntent(TaskIntent.ORDER);
        task.setCode(coded("ml-task-type", NotesCases.VERIFICATION));
        task.setFocus(new Reference("Flag/" + alert.id()));
        task.setFor(place(alert).setType("Location"));
        task.setOwner(place(alert).setType("Organization"));
        task.setAuthoredOnElement(moment(alert.raisedAt()));
        urge(task, alert);
        addRemark(task, remark);
        addCases(task, cases);
        writer.write(task);
    }

    void escalated(Alert alert, List<String> cases, @Nullable String remark) {
        writer.write(flag(alert));
        task(alert).ifPresent(task -> {
            urge(task, alert);
            addRemark(task, remark);
            addCases(task, cases);
            writer.write(task);
        });
    }

    void joined(Alert alert, List<String> cases, @Nullable String remark) {
        task(alert).ifPresent(task -> {
            addRemark(task, remark);
            addCases(task, cases);
            writer.write(task);
        });
    }

    void closed(Alert alert) {
        writer.write(flag(alert));
    }

    /**
     * What the verification found, a code of {@code ml-verification-outcome}, else how the Task ended; empty while it
     * goes on.
     */
    Optional<String> outcome(Alert alert) {
        return task(alert)
                .filter(task -> !List.of(
                                TaskStatus.DRAFT,
                                TaskStatus.REQUESTED,
                                TaskStatus.RECEIVED,
                                TaskStatus.ACCEPTED,
                                TaskStatus.READY,
                                TaskStatus.INPROGRESS,
                                TaskStatus.ONHOLD)
                        .contains(task.getStatus()))
                .map(task -> task.getOutput().stream()
                        .filter(output -> output.getValue() instanceof CodeableConcept)
                        .map(output -> ((CodeableConcept) output.getValue())
                                .getCodingFirstRep()
                                .getCode())
                        .findFirst()
                        .orElse(task.getStatus().toCode()));
    }

    private Optional<Task> task(Alert alert) {
        return records.current(jdbc, "Task", List.of(alert.id().toString())).stream()
                .findFirst()
                .map(version -> (Task) source.read(version));
    }

    private Flag flag(Alert alert) {
        Flag flag = new Flag();
        flag.setId(alert.id().toString());
        flag.addExtension(
                Canonicals.BASE + "/StructureDefinition/ml-ext-alert-level", coded("ml-alert-level", alert.level()));
        flag.setStatus(alert.isOpen() ? FlagStatus.ACTIVE : FlagStatus.INACTIVE);
        flag.addCategory(coded("ml-flag-category", "surveillance-alert"));
        flag.setCode(coded("ml-notifiable-disease", alert.disease()));
        flag.setSubject(place(alert).setType("Location"));
        flag.getPeriod().setStartElement(new DateTimeType(alert.beganOn().toString()));
        if (alert.closedAt() != null) {
            flag.getPeriod()
                    .setEndElement(new DateTimeType(alert.closedAt()
                            .atZoneSameInstant(ZoneOffset.UTC)
                            .toLocalDate()
                            .toString()));
        }
        return flag;
    }

    private static void urge(Task task, Alert alert) {
        task.setPriority(alert.isEpidemic() ? TaskPriority.STAT : TaskPriority.URGENT);
        Duration time = alert.isEpidemic() ? TIME_FOR_EPIDEMIC : TIME_FOR_ALERT;
        task.getRestriction()
                .getPeriod()
                .setEndElement(moment(alert.levelSince().plus(time)));
    }

    private static DateTimeType moment(OffsetDateTime at) {
        return new DateTimeType(at.withOffsetSameInstant(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.SECONDS)
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
    }

    private static void addRemark(Task task, @Nullable String remark) {
        boolean told = task.getInput().stream()
                .anyMatch(input -> input.getValue() instanceof StringType text
                        && text.getValue().equals(remark));
        if (remark != null && !told) {
            task.addInput().setType(new CodeableConcept().setText("Semaine")).setValue(new StringType(remark));
        }
    }

    private static void addCases(Task task, List<String> cases) {
        for (String each : cases) {
            if (task.getInput().stream()
                            .filter(input -> input.getValue() instanceof Reference)
                            .count()
                    < MOST_CASES) {
                task.addInput()
                        .setType(new CodeableConcept().setText("Cas"))
                        .setValue(new Reference("Condition/" + each));
            }
        }
    }

    /** Places of the administration have no record of their own: they are named by division and code. */
    private Reference place(Alert alert) {
        Reference place = new Reference();
        boolean facility = alert.division().equals("health");
        place.getIdentifier()
                .setSystem(
                        facility
                                ? Canonicals.FACILITY
                                : Canonicals.BASE + "/CodeSystem/ml-administrative-division-" + alert.division())
                .setValue(alert.place());
        jdbc.sql("select name from keneya.place where division = :division and code = :code")
                .param("division", alert.division())
                .param("code", alert.place())
                .query(String.class)
                .optional()
                .ifPresent(place::setDisplay);
        return place;
    }

    private static CodeableConcept coded(String system, String code) {
        return new CodeableConcept(new Coding(Canonicals.BASE + "/CodeSystem/" + system, code, null));
    }
}
