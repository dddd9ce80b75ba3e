package ml.keneya.store;

import ca.uhn.fhir.interceptor.api.IInterceptorBroadcaster;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.dao.BaseHapiFhirResourceDao;
import ca.uhn.fhir.jpa.dao.IJpaStorageResourceParser;
import ca.uhn.fhir.jpa.model.entity.ResourceHistoryTable;
import ca.uhn.fhir.jpa.provider.BaseJpaResourceProvider;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Optional;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.aopalliance.intercept.MethodInterceptor;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Reads the current version of a record with one question where HAPI asks two or three in a transaction. For a site it
 * is the question whose the record is, or whether it treats her, which had to be asked anyway, so what was judged is
 * what is shown (not so of the entries of a bundle, which remember nothing: what is read of them is judged by the
 * hooks). Everything after it is HAPI's: how content is parsed, and the hooks that look at what comes out of the
 * storage. So is every other way to a record: other versions, deleted records, reads within a transaction.
 */
@Component
class ReadsWithOneQuestion {

    private final CurrentRecords records;
    private final IJpaStorageResourceParser parser;
    private final IInterceptorBroadcaster hooks;

    ReadsWithOneQuestion(CurrentRecords records, IJpaStorageResourceParser parser, IInterceptorBroadcaster hooks) {
        this.records = records;
        this.parser = parser;
        this.hooks = hooks;
    }

    /** From now on the provider's reads come here first. */
    <T extends IBaseResource> void standBefore(BaseJpaResourceProvider<T> provider) {
        IFhirResourceDao<T> theirs = provider.getDao();
        Class<T> type = theirs.getResourceType();
        String name = theirs.getContext().getResourceType(type);
        ProxyFactory ours = new ProxyFactory(theirs);
        ours.addAdvice((MethodInterceptor) call -> {
            @Nullable Object[] arguments = call.getArguments();
            Optional<T> read = call.getMethod().getName().equals("read")
                            && arguments.length == 2
                            && arguments[0] instanceof IIdType id
                            && arguments[1] instanceof RequestDetails request
                            && isAskedFor(id, request)
                    ? find(new RecordId(name, id.getIdPart()), request)
                            .flatMap(version -> show(version, type, id, request))
                    : Optional.empty();
            return read.isPresent() ? read.get() : call.proceed();
        });
        provider.setDao(castTo(ours.getProxy()));
    }

    /**
     * Not of what HAPI looks up on the way to another answer, nor of what a transaction has changed and not yet sent:
     * of that only HAPI knows.
     */
    private static boolean isAskedFor(IIdType id, RequestDetails request) {
        return request.getRestOperationType() == RestOperationTypeEnum.READ
                && !id.hasVersionIdPart()
                && !TransactionSynchronizationManager.isActualTransactionActive();
    }

    private Optional<ResourceHistoryTable> find(RecordId record, RequestDetails request) {
        return SeenByCaller.of(request)
                .take(record)
                .or(() -> records.find(record)
                        .orElseThrow(() -> new RefusedException(
                                Refusal.of(RefusalCode.NOT_FOUND, String.valueOf(request.getRequestPath()))))
                        .version());
    }

    /** Nothing where a hook takes it away: what is said then is HAPI's to say. */
    private <T extends IBaseResource> Optional<T> show(
            ResourceHistoryTable version, Class<T> type, IIdType id, RequestDetails request) {
        T record = parser.toResource(request, type, version, null, false);
        BaseHapiFhirResourceDao.invokeStoragePreAccessResources(hooks, request, id, record);
        return Optional.ofNullable(BaseHapiFhirResourceDao.invokeStoragePreShowResources(hooks, request, record));
    }

    @SuppressWarnings("unchecked") // The proxy has all interfaces of what it stands before.
    private static <T extends IBaseResource> IFhirResourceDao<T> castTo(Object proxy) {
        return (IFhirResourceDao<T>) proxy;
    }
}
