package ml.keneya.store;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.SummaryEnum;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.method.ResponsePage.ResponsePageBuilder;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.HashMap;
import java.util.Map;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.ServedTypes;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Searches several types with one request, {@code GET [base]?_type=Patient,Observation&…} (R4, section 3.1.1.2.2),
 * which HAPI's storage does not offer. Types come one after the other in the order asked for, each from its oldest
 * record on, so that what is written meanwhile only adds to the end of a type.
 */
@Component
class SearchesSeveralTypes implements FhirContribution {

    private final FhirContext context;
    private final DaoRegistry records;
    private final MatchUrlService parameters;
    private final ServedTypes served;

    SearchesSeveralTypes(FhirContext context, DaoRegistry records, MatchUrlService parameters, ServedTypes served) {
        this.context = context;
        this.records = records;
        this.parameters = parameters;
        this.served = served;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerProvider(this);
    }

    @Search(allowUnknownParams = true)
    public Bundle search(ServletRequestDetails request) {
        SeveralTypesQuery query = SeveralTypesQuery.read(request.getParameters(), served);
        Bundle found = new Bundle().setType(BundleType.SEARCHSET);
        found.addLink().setRelation(Bundle.LINK_SELF).setUrl(query.self(request.getFhirServerBase()));
        if (query.counts()) {
            found.setTotal(query.types().stream()
                    .mapToInt(type -> count(type, query, request))
                    .sum());
        }
        if (!query.onlyCounts()) {
            fill(found, query, request);
        }
        forgetPageSize(request);
        return found;
    }

    /** Where a provider leaves the total open, HAPI takes the size of the page for it. */
    private static void forgetPageSize(ServletRequestDetails request) {
        Map<String, String[]> parameters = new HashMap<>(request.getParameters());
        parameters.remove(Constants.PARAM_COUNT);
        request.setParameters(parameters);
    }

    private void fill(Bundle found, SeveralTypesQuery query, ServletRequestDetails request) {
        int offset = query.offset();
        for (int index = query.firstType(); index < query.types().size(); index++) {
            int room = query.count() - found.getEntry().size();
            if (room == 0) {
                link(found, query, index, 0, request);
                return;
            }
            SearchParameterMap map = map(query.types().get(index), query);
            map.setOffset(offset);
            map.setSort(new SortSpec(Constants.PARAM_PID));
            IBundleProvider page = search(query.types().get(index), map, room, request);
            Seen seen = new Seen();
            page.getResources(0, room, seen).forEach(resource -> add(found, resource, request.getFhirServerBase()));
            if (seen.records > room) {
                link(found, query, index, offset + room, request);
                return;
            }
            offset = 0;
        }
    }

    private int count(String type, SeveralTypesQuery query, ServletRequestDetails request) {
        SearchParameterMap map = map(type, query);
        map.setSummaryMode(SummaryEnum.COUNT);
        map.setLoadSynchronous(true);
        Integer size = search(type, map, query.count(), request).size();
        return size == null ? 0 : size;
    }

    private SearchParameterMap map(String type, SeveralTypesQuery query) {
        return parameters.translateMatchUrl(query.within(type), context.getResourceDefinition(type));
    }

    /** HAPI takes the size of a page from the request whatever its caller asks for, so it gets a request of its own. */
    private IBundleProvider search(String type, SearchParameterMap map, int size, ServletRequestDetails request) {
        ServletRequestDetails part = new ServletRequestDetails(request);
        Map<String, String[]> asked = new HashMap<>();
        asked.put(Constants.PARAM_COUNT, new String[] {String.valueOf(size)});
        part.setParameters(asked);
        part.setResourceName(type);
        return records.getResourceDao(type).search(map, part);
    }

    private static void add(Bundle found, IBaseResource resource, String base) {
        String id = resource.getIdElement().toUnqualifiedVersionless().getValue();
        found.addEntry()
                .setFullUrl(base + "/" + id)
                .setResource((Resource) resource)
                .getSearch()
                .setMode(SearchEntryMode.MATCH);
    }

    private static void link(
            Bundle found, SeveralTypesQuery query, int type, int offset, ServletRequestDetails request) {
        found.addLink().setRelation(Bundle.LINK_NEXT).setUrl(query.next(request.getFhirServerBase(), type, offset));
    }

    /** How many records the database had for the page, those that the caller may not see included. */
    private static final class Seen extends ResponsePageBuilder {

        private int records;

        @Override
        public ResponsePageBuilder setTotalRequestedResourcesFetched(int count) {
            records = count;
            return super.setTotalRequestedResourcesFetched(count);
        }
    }
}
