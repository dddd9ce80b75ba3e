package ml.keneya.fhir;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which search parameter HAPI did not want, out of the several sentences it has for that. */
final class UnsupportedParameters {

    /**
     * Group 1 is the parameter, group 2 (when there is one) the list of those that exist. Sentences of HAPI's catalogue
     * come in the language of the request, those in its code in English.
     */
    private static final List<Pattern> SENTENCES = List.of(
            Pattern.compile("paramètre de recherche « (.{1,64}?) » n'.*? : \\[([^\\]]*)]", Pattern.DOTALL),
            Pattern.compile("tri \\(_sort\\) par « (.{1,64}?) » n'existe pas.*? : \\[([^\\]]*)]", Pattern.DOTALL),
            Pattern.compile("Suite de paramètres incorrecte : (\\S{1,64})()"),
            Pattern.compile("[Uu]nknown search parameter \"([^\"]{1,64})\".*?are: \\[([^\\]]*)]", Pattern.DOTALL),
            Pattern.compile("Unknown _sort parameter value \"([^\"]{1,64})\".*?are: \\[([^\\]]*)]", Pattern.DOTALL),
            Pattern.compile("Search parameter \"([^\"]{1,64})\".*not active.*?are: \\[([^\\]]*)]", Pattern.DOTALL),
            Pattern.compile("can not process parameter: (\\S{1,64})()"),
            Pattern.compile("Invalid parameter chain: (\\S{1,64})()"),
            Pattern.compile("Unknown parameter name: (\\S{1,64})()"),
            Pattern.compile("have a parameter with name: (\\S{1,64})()"),
            Pattern.compile("(_filter) parameter is disabled()"));

    private UnsupportedParameters() {}

    static Optional<Refusal> read(String message) {
        return SENTENCES.stream()
                .map(sentence -> sentence.matcher(message))
                .filter(Matcher::find)
                .map(found ->
                        Refusal.of(RefusalCode.UNKNOWN_SEARCH_PARAMETER, found.group(1), possible(found.group(2))))
                .findFirst();
    }

    private static Localized possible(String parameters) {
        return language -> parameters.isEmpty() ? "" : Outcomes.message("parameters.possible", language, parameters);
    }
}
