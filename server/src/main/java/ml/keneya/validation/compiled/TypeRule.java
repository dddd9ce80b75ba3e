package ml.keneya.validation.compiled;

import java.util.Map;
import java.util.function.Function;
import org.hl7.fhir.r4.model.PrimitiveType;

/**
 * An element is of one of these types, and as the definition of its type, or of a profile of it, asks.
 *
 * @param profiles address of the definition for each type that may stand
 * @param definitions what a definition asks
 */
record TypeRule(Map<String, String> profiles, Function<String, Rule> definitions) implements Rule {

    TypeRule {
        profiles = Map.copyOf(profiles);
    }

    @Override
    public Opinion of(Place place) {
        String profile = profiles.get(place.element().fhirType());
        if (profile == null) {
            return Opinion.UNSURE;
        }
        if (place.element() instanceof PrimitiveType<?> primitive) {
            Opinion written = PrimitiveRule.WELL_WRITTEN.of(place);
            return written.accepts() && primitive.hasExtension()
                    ? definitions.apply(profile).of(place)
                    : written;
        }
        return definitions.apply(profile).of(place);
    }
}
