package ml.keneya.surveillance.alert;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes an event down as FHIR has it: a Flag on the place (profile {@code ml-surveillance-alert}) that names nobody,
 * and a Task to verify it (profile {@code ml-alert-verification}), which leads to the cases.
 */
@Component
class WritesAlerts {

    /** More would make the Task unreadable; all cases are in {@code keneya.alert_evidence}. */
    private static final int MOST_CASES = 50;

    /** An event that lasts counts in many weeks and places; those of the beginning lead on to the others. */
    private static final int MOST_REPORTS = 50;

    private static final String TYPES = "http://hl7.org/fhir/resource-types";

    private static final Set<TaskStatus> NOT_BEGUN = Set.of(TaskStatus.DRAFT, TaskStatus.REQUESTED);

    private static final Set<TaskStatus> GOES_ON = Set.of(
            TaskStatus.RECEIVED, TaskStatus.ACCEPTED, TaskStatus.READY, TaskStatus.INPROGRESS, TaskStatus.ONHOLD);

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

    void raised(Alert alert, News news) {
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
        tell(task, news);
        writer.write(task);
    }

    void escalated(Alert alert, News news) {
        writer.write(flag(alert));
        task(alert).ifPresent(task -> {
            urge(task, alert);
            tell(task, news);
            writer.write(task);
        });
    }

    void joined(Alert alert, News news) {
        task(alert).ifPresent(task -> {
            tell(task, news);
            writer.write(task);
        });
    }

    /** Whose it is now, and why: earlier versions of the Task say whose it was. */
    void wentUp(Alert alert, Escalation step) {
        task(alert).ifPresent(task -> {
            Reference owner = place(step.division(), step.place());
            task.setOwner(owner.setType("Organization"));
            urge(task, alert);
            if (!alert.isEpidemic()) {
                task.setPriority(step.isToRegion() ? TaskPriority.ASAP : TaskPriority.STAT);
            }
            task.setStatusReason(new CodeableConcept()
                    .setText("Sans accusé de réception avant le "
                            + moment(step.wasDueAt()).asStringValue()
                            + " : transmise "
                            + (step.isToRegion() ? "à la région " + owner.getDisplay() : "au niveau national")
                            + "."));
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
                .filter(task -> !NOT_BEGUN.contains(task.getStatus()) && !GOES_ON.contains(task.getStatus()))
                .map(task -> task.getOutput().stream()
                        .filter(output -> output.getValue() instanceof CodeableConcept)
                        .map(output -> ((CodeableConcept) output.getValue())
                                .getCodingFirstRep()
                                .getCode())
                        .findFirst()
                        .orElse(task.getStatus().toCode()));
    }

    /** Whether somebody has written that it is received, goes on or is done. */
    boolean isAcknowledged(Alert alert) {
        return task(alert).filter(task -> !NOT_BEGUN.contains(task.getStatus())).isPresent();
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
        task.getRestriction().getPeriod().setEndElement(moment(alert.dueAt()));
    }

    private static DateTimeType moment(OffsetDateTime at) {
        return new DateTimeType(at.withOffsetSameInstant(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.SECONDS)
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
    }

    private static void tell(Task task, News news) {
        addRemark(task, news.remark());
        news.weeks().forEach(week -> addReport(task, week.report()));
        addCases(task, news.cases());
    }

    /** A MeasureReport is made when it is asked for, so what leads to it is the question, and not a reference. */
    private static void addReport(Task task, String report) {
        List<String> told = task.getInput().stream()
                .filter(input -> input.getValue() instanceof UriType)
                .map(input -> ((UriType) input.getValue()).getValue())
                .toList();
        if (!told.contains(report) && told.size() < MOST_REPORTS) {
            task.addInput().setType(whatIsA("MeasureReport", "Rapport")).setValue(new UriType(report));
        }
    }

    private static CodeableConcept whatIsA(String type, String words) {
        return new CodeableConcept(new Coding(TYPES, type, null)).setText(words);
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
                task.addInput().setType(whatIsA("Condition", "Cas")).setValue(new Reference("Condition/" + each));
            }
        }
    }

    /** Places of the administration have no record of their own: they are named by division and code. */
    private Reference place(Alert alert) {
        return place(alert.division(), alert.place());
    }

    private Reference place(String division, String code) {
        Reference place = new Reference();
        boolean facility = division.equals("health");
        place.getIdentifier()
                .setSystem(
                        facility
                                ? Canonicals.FACILITY
                                : Canonicals.BASE + "/CodeSystem/ml-administrative-division-" + division)
                .setValue(code);
        jdbc.sql("select name from keneya.place where division = :division and code = :code")
                .param("division", division)
                .param("code", code)
                .query(String.class)
                .optional()
                .ifPresent(place::setDisplay);
        return place;
    }

    private static CodeableConcept coded(String system, String code) {
        return new CodeableConcept(new Coding(Canonicals.BASE + "/CodeSystem/" + system, code, null));
    }
}
