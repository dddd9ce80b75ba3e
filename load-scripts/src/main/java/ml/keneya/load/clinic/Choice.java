package ml.keneya.load.clinic;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import ml.keneya.load.generate.mali.Slug;
import ml.keneya.load.sheets.Faults;
import ml.keneya.load.sheets.SheetLine;

/** A column in which one of a few words stands, whatever its accents and capitals. */
final class Choice {
    private static final Map<String, String> SEX = words(
            "m=male",
            "masculin=male",
            "homme=male",
            "male=male",
            "f=female",
            "feminin=female",
            "femme=female",
            "female=female",
            "inconnu=unknown",
            "unknown=unknown");
    private static final Map<String, String> MODE = words(
            "sur-place=AMB",
            "amb=AMB",
            "strategie-avancee=FLD",
            "avancee=FLD",
            "fld=FLD",
            "a-distance=VR",
            "vr=VR",
            "a-domicile=HH",
            "domicile=HH",
            "hh=HH",
            "urgence=EMER",
            "emer=EMER",
            "hospitalisation=IMP",
            "imp=IMP");
    private static final Map<String, String> TYPE = words(
            "consultation=curative",
            "curative=curative",
            "vaccination=immunization-session",
            "cpn=antenatal",
            "accouchement=delivery",
            "cpon=postnatal",
            "planification-familiale=family-planning",
            "nutrition=nutrition",
            "sante-mentale=mental-health",
            "teleconsultation=teleconsultation",
            "tele-expertise=tele-expertise",
            "visite-a-domicile=home-visit",
            "suivi-social=social-follow-up");
    private static final Map<String, String> CLASSIFICATION = words(
            "suspect=suspected",
            "suspected=suspected",
            "probable=probable",
            "confirme=confirmed",
            "confirmed=confirmed",
            "ecarte=discarded",
            "discarded=discarded");
    private static final Map<String, String> SOURCE =
            words("site=site", "carnet=record", "mere=recall", "memoire=recall");

    private Choice() {}

    private static Map<String, String> words(String... pairs) {
        Map<String, String> words = new LinkedHashMap<>();
        Arrays.stream(pairs).map(pair -> pair.split("=")).forEach(pair -> words.put(pair[0], pair[1]));
        return words;
    }

    static Optional<String> sex(SheetLine line, Faults faults) {
        return of(SEX, line, "sexe", faults);
    }

    static Optional<String> mode(SheetLine line, Faults faults) {
        return of(MODE, line, "mode", faults);
    }

    /** The code of a kind of contact; another word stays a word. */
    static Optional<String> type(SheetLine line) {
        return Optional.ofNullable(TYPE.get(Slug.of(line.text("type"))));
    }

    static Optional<String> classification(SheetLine line, Faults faults) {
        return of(CLASSIFICATION, line, "classement", faults);
    }

    static Optional<String> source(SheetLine line, Faults faults) {
        return of(SOURCE, line, "origine", faults);
    }

    private static Optional<String> of(Map<String, String> words, SheetLine line, String column, Faults faults) {
        if (!line.has(column)) {
            return Optional.empty();
        }
        Optional<String> found = Optional.ofNullable(words.get(Slug.of(line.text(column))));
        if (found.isEmpty()) {
            faults.at(line, column, "choice", String.join(", ", words.keySet()));
        }
        return found;
    }
}
