package ml.keneya.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import ml.keneya.export.ExportMembers.Member;
import ml.keneya.export.ExportPart.Blocks;
import ml.keneya.store.RecordsAtMoment;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes the lines of a file that is organised by patient: a header, the patient, what refers to the patient. What is
 * read with one statement is handed on only when it has ended.
 */
@Component
class StreamsBlocks {

    /** Lines whose keys are asked for at once; their texts are sorted by the database, so they must not be too many. */
    private static final int STEP = 500;

    private final ExportMembers members;
    private final RecordsAtMoment records;
    private final OpensFiles files;

    StreamsBlocks(ExportMembers members, RecordsAtMoment records, OpensFiles files) {
        this.members = members;
        this.records = records;
        this.files = files;
    }

    void write(ExportJob job, Blocks blocks, OutputStream stream) throws IOException {
        LinesOfFile lines = files.open(job);
        Member last = new Member(blocks.first(), -1, 0, 0);
        String begun = null;
        List<Member> step = members.after(job.id(), last, blocks.last(), STEP);
        while (!step.isEmpty()) {
            int taken = add(step, begun, lines);
            last = step.get(taken - 1);
            begun = last.block();
            lines.handOn(stream);
            step = members.after(job.id(), last, blocks.last(), STEP);
        }
    }

    /** @return how many lines were taken; the rest comes with the next step */
    private int add(List<Member> step, @Nullable String begun, LinesOfFile lines) {
        List<Member> taken = new ArrayList<>();
        records.readVersions(
                step.stream().mapToLong(Member::key).toArray(),
                step.stream().mapToLong(Member::version).toArray(),
                version -> {
                    Member member = step.get(taken.size());
                    String before = taken.isEmpty()
                            ? begun
                            : taken.get(taken.size() - 1).block();
                    if (!member.block().equals(before)) {
                        lines.addHeader(member.block());
                    }
                    taken.add(member);
                    return lines.add(version);
                });
        return taken.size();
    }
}
