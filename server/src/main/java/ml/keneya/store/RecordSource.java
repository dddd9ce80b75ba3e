package ml.keneya.store;

import ca.uhn.fhir.context.FhirContext;
import java.util.Date;
import ml.keneya.conformance.SensitiveCodes;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Reads a stored version back into the record that clients see, with the label of sensitivity that it lacks because it
 * is older than its code in the table (decision 0076): so tables that are built anew keep it from analysts.
 */
@Component
public class RecordSource {

    private final FhirContext context;
    private final SensitiveCodes codes;

    RecordSource(FhirContext context, SensitiveCodes codes) {
        this.context = context;
        this.codes = codes;
    }

    public Resource read(StoredVersion version) {
        if (version.json() == null) {
            throw new IllegalArgumentException("A deletion has no content.");
        }
        Resource resource = (Resource) context.newJsonParser().parseResource(version.json());
        String number = Long.toString(version.version());
        resource.setIdElement(new IdType(version.resourceType(), version.id(), number));
        Meta meta = resource.getMeta();
        meta.setVersionId(number);
        meta.setLastUpdated(Date.from(version.lastUpdated()));
        meta.getSecurity().addAll(0, codes.lackingOn(resource));
        return resource;
    }
}
