package ml.keneya.load.agency;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** In which form a pull is written: a table for people, unless a script asks for something else. */
final class OutputOptions {
    @ArgGroup
    private Form form = new Form();

    /** One or the other. */
    static final class Form {
        @Option(names = "--json", descriptionKey = "json")
        private boolean json;

        @Option(names = "--csv", descriptionKey = "csv")
        private boolean csv;
    }

    boolean json() {
        return form.json;
    }

    boolean csv() {
        return form.csv;
    }
}
