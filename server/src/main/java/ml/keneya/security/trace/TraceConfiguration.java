package ml.keneya.security.trace;

import ca.uhn.fhir.context.FhirContext;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the trace: its connection, its writer, and the filter that holds answers back. */
@Configuration(proxyBeanMethods = false)
class TraceConfiguration {

    /** Around everything that may answer or refuse; only what the container itself does comes before. */
    static final int OUTERMOST = Ordered.HIGHEST_PRECEDENCE + 10;

    /**
     * A connection of its own: all others may be taken by answers that wait for the trace. Whoever asks for a plain
     * DataSource never gets this one.
     */
    @Bean(defaultCandidate = false)
    @Qualifier("trace")
    DataSource traceDataSource(JdbcConnectionDetails database, TraceSettings settings) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("trace");
        pool.setJdbcUrl(database.getJdbcUrl());
        pool.setUsername(database.getUsername());
        pool.setPassword(database.getPassword());
        // Rows of one statement have no transaction around them: they are durable because a statement is one.
        pool.setAutoCommit(true);
        pool.setMaximumPoolSize(1);
        pool.setMinimumIdle(0);
        pool.setInitializationFailTimeout(-1);
        // Below what an answer waits, so that it hears of a lost database and not only of its own impatience.
        pool.setConnectionTimeout(Math.max(1_000, settings.patience().toMillis() / 2));
        return pool;
    }

    @Bean
    Trace trace(@Qualifier("trace") DataSource source, TraceSettings settings) {
        return new Trace(
                new TraceChain(
                        new TraceRows(source),
                        new TransactionTemplate(new JdbcTransactionManager(source)),
                        TransactionOperations.withoutTransaction(),
                        Clock.systemUTC(),
                        settings.anchorEvery()),
                new RefusalsOfStrangers(Clock.systemUTC(), settings.rowsOfAStranger(), settings.rowsOfStrangers()),
                settings.patience());
    }

    /** Looks for the trace on use, because Spring builds filters before everything else. */
    @Bean
    FilterRegistrationBean<AnswersOnceTraced> answersOnceTraced(FhirContext context, ObjectProvider<Trace> trace) {
        FilterRegistrationBean<AnswersOnceTraced> registration =
                new FilterRegistrationBean<>(new AnswersOnceTraced(context, trace, Clock.systemUTC()));
        registration.addUrlPatterns("/fhir", "/fhir/*");
        registration.setOrder(OUTERMOST);
        return registration;
    }

    /** Before tokens and codes are given out, as the other stands before records. */
    @Bean
    FilterRegistrationBean<AdmitsOnceTraced> admitsOnceTraced(ObjectProvider<Trace> trace) {
        FilterRegistrationBean<AdmitsOnceTraced> registration =
                new FilterRegistrationBean<>(new AdmitsOnceTraced(trace, Clock.systemUTC()));
        registration.addUrlPatterns("/oauth2/*", "/operator", "/operator/*");
        registration.setOrder(OUTERMOST);
        return registration;
    }
}
