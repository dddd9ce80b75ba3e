package ml.keneya.fhir;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which entries of a batch cannot be kept whole: each answers for itself, so the others are carried out. */
public final class UnreadableEntries {

    private static final String ATTRIBUTE = UnreadableEntries.class.getName();
    private static final Pattern IN_RESOURCE = Pattern.compile("Bundle\\.entry\\[(\\d{1,6})]\\.resource\\..*");

    private final Map<Integer, List<Refusal>> byEntry = new TreeMap<>();

    private UnreadableEntries() {}

    /** Refuses the entry with this index if the parser could not read it whole. */
    public static void refuse(int index, RequestDetails request) {
        if (request.getUserData().get(ATTRIBUTE) instanceof UnreadableEntries unreadable
                && unreadable.byEntry.containsKey(index)) {
            throw new RefusedException(unreadable.byEntry.get(index), List.of());
        }
    }

    /** @return false when a fault lies outside of the entries' records and so concerns the bundle as a whole */
    static boolean attach(List<ParsingFault> faults, RequestDetails request) {
        UnreadableEntries unreadable = new UnreadableEntries();
        for (ParsingFault fault : faults) {
            Matcher place = IN_RESOURCE.matcher(fault.expression());
            if (!place.matches()) {
                return false;
            }
            unreadable
                    .byEntry
                    .computeIfAbsent(Integer.valueOf(place.group(1)), index -> new ArrayList<>())
                    .add(fault.asRefusal());
        }
        request.getUserData().put(ATTRIBUTE, unreadable);
        return true;
    }
}
