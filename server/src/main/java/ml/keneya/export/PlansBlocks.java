package ml.keneya.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import ml.keneya.export.CandidateRecords.Candidates;
import ml.keneya.export.ExportMembers.Member;
import ml.keneya.store.RecordsAtMoment;
import org.springframework.stereotype.Component;

/**
 * Finds out whose block each record of an export stands in (Bulk Data Access 3.0, {@code organizeOutputBy=Patient}).
 * The version is noted with it, so that a file needs no second look at the change log.
 */
@Component
class PlansBlocks {

    /** Blocks looked at with one statement. */
    private static final int STEP = 1_000;

    private final CandidateRecords candidates;
    private final RecordsAtMoment records;
    private final PatientCompartment compartment;
    private final PeopleOfExport people;
    private final ExportMembers members;

    // Five collaborators: who may be meant, what there is, whose it is, who is meant, and where that is noted.
    PlansBlocks(
            CandidateRecords candidates,
            RecordsAtMoment records,
            PatientCompartment compartment,
            PeopleOfExport people,
            ExportMembers members) {
        this.candidates = candidates;
        this.records = records;
        this.compartment = compartment;
        this.people = people;
        this.members = members;
    }

    /**
     * Notes the records of one type. Doing it again, or on two server copies, notes the same.
     *
     * @param found among which they are
     * @param afterEach is run now and then, so that others see that somebody is at it
     * @return records that belong to nobody and are therefore in no block
     */
    long plan(ExportJob job, String type, Candidates found, Runnable afterEach) {
        Set<String> wanted = people.of(job);
        int place = placeOf(job, type);
        List<Member> noted = new ArrayList<>();
        long[] leftOut = new long[1];
        candidates.read(
                job,
                type,
                found.living(),
                version -> {
                    Set<String> owners = compartment.owners(type, version.id(), version.json());
                    if (owners.isEmpty()) {
                        leftOut[0]++;
                    }
                    owners.stream()
                            .filter(owner -> wanted == null || wanted.contains(owner))
                            .forEach(owner -> noted.add(new Member(owner, place, version.key(), version.version())));
                    return true;
                },
                () -> {
                    members.note(job.id(), noted);
                    noted.clear();
                    afterEach.run();
                });
        return leftOut[0];
    }

    /**
     * Puts the patients at the head of their blocks who have not changed while their records have, and cuts the blocks
     * into files.
     */
    void finish(ExportJob job, boolean patientsAreFiltered, Runnable afterEach) {
        if (job.since() != null && job.request().types().contains(PatientCompartment.NAME) && !patientsAreFiltered) {
            addPatients(job, afterEach);
        }
        members.cut(job.id());
    }

    private void addPatients(ExportJob job, Runnable afterEach) {
        UUID id = job.id();
        List<String> headless = members.withoutHead(id, "", STEP);
        while (!headless.isEmpty()) {
            List<Member> heads = new ArrayList<>();
            long[] keys = records.keys(PatientCompartment.NAME, headless).stream()
                    .mapToLong(Long::longValue)
                    .toArray();
            records.readKeys(PatientCompartment.NAME, job.at(), keys, version -> {
                heads.add(new Member(version.id(), 0, version.key(), version.version()));
                return true;
            });
            members.note(id, heads);
            afterEach.run();
            headless = members.withoutHead(id, headless.get(headless.size() - 1), STEP);
        }
    }

    private static int placeOf(ExportJob job, String type) {
        return PatientCompartment.NAME.equals(type) ? 0 : job.request().types().indexOf(type) + 1;
    }
}
