package ml.keneya.validation.plausibility;

import ml.keneya.conformance.ConformancePackages;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The rules of plausibility as they are delivered. */
@Configuration(proxyBeanMethods = false)
class PlausibilityConfiguration {

    @Bean
    Plausibility plausibility(ConformancePackages packages, PeopleOnRecord record) {
        return Plausibility.asDelivered(packages, record);
    }
}
