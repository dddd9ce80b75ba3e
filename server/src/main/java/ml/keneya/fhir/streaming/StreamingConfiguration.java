package ml.keneya.fhir.streaming;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StreamingConfiguration {

    @Bean
    FilterRegistrationBean<BreaksOffAnswers> breaksOffAnswers() {
        FilterRegistrationBean<BreaksOffAnswers> registration = new FilterRegistrationBean<>(new BreaksOffAnswers());
        registration.addUrlPatterns("/fhir/*");
        return registration;
    }
}
