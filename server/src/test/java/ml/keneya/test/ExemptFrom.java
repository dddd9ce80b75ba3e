package ml.keneya.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An abuse case that provokes, or needs, what others must not: one demand is not made of its answers. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(ExemptFrom.All.class)
public @interface ExemptFrom {

    Demand value();

    /** Why, for whoever reads the test. */
    String because();

    /** Several of them. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface All {

        ExemptFrom[] value();
    }
}
