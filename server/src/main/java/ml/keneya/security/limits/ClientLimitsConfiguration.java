package ml.keneya.security.limits;

import io.github.bucket4j.TimeMeter;
import ml.keneya.fhir.AnswersAhead;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Puts the limits of one client into the container, before the FHIR interface and before the endpoint for tokens. */
@Configuration(proxyBeanMethods = false)
class ClientLimitsConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> pacesBodies(SlowBodiesSettings settings) {
        return factory -> factory.addEngineValves(new PacesBodies(settings, System::nanoTime));
    }

    @Bean
    Allowances allowances() {
        // A clock that nobody sets.
        return new Allowances(TimeMeter.SYSTEM_NANOTIME);
    }

    /** Behind {@code LetsCallersIn}, which is at 1 000: until then nobody knows whose request it is. */
    @Bean
    FilterRegistrationBean<LimitsClients> limitsClients(
            Allowances allowances, AnswersAhead ahead, ClientLimitsSettings limits) {
        FilterRegistrationBean<LimitsClients> registration =
                new FilterRegistrationBean<>(new LimitsClients(allowances, ahead, limits));
        registration.addUrlPatterns("/fhir", "/fhir/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1_100);
        return registration;
    }

    /** Before the trace, which must not be filled by what is refused here, and before any form is read. */
    @Bean
    FilterRegistrationBean<LimitsLogins> limitsLogins(ClientLimitsSettings limits) {
        FilterRegistrationBean<LimitsLogins> registration =
                new FilterRegistrationBean<>(new LimitsLogins(new Allowances(TimeMeter.SYSTEM_NANOTIME), limits));
        registration.addUrlPatterns("/oauth2/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 7);
        return registration;
    }

    @Bean
    FilterRegistrationBean<LimitsGuessing> limitsGuessing(Allowances allowances, ClientLimitsSettings limits) {
        FilterRegistrationBean<LimitsGuessing> registration =
                new FilterRegistrationBean<>(new LimitsGuessing(allowances, limits));
        registration.addUrlPatterns("/oauth2/token");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 900);
        return registration;
    }
}
