package ml.keneya.fhir;

import ca.uhn.fhir.interceptor.api.IInterceptorService;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Hangs every storage rule on HAPI's storage before the first request arrives. */
@Component
class RegistersStorageRules implements SmartInitializingSingleton {

    private final IInterceptorService storage;
    private final List<StorageRule> rules;

    RegistersStorageRules(IInterceptorService storage, List<StorageRule> rules) {
        this.storage = storage;
        this.rules = List.copyOf(rules);
    }

    @Override
    public void afterSingletonsInstantiated() {
        rules.forEach(storage::registerInterceptor);
    }
}
