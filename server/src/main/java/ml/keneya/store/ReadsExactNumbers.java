package ml.keneya.store;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.dao.JpaStorageResourceParser;
import ca.uhn.fhir.jpa.model.entity.BaseTag;
import ca.uhn.fhir.jpa.model.entity.IBaseResourceEntity;
import ca.uhn.fhir.jpa.model.entity.ResourceHistoryTable;
import ca.uhn.fhir.jpa.model.entity.ResourceTable;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.DecimalType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Gives numbers in scientific notation back with the precision they were stored with. HAPI reads stored text by a
 * parser of its own, which writes them out in full; there are next to none, so nothing is read twice otherwise.
 */
@Component("readsExactNumbers")
class ReadsExactNumbers extends JpaStorageResourceParser {

    private static final Pattern SCIENTIFIC = Pattern.compile("\":-?[0-9.]+[eE]\\+?[0-9]");

    private final FhirContext context;

    ReadsExactNumbers(FhirContext context) {
        this.context = context;
    }

    @Override
    public <R extends IBaseResource> R toResource(
            @Nullable RequestDetails request,
            Class<R> type,
            IBaseResourceEntity<?> entity,
            @Nullable Collection<BaseTag> tags,
            boolean forHistory) {
        R resource = super.toResource(request, type, entity, tags, forHistory);
        String text = textOf(entity);
        if (resource != null && text != null && SCIENTIFIC.matcher(text).find()) {
            List<DecimalType> read = decimalsOf(resource);
            List<DecimalType> written = decimalsOf(context.newJsonParser().parseResource(text));
            for (int index = 0; index < read.size() && read.size() == written.size(); index++) {
                read.get(index).setValueAsString(written.get(index).getValueAsString());
            }
        }
        return resource;
    }

    private List<DecimalType> decimalsOf(IBaseResource resource) {
        return context.newTerser().getAllPopulatedChildElementsOfType(resource, DecimalType.class);
    }

    private static @Nullable String textOf(IBaseResourceEntity<?> entity) {
        if (entity instanceof ResourceHistoryTable version) {
            return version.getResourceTextVc();
        }
        ResourceHistoryTable current = entity instanceof ResourceTable table ? table.getCurrentVersionEntity() : null;
        return current == null ? null : current.getResourceTextVc();
    }
}
