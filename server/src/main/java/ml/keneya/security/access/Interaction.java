package ml.keneya.security.access;

/** What a request asks for, with FHIR's code for it and the letter that a scope must hold. */
enum Interaction {
    READ("read", 'r'),
    VREAD("vread", 'r'),
    HISTORY_INSTANCE("history-instance", 'r'),
    HISTORY_TYPE("history-type", '-'),
    HISTORY_SYSTEM("history-system", '-'),
    SEARCH_TYPE("search-type", 's'),
    SEARCH_SYSTEM("search-system", 's'),
    CREATE("create", 'c'),
    UPDATE("update", 'u'),
    PATCH("patch", 'u'),
    DELETE("delete", 'd'),
    /** A bundle posted to the base, of type transaction or batch; its entries are decided one by one. */
    TRANSACTION("transaction", '-'),
    CAPABILITIES("capabilities", '-'),
    /** The page that describes the interface, and what it consists of. */
    API_PAGE("read", '-'),
    OPERATION("operation", '-'),
    /** A further page of a search. */
    PAGE("search-type", '-'),
    /** Nothing that FHIR knows. */
    OTHER("unknown", '-');

    private final String code;
    private final char letter;

    Interaction(String code, char letter) {
        this.code = code;
        this.letter = letter;
    }

    String code() {
        return code;
    }

    char letter() {
        return letter;
    }
}
