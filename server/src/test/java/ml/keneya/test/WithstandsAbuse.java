package ml.keneya.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests whose name begins with the number of an abuse case are held to what the list of abuse cases demands of all of
 * them ({@link Demand}), whatever they ask and assert themselves. Comes with {@link KeneyaIntegrationTest}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(WatchesAbuseCases.class)
public @interface WithstandsAbuse {}
