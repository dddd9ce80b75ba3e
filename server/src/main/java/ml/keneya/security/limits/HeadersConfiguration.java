package ml.keneya.security.limits;

import ml.keneya.security.Sandbox;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

@Configuration(proxyBeanMethods = false)
class HeadersConfiguration {

    /** Around everything, so that refusals carry them too. */
    @Bean
    FilterRegistrationBean<ProtectiveHeaders> protectiveHeaders(Sandbox sandbox) {
        FilterRegistrationBean<ProtectiveHeaders> registration =
                new FilterRegistrationBean<>(new ProtectiveHeaders(sandbox));
        registration.addUrlPatterns("/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
