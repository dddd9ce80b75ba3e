package ml.keneya.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ml.keneya.store.Moment;
import ml.keneya.store.RecordsAtMoment;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Knows whose records an export holds. */
@Component
class PeopleOfExport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RecordsAtMoment records;
    private final RecordsOfAudience audiences;

    PeopleOfExport(RecordsAtMoment records, RecordsOfAudience audiences) {
        this.records = records;
        this.audiences = audiences;
    }

    /** Whether there was such a group of which the audience may learn; nobody hears which of both is not so. */
    boolean isKnown(String group, Moment at, Audience audience) {
        return membersOf(group, at).isPresent() && audiences.mayExport(audience, group);
    }

    /** Ids of people; null when it is everybody's. */
    @Nullable
    Set<String> of(ExportJob job) {
        ExportRequest request = job.request();
        Set<String> named = request.patients() == null ? null : new HashSet<>(request.patients());
        if (request.group() == null) {
            return named;
        }
        Set<String> members = membersOf(request.group(), job.at()).orElse(Set.of());
        if (named == null) {
            return members;
        }
        named.retainAll(members);
        return named;
    }

    /** Who was in the group at the moment; nothing when there was no such group. */
    Optional<Set<String>> membersOf(String group, Moment at) {
        List<byte[]> found = new ArrayList<>();
        long[] keys = records.keys("Group", List.of(group)).stream()
                .mapToLong(Long::longValue)
                .toArray();
        records.readKeys("Group", at, keys, version -> found.add(version.json()));
        return found.stream().findFirst().map(PeopleOfExport::membersIn);
    }

    private static Set<String> membersIn(byte[] group) {
        Set<String> members = new HashSet<>();
        try {
            for (JsonNode member : JSON.readTree(group).path("member")) {
                String[] reference =
                        member.path("entity").path("reference").asText().split("/");
                if (!member.path("inactive").asBoolean() && reference.length >= 2 && "Patient".equals(reference[0])) {
                    members.add(reference[1]);
                }
            }
            return members;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
