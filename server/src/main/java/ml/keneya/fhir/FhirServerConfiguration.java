package ml.keneya.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.ETagSupportEnum;
import ca.uhn.fhir.rest.server.HardcodedServerAddressStrategy;
import ca.uhn.fhir.rest.server.IncomingRequestAddressStrategy;
import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Builds the one RestfulServer and puts it under {@code /fhir}. */
@Configuration(proxyBeanMethods = false)
class FhirServerConfiguration {

    static final String PATH = "/fhir";

    @Bean
    FhirServer fhirServer(
            FhirContext context,
            FhirSettings settings,
            RefusalsOfHapi refusalsOfHapi,
            Environment environment,
            List<FhirContribution> contributions) {
        RestfulServer server = new UnsignedServer(context);
        server.setServerName("Kènèya");
        server.setServerVersion(environment.getProperty("spring.application.version", ""));
        server.setDefaultResponseEncoding(EncodingEnum.JSON);
        server.setETagSupport(ETagSupportEnum.ENABLED);
        server.setServerAddressStrategy(
                settings.baseUrl() == null
                        ? new IncomingRequestAddressStrategy()
                        : new HardcodedServerAddressStrategy(settings.baseUrl().toString()));
        server.registerInterceptor(new TranslatesErrors(refusalsOfHapi));
        server.registerInterceptor(new RecognisesCaller());
        server.registerInterceptor(new AcceptsOnlyFhirFormats());
        server.registerInterceptor(new RefusesUnreadableText());
        contributions.forEach(contribution -> contribution.contributeTo(server));
        return new FhirServer(server);
    }

    @Bean
    ServletRegistrationBean<FhirServlet> fhirServlet(ObjectProvider<FhirServer> server) {
        ServletRegistrationBean<FhirServlet> registration =
                new ServletRegistrationBean<>(new FhirServlet(server), PATH + "/*");
        registration.setName("fhir");
        registration.setLoadOnStartup(1);
        return registration;
    }

    /** Behind the headers that protect a browser, before everything that believes an address. */
    @Bean
    FilterRegistrationBean<RefusesForeignNames> refusesForeignNames(BaseAddress base, AnswersAhead ahead) {
        FilterRegistrationBean<RefusesForeignNames> registration =
                new FilterRegistrationBean<>(new RefusesForeignNames(base, ahead));
        registration.addUrlPatterns(PATH, PATH + "/*", "/oauth2/*", "/.well-known/*", "/operator/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return registration;
    }

    @Bean
    FilterRegistrationBean<GuardsRequests> guardsRequests(FhirSettings settings, AnswersAhead ahead) {
        FilterRegistrationBean<GuardsRequests> registration =
                new FilterRegistrationBean<>(new GuardsRequests(settings, ahead));
        registration.addUrlPatterns(PATH, PATH + "/*");
        return registration;
    }

    @Bean
    FilterRegistrationBean<BreaksOffAnswers> breaksOffAnswers() {
        FilterRegistrationBean<BreaksOffAnswers> registration = new FilterRegistrationBean<>(new BreaksOffAnswers());
        registration.addUrlPatterns(PATH + "/*");
        return registration;
    }

    @Bean
    FilterRegistrationBean<AnswersSlowBodies> answersSlowBodies(AnswersAhead ahead) {
        FilterRegistrationBean<AnswersSlowBodies> registration =
                new FilterRegistrationBean<>(new AnswersSlowBodies(ahead));
        registration.addUrlPatterns("/error");
        registration.setDispatcherTypes(DispatcherType.ERROR);
        return registration;
    }
}
