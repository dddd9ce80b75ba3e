package ml.keneya.views.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.OidType;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.TimeType;
import org.hl7.fhir.r4.model.UnsignedIntType;
import org.hl7.fhir.r4.model.UriType;
import org.hl7.fhir.r4.model.UrlType;
import org.hl7.fhir.r4.model.UuidType;

/** The types that a constant of a ViewDefinition may have, and how each is read. */
final class Constants {

    private static final Map<String, Function<String, Base>> TYPES = Map.ofEntries(
            Map.entry("valueBase64Binary", Base64BinaryType::new),
            Map.entry("valueBoolean", BooleanType::new),
            Map.entry("valueCanonical", CanonicalType::new),
            Map.entry("valueCode", CodeType::new),
            Map.entry("valueDate", DateType::new),
            Map.entry("valueDateTime", DateTimeType::new),
            Map.entry("valueDecimal", DecimalType::new),
            Map.entry("valueId", IdType::new),
            Map.entry("valueInstant", InstantType::new),
            Map.entry("valueInteger", IntegerType::new),
            Map.entry("valueOid", OidType::new),
            Map.entry("valueString", StringType::new),
            Map.entry("valuePositiveInt", PositiveIntType::new),
            Map.entry("valueTime", TimeType::new),
            Map.entry("valueUnsignedInt", UnsignedIntType::new),
            Map.entry("valueUri", UriType::new),
            Map.entry("valueUrl", UrlType::new),
            Map.entry("valueUuid", UuidType::new));

    private Constants() {}

    static Base value(JsonNode constant, String place) {
        for (Iterator<String> names = constant.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (name.startsWith("value")) {
                Function<String, Base> type = TYPES.get(name);
                JsonNode value = constant.path(name);
                if (type == null || !value.isValueNode()) {
                    throw DefinitionReader.wrong(place + "." + name, value);
                }
                try {
                    return type.apply(value.asText());
                } catch (IllegalArgumentException unreadable) {
                    throw DefinitionReader.wrong(place + "." + name, value);
                }
            }
        }
        throw DefinitionReader.missing(place + ".value");
    }
}
