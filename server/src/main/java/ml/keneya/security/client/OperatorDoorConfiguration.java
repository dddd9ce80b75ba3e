package ml.keneya.security.client;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Puts the operator's door before everything that an operator may do. */
@Configuration(proxyBeanMethods = false)
class OperatorDoorConfiguration {

    @Bean
    FilterRegistrationBean<OperatorDoor> operatorDoor(OperatorKey operatorKey) {
        FilterRegistrationBean<OperatorDoor> registration = new FilterRegistrationBean<>(new OperatorDoor(operatorKey));
        registration.addUrlPatterns("/operator", "/operator/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1_000);
        return registration;
    }
}
