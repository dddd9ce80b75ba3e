package ml.keneya.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import ml.keneya.KeneyaApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * The whole server on a real PostgreSQL, started once for all integration tests. Every test invents its own facility
 * and its own people, and asserts only about them.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = KeneyaApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            // Tests of anything but access come from the machine itself.
            "keneya.security.without-token=local",
            "keneya.security.operator-key-file=target/test-operator-key",
            // Few, so that a test can reach it; no other test names so many people of others for one facility.
            "keneya.treatments.claims-per-day=20",
            "keneya.emergencies.per-day=4",
            // Few, so that a test can reach it in seconds.
            "keneya.search-limits.offset=2500",
            // All tests call from one address, and look for rows of refusals; TraceTest counts them.
            "keneya.trace.rows-of-a-stranger=100000",
            "keneya.trace.rows-of-strangers=100000",
            // Two types that no other test writes show what the policies for a migration do.
            "keneya.validation.per-type.Schedule=report",
            "keneya.validation.per-type.Slot=off"
        })
@ContextConfiguration(initializers = UsesTestDatabase.class)
@Import({Exchange.class, ReadinessWhileInstalling.class, CountsStatements.class})
@WithstandsAbuse
public @interface KeneyaIntegrationTest {}
