package ml.keneya.views.definition;

import ml.keneya.conformance.MaliOnTheClassPath;
import ml.keneya.fhir.ServedTypes;
import ml.keneya.validation.ValidationOnTheClassPath;

/** The compiler of views without a server. */
public final class Compilers {

    private Compilers() {}

    public static CompilesViews onTheClassPath() {
        return of(ValidationOnTheClassPath.load().mali());
    }

    static CompilesViews of(MaliOnTheClassPath mali) {
        return new CompilesViews(
                new PathEngine(mali.context(), mali.support()),
                new ServedTypes(mali.context().getResourceTypes()));
    }
}
