package ml.keneya.export;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ExportConfiguration {

    @Bean
    FilterRegistrationBean<BreaksOffFiles> breaksOffFiles() {
        FilterRegistrationBean<BreaksOffFiles> registration = new FilterRegistrationBean<>(new BreaksOffFiles());
        registration.addUrlPatterns("/fhir/*");
        return registration;
    }
}
