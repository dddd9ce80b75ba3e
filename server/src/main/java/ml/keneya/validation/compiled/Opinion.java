package ml.keneya.validation.compiled;

/** What the compiled validator thinks that the official one would say. */
public enum Opinion {
    /** Nothing that its sender would be told. */
    ACCEPT,
    /** An error or a warning; which one, and in which words, is for the official validator to say. */
    REFUSE,
    /** Something that was not compiled is in the way. */
    UNSURE;

    static Opinion acceptIf(boolean holds) {
        return holds ? ACCEPT : REFUSE;
    }

    static Opinion sureIf(boolean known) {
        return known ? ACCEPT : UNSURE;
    }

    boolean accepts() {
        return this == ACCEPT;
    }
}
