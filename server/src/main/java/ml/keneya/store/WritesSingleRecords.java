package ml.keneya.store;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.annotation.ConditionalUrlParam;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import ml.keneya.validation.RecordValidation;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Creates and replaces records that are sent alone, in the same kind of transaction as those of a bundle: it waits for
 * writers of the same record or number instead of failing, and finds the people who are known already.
 */
class WritesSingleRecords<T extends Resource> implements IResourceProvider {

    private final Class<T> type;
    private final IFhirResourceDao<T> records;
    private final WriteTransactions transactions;

    WritesSingleRecords(Class<T> type, IFhirResourceDao<T> records, WriteTransactions transactions) {
        this.type = type;
        this.records = records;
        this.transactions = transactions;
    }

    @Override
    public Class<? extends IBaseResource> getResourceType() {
        return type;
    }

    @Create
    public MethodOutcome create(
            @ResourceParam T sent, @ConditionalUrlParam @Nullable String condition, RequestDetails request) {
        SafeCondition.check(condition, "If-None-Exist");
        return write(request, () -> alone(HTTPVerb.POST, sent, condition), writes -> {
            BundleEntryComponent entry = writes.getEntryFirstRep();
            T record = type.cast(entry.getResource());
            return entry.getRequest().hasIfNoneExist()
                    ? records.create(record, entry.getRequest().getIfNoneExist(), request)
                    : records.create(record, request);
        });
    }

    @Update
    public MethodOutcome update(
            @ResourceParam T sent,
            @IdParam @Nullable IIdType id,
            @ConditionalUrlParam @Nullable String condition,
            RequestDetails request) {
        SafeCondition.check(condition, type.getSimpleName());
        return write(request, () -> alone(HTTPVerb.PUT, sent, condition), writes -> {
            BundleEntryComponent entry = writes.getEntryFirstRep();
            T record = type.cast(entry.getResource());
            return entry.getRequest().getUrl().contains("?")
                    ? records.update(record, entry.getRequest().getUrl(), request)
                    : records.update(record, request);
        });
    }

    private MethodOutcome write(
            RequestDetails request, Supplier<Bundle> freshCopy, Function<Bundle, MethodOutcome> work) {
        return transactions
                .execute(request, List.of(), () -> Optional.of(freshCopy.get()), work)
                .orElseThrow();
    }

    private static Bundle alone(HTTPVerb verb, Resource sent, @Nullable String condition) {
        Resource copy = sent.copy();
        if (RecordValidation.isChecked(sent)) {
            RecordValidation.markChecked(copy);
        }
        BundleEntryComponent entry = new BundleEntryComponent().setResource(copy);
        entry.getRequest().setMethod(verb).setUrl(sent.fhirType());
        if (verb == HTTPVerb.POST) {
            entry.getRequest().setIfNoneExist(condition);
        } else if (condition == null) {
            entry.getRequest()
                    .setUrl(sent.fhirType() + "/" + sent.getIdElement().getIdPart());
        } else {
            entry.getRequest().setUrl(condition);
        }
        return new Bundle().addEntry(entry);
    }
}
