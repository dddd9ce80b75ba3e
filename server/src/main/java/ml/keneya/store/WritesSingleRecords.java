package ml.keneya.store;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.annotation.ConditionalUrlParam;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.Delete;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Patch;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.PatchTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import ml.keneya.validation.RecordValidation;
import org.hl7.fhir.instance.model.api.IBaseParameters;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Creates, replaces, patches and deletes records one at a time, in the same kind of transaction as those of a bundle:
 * it waits for writers of the same record or number instead of failing, and finds the people who are known already.
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

    @Patch
    public MethodOutcome patch(
            @IdParam IIdType id,
            @ConditionalUrlParam @Nullable String condition,
            @ResourceParam String patch,
            PatchTypeEnum form,
            @ResourceParam @Nullable IBaseParameters parameters,
            RequestDetails request) {
        return write(
                request,
                () -> alone(HTTPVerb.PATCH, address(id, condition)),
                writes -> records.patch(id, condition, form, patch, parameters, request));
    }

    /** A record that others refer to is refused at once; HAPI would try again eight times, as if that could change. */
    @Delete
    public MethodOutcome delete(
            @IdParam IIdType id,
            @ConditionalUrlParam(supportsMultiple = true) @Nullable String condition,
            RequestDetails request) {
        return write(
                request,
                () -> alone(HTTPVerb.DELETE, address(id, condition)),
                writes -> condition == null ? records.delete(id, request) : records.deleteByUrl(condition, request));
    }

    private MethodOutcome write(
            RequestDetails request, Supplier<Bundle> freshCopy, Function<Bundle, MethodOutcome> work) {
        return transactions
                .execute(request, List.of(), () -> Optional.of(freshCopy.get()), work)
                .orElseThrow();
    }

    private Bundle alone(HTTPVerb verb, Resource sent, @Nullable String condition) {
        Resource copy = sent.copy();
        if (RecordValidation.isChecked(sent)) {
            RecordValidation.markChecked(copy);
        }
        boolean creates = verb == HTTPVerb.POST;
        Bundle alone = alone(verb, creates ? type.getSimpleName() : address(sent.getIdElement(), condition));
        alone.getEntryFirstRep().setResource(copy);
        if (creates) {
            alone.getEntryFirstRep().getRequest().setIfNoneExist(condition);
        }
        return alone;
    }

    private static Bundle alone(HTTPVerb verb, String address) {
        BundleEntryComponent entry = new BundleEntryComponent();
        entry.getRequest().setMethod(verb).setUrl(address);
        return new Bundle().addEntry(entry);
    }

    private String address(IIdType id, @Nullable String condition) {
        return condition == null ? type.getSimpleName() + "/" + id.getIdPart() : condition;
    }
}
