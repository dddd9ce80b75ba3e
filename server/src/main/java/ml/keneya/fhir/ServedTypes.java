package ml.keneya.fhir;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The resource types that this exchange serves; others answer 404 with this list. */
public record ServedTypes(List<String> names) {

    public ServedTypes(Collection<String> names) {
        this(List.copyOf(new TreeSet<>(names)));
    }

    public ServedTypes {
        names = List.copyOf(names);
    }

    public String inWords() {
        return String.join(", ", names);
    }
}
