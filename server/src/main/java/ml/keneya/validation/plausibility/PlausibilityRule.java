package ml.keneya.validation.plausibility;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Resource;

/** One way in which a record may be well formed and hardly true. */
interface PlausibilityRule {

    /** Its name in {@code rules.csv} and in the messages. */
    String name();

    /** The resource types that it looks at. */
    Set<String> types();

    /**
     * @param subject whom the record is about; asked only where the rest gives reason to, because the answer may cost a
     *     query
     * @return for each doubt its place, the value found and what its sentence names
     */
    List<Improbable> look(Resource resource, Supplier<Optional<Person>> subject);

    /**
     * What a rule doubts, before its severity is looked up.
     *
     * @param place as in {@link Doubt#place}
     * @param facts as in {@link Doubt#facts}
     */
    record Improbable(String place, String found, List<Object> facts) {}
}
