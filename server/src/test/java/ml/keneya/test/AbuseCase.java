package ml.keneya.test;

import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Knows by the name of a test, or of what it stands in, that it is an abuse case. */
final class AbuseCase {

    private static final Pattern NUMBER = Pattern.compile("[ITZSOR][0-9]+\\b");

    private AbuseCase() {}

    /** An invocation with other arguments is called otherwise, so what it stands in counts too. */
    static boolean isNamedBy(ExtensionContext test) {
        return Stream.iterate(Optional.of(test), Optional::isPresent, each -> each.flatMap(ExtensionContext::getParent))
                .map(Optional::orElseThrow)
                .anyMatch(each -> begins(each.getDisplayName())
                        || each.getElement().filter(AbuseCase::isNamedIn).isPresent());
    }

    static boolean isNamedIn(AnnotatedElement element) {
        DisplayName name = element.getAnnotation(DisplayName.class);
        return name != null && begins(name.value());
    }

    private static boolean begins(String name) {
        return NUMBER.matcher(name).lookingAt();
    }

    /** What is not demanded of this one. */
    static Set<Demand> exemptions(AnnotatedElement test) {
        Set<Demand> exempt = EnumSet.noneOf(Demand.class);
        Arrays.stream(test.getAnnotationsByType(ExemptFrom.class))
                .map(ExemptFrom::value)
                .forEach(exempt::add);
        return exempt;
    }
}
