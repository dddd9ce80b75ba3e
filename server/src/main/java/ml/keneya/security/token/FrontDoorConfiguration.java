package ml.keneya.security.token;

import java.util.List;
import ml.keneya.fhir.AnswersAhead;
import ml.keneya.security.WatchesDecisions;
import ml.keneya.security.issuer.OutsideTokens;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Puts what finds out who is calling before the FHIR interface. */
@Configuration(proxyBeanMethods = false)
class FrontDoorConfiguration {

    @Bean
    FilterRegistrationBean<LetsCallersIn> letsCallersIn(
            ReadsBearers bearers, AccessSettings settings, AnswersAhead ahead, List<WatchesDecisions> watchers) {
        FilterRegistrationBean<LetsCallersIn> registration =
                new FilterRegistrationBean<>(new LetsCallersIn(bearers, settings, ahead, watchers));
        registration.addUrlPatterns("/fhir", "/fhir/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1_000);
        return registration;
    }

    /** Before anybody reads the form; behind the trace, which notes nothing of what is not read. */
    @Bean
    FilterRegistrationBean<LimitsTokenBodies> limitsTokenBodies() {
        FilterRegistrationBean<LimitsTokenBodies> registration = new FilterRegistrationBean<>(new LimitsTokenBodies());
        registration.addUrlPatterns("/oauth2/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 800);
        return registration;
    }

    @Bean
    ServletRegistrationBean<DescribesTokens> describesTokens(Addresses addresses) {
        ServletRegistrationBean<DescribesTokens> registration = new ServletRegistrationBean<>(
                new DescribesTokens(addresses), DescribesTokens.SMART, DescribesTokens.OAUTH, DescribesTokens.OPENID);
        registration.setName("tokens");
        return registration;
    }

    /** Where there is only our own server, what stands beside says it all. */
    @Bean
    @ConditionalOnExpression("!'${keneya.issuer.uri:}'.isBlank()")
    ServletRegistrationBean<DescribesIssuers> describesIssuers(Addresses addresses, OutsideTokens outside) {
        ServletRegistrationBean<DescribesIssuers> registration = new ServletRegistrationBean<>(
                new DescribesIssuers(addresses, outside.issuer().orElseThrow()), DescribesIssuers.PATH);
        registration.setName("issuers");
        return registration;
    }

    @Bean
    ServletRegistrationBean<AnswersUserInfo> answersUserInfo(
            ChecksTokens tokens, Addresses addresses, PersonClaims claims) {
        ServletRegistrationBean<AnswersUserInfo> registration =
                new ServletRegistrationBean<>(new AnswersUserInfo(tokens, addresses, claims), AnswersUserInfo.PATH);
        registration.setName("userinfo");
        return registration;
    }
}
