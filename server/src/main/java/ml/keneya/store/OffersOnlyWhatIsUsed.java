package ml.keneya.store;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.method.BaseMethodBinding;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps HAPI's extras off the HTTP face. Its providers bring along merging, expunging, tag editing and more for every
 * resource type; each is a door that nobody watches. What we write ourselves is offered as it stands.
 */
@Interceptor
class OffersOnlyWhatIsUsed {

    /** What HAPI does with the records of every type in use; none of its operations ({@code $...}) is among it. */
    static final Set<RestOperationTypeEnum> OFFERED = EnumSet.of(
            RestOperationTypeEnum.READ,
            RestOperationTypeEnum.VREAD,
            RestOperationTypeEnum.SEARCH_TYPE,
            RestOperationTypeEnum.HISTORY_INSTANCE,
            RestOperationTypeEnum.HISTORY_TYPE,
            RestOperationTypeEnum.GET_PAGE);

    @Hook(Pointcut.SERVER_PROVIDER_METHOD_BOUND)
    @Nullable
    BaseMethodBinding offer(BaseMethodBinding binding) {
        return !isHapis(binding) || OFFERED.contains(binding.getRestOperationType()) ? binding : null;
    }

    private static boolean isHapis(BaseMethodBinding binding) {
        return binding.getMethod().getDeclaringClass().getPackageName().startsWith("ca.uhn.");
    }
}
