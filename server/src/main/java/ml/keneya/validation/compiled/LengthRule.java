package ml.keneya.validation.compiled;

/** How many characters a value may have. */
record LengthRule(int most) implements Rule {

    @Override
    public Opinion of(Place place) {
        String text = place.element().primitiveValue();
        return Opinion.acceptIf(text == null || text.length() <= most);
    }
}
