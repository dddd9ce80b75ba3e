package ml.keneya.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import ml.keneya.conformance.Canonicals;
import ml.keneya.conformance.SensitivityLabels;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Knows which records a caller sees: a site those that it brought (decision 15) and the people it treats (decision 14),
 * everybody the registry of places and what "valid" means. A role whose view is not built sees no more than that.
 */
@Component
public class Visibility {

    /** Nobody's in particular. */
    private static final Set<String> SHARED = Set.of(
            "Organization",
            "Location",
            "HealthcareService",
            "StructureDefinition",
            "SearchParameter",
            "OperationDefinition",
            "CapabilityStatement",
            "ImplementationGuide",
            "CompartmentDefinition",
            "CodeSystem",
            "ValueSet",
            "ConceptMap",
            "NamingSystem",
            "Library",
            "Questionnaire",
            "Measure");

    private final JdbcClient jdbc;
    private final CurrentRecords current;
    private final Treatments treatments;
    private final RestrictedRecords restricted;
    private final List<SharesRecords> shares;

    Visibility(
            JdbcClient jdbc,
            CurrentRecords current,
            Treatments treatments,
            RestrictedRecords restricted,
            List<SharesRecords> shares) {
        this.jdbc = jdbc;
        this.current = current;
        this.treatments = treatments;
        this.restricted = restricted;
        this.shares = List.copyOf(shares);
    }

    /** Whether everybody sees the records of a type. */
    public static boolean isShared(String type) {
        return SHARED.contains(type);
    }

    /** Ids of the people whom a site treats since then, whether their records were written since or not. */
    public List<String> peopleSince(String facility, Instant since) {
        return treatments.begunSince(facility, since);
    }

    /** Those of the records, existing or not, that the caller must not learn of; deleted ones count like others. */
    public Set<RecordId> hidden(Collection<RecordId> records, Caller caller) {
        return hidden(records, caller, SeenByCaller.forgotten());
    }

    Set<RecordId> hidden(Collection<RecordId> records, Caller caller, SeenByCaller seen) {
        if (caller.role().isUnrestricted()) {
            return Set.of();
        }
        Set<RecordId> left = new HashSet<>();
        for (RecordId record : records) {
            if (!isShared(record.type()) && !isOfRole(record.type(), caller)) {
                left.add(record);
            }
        }
        for (SharesRecords each : shares) {
            Set<RecordId> shared = new HashSet<>(each.shared(left, caller));
            if (!each.judgesLabels()) {
                shared.removeAll(restricted.among(shared));
            }
            left.removeAll(shared);
        }
        if (left.isEmpty() || caller.role() != Role.SITE || caller.facility() == null) {
            return left;
        }
        // A person belongs to nobody, so whose she is need not be asked.
        List<RecordId> others = new ArrayList<>();
        List<String> people = new ArrayList<>();
        for (RecordId record : left) {
            if (isPerson(record)) {
                people.add(record.id());
            } else {
                others.add(record);
            }
        }
        Map<RecordId, Optional<String>> owners =
                others.size() == 1 ? ownerOf(others.get(0), caller, seen) : owners(others);
        Set<String> treated = treated(people, caller.facility(), seen);
        treated.forEach(seen::add);
        left.removeIf(record -> isPerson(record)
                ? treated.contains(record.id())
                : owners.getOrDefault(record, Optional.empty()).equals(Optional.of(caller.facility())));
        return left;
    }

    /** Whether there is, or was, a record that the caller must not learn of. */
    boolean isSomebodyElses(RecordId record, Caller caller) {
        return !hidden(List.of(record), caller).isEmpty()
                && !owners(List.of(record)).isEmpty();
    }

    /** Places of those of the records that the caller may not see. */
    Set<Integer> hiddenAmong(List<? extends IBaseResource> records, Caller caller, SeenByCaller seen) {
        if (caller.role().isUnrestricted()) {
            return Set.of();
        }
        Set<Integer> hidden = new HashSet<>();
        Map<String, List<Integer>> people = new HashMap<>();
        for (int place = 0; place < records.size(); place++) {
            if (!(records.get(place) instanceof Resource record)) {
                hidden.add(place);
            } else if (isShared(record.fhirType()) || isOfRole(record, caller)) {
                continue;
            } else if (caller.role() != Role.SITE || caller.facility() == null) {
                hidden.add(place);
            } else if ("Patient".equals(record.fhirType())) {
                if (seen.has(record.getIdElement().getIdPart())) {
                    continue;
                }
                people.computeIfAbsent(record.getIdElement().getIdPart(), id -> new ArrayList<>())
                        .add(place);
            } else if (!isOwn(record.getMeta(), caller)) {
                hidden.add(place);
            }
        }
        if (!people.isEmpty()) {
            Set<String> treated = treatments.among(people.keySet(), Objects.requireNonNull(caller.facility()));
            people.forEach((id, places) -> {
                if (!treated.contains(id)) {
                    hidden.addAll(places);
                }
            });
            treated.forEach(seen::add);
        }
        if (hidden.isEmpty()) {
            return hidden;
        }
        shares.forEach(each -> {
            Set<RecordId> shared = each.shared(
                    hidden.stream().map(place -> idOf(records.get(place))).toList(), caller);
            hidden.removeIf(place -> shared.contains(idOf(records.get(place)))
                    && (each.judgesLabels() || !isRestricted(records.get(place))));
        });
        return hidden;
    }

    private static boolean isRestricted(IBaseResource record) {
        return record instanceof Resource resource && SensitivityLabels.areOn(resource.getMeta());
    }

    private static RecordId idOf(IBaseResource record) {
        return new RecordId(
                record.fhirType(), String.valueOf(record.getIdElement().getIdPart()));
    }

    boolean sees(IBaseResource record, Caller caller) {
        return hiddenAmong(List.of(record), caller, SeenByCaller.forgotten()).isEmpty();
    }

    private static boolean isOfRole(String type, Caller caller) {
        return switch (caller.role()) {
            case AUDITOR -> "AuditEvent".equals(type);
            // Counts without people.
            case AGENCY -> "MeasureReport".equals(type);
            default -> false;
        };
    }

    private static boolean isOfRole(Resource record, Caller caller) {
        return isOfRole(record.fhirType(), caller)
                && (!(record instanceof MeasureReport report) || isWithoutPeople(report));
    }

    /** What the exchange counted itself, and what a site counted without naming anybody. */
    private static boolean isWithoutPeople(MeasureReport report) {
        return LabelsOwner.ownerOf(report.getMeta()).isEmpty()
                || (report.getType() == MeasureReportType.SUMMARY
                        && (!report.hasSubject() || isPlace(report.getSubject()))
                        && !report.hasEvaluatedResource()
                        && !report.hasContained());
    }

    private static boolean isPlace(Reference subject) {
        return subject.hasReference() && subject.getReference().matches("(Location|Organization)/[^/]+");
    }

    private static boolean isOwn(Meta meta, Caller caller) {
        return LabelsOwner.ownerOf(meta).equals(Optional.ofNullable(caller.facility()));
    }

    private static boolean isPerson(RecordId record) {
        return "Patient".equals(record.type());
    }

    /** The owners of records that exist, or existed: a deleted one stays its owner's. */
    Map<RecordId, Optional<String>> owners(Collection<RecordId> records) {
        if (records.isEmpty()) {
            return Map.of();
        }
        if (records.size() == 1) {
            return ownerOf(records.iterator().next(), Caller.anonymous(), SeenByCaller.forgotten());
        }
        Map<RecordId, Optional<String>> owners = new HashMap<>();
        List<RecordId> wanted = List.copyOf(records);
        jdbc.sql("""
                        select record.res_type, record.fhir_id,
                               jsonb_path_query_first(
                                   version.res_text_vc::jsonb,
                                   '$.meta.security[*] ? (@.system == $system).code',
                                   jsonb_build_object('system', cast(:system as text))) #>> '{}' as owner
                        from unnest(:types::text[], :ids::text[]) as wanted (type, id)
                        join hfj_resource record on record.res_type = wanted.type and record.fhir_id = wanted.id
                        left join lateral (
                            select history.res_text_vc from hfj_res_ver history
                            where history.res_id = record.res_id and history.res_deleted_at is null
                            order by history.res_ver desc limit 1) version on true
                        """)
                .param("system", Canonicals.OWNER)
                .param("types", wanted.stream().map(RecordId::type).toArray(String[]::new))
                .param("ids", wanted.stream().map(RecordId::id).toArray(String[]::new))
                .query((row, number) -> owners.put(
                        new RecordId(row.getString("res_type"), row.getString("fhir_id")),
                        Optional.ofNullable(row.getString("owner"))))
                .list();
        return owners;
    }

    /** The record of one who is read comes with the answer. */
    private Set<String> treated(List<String> people, String facility, SeenByCaller seen) {
        if (people.size() != 1 || !seen.isShownNext()) {
            return treatments.among(people, facility);
        }
        String person = people.get(0);
        Optional<CurrentRecords.Found> found = current.findTreated(person, facility);
        found.flatMap(CurrentRecords.Found::version)
                .ifPresent(version -> seen.add(new RecordId("Patient", person), version));
        return found.isPresent() ? Set.of(person) : Set.of();
    }

    private Map<RecordId, Optional<String>> ownerOf(RecordId record, Caller caller, SeenByCaller seen) {
        Optional<CurrentRecords.Found> found = current.find(record);
        found.filter(one -> one.owner().isPresent() && one.owner().equals(Optional.ofNullable(caller.facility())))
                .flatMap(CurrentRecords.Found::version)
                .ifPresent(version -> seen.add(record, version));
        return found.map(one -> Map.of(record, one.owner())).orElse(Map.of());
    }
}
