package ml.keneya.security;

import java.util.List;
import java.util.TimeZone;
import ml.keneya.KeneyaApplication;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;

/**
 * The exchange without authorization and without a trace, to measure what they cost: {@code tests/cost-of-access/run}.
 * It stands among the tests because no server may have a switch for this. Of tokens and roles nothing is left when it
 * is started with {@code --keneya.security.without-token=local}.
 */
final class UnguardedServer {

    /** Rules on the HTTP face, the trace's filter and its notes; limits on bodies and addresses stay. */
    private static final List<String> TAKEN_OUT =
            List.of("accessContribution", "answersOnceTraced", "traceContribution", "notesRecords");

    private UnguardedServer() {}

    public static void main(String[] arguments) {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        new SpringApplication(KeneyaApplication.class, Unguarded.class).run(arguments);
    }

    /** Not a configuration by annotation, so that only who names it gets it. */
    static class Unguarded {

        @Bean
        static BeanDefinitionRegistryPostProcessor withoutRulesAndTrace() {
            return UnguardedServer::takeOut;
        }
    }

    /** Fails when one of them has another name by now, rather than measure it as if it were out. */
    private static void takeOut(BeanDefinitionRegistry registry) {
        TAKEN_OUT.forEach(registry::removeBeanDefinition);
    }
}
