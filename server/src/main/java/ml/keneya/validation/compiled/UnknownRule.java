package ml.keneya.validation.compiled;

/**
 * Stands where a definition asks something that is not compiled, so that whoever gets here is unsure.
 *
 * @param what for the list of what is missing
 */
record UnknownRule(String what) implements Rule {

    @Override
    public Opinion of(Place place) {
        return Opinion.UNSURE;
    }
}
