package ml.keneya.fhir.guide;

import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the guide beside the FHIR interface. The servlet is made by the first reader, so the start does not wait. */
@Configuration(proxyBeanMethods = false)
class GuideConfiguration {

    @Bean
    ServletRegistrationBean<ServesGuide> guide() {
        ServletRegistrationBean<ServesGuide> registration = new ServletRegistrationBean<>(
                new ServesGuide(), ServesGuide.GUIDE, ServesGuide.GUIDE + "/*", ServesGuide.ARCHIVE);
        registration.setName("guide");
        return registration;
    }
}
