package ml.keneya.validation.compiled;

/** One thing that a definition asks of an element. */
@FunctionalInterface
interface Rule {

    Opinion of(Place place);
}
