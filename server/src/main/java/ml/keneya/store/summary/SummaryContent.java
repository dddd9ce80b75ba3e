package ml.keneya.store.summary;

import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/**
 * What somebody may be told about a person.
 *
 * @param id of the person
 * @param records the newest of each section first
 * @param restricted whether records of others are kept back because the person objects; said whether there are any or
 *     not
 */
record SummaryContent(String id, Patient person, Map<SummarySection, List<Resource>> records, boolean restricted) {}
