package ml.keneya.validation.compiled;

import java.util.List;

/** Several rules of one element. */
final class Rules {

    private Rules() {}

    /** The first opinion that does not accept. */
    static Opinion all(List<Rule> rules, Place place) {
        for (int index = 0; index < rules.size(); index++) {
            Opinion opinion = rules.get(index).of(place);
            if (!opinion.accepts()) {
                return opinion;
            }
        }
        return Opinion.ACCEPT;
    }
}
