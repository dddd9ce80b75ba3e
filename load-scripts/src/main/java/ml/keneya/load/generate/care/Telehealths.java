package ml.keneya.load.generate.care;

import java.util.List;
import java.util.Map;
import ml.keneya.load.generate.care.Diary.Draft;
import ml.keneya.load.generate.care.Visit.Entry;
import ml.keneya.load.generate.care.Visit.Telehealth;
import ml.keneya.load.generate.chance.Chance;
import ml.keneya.load.generate.mali.Cause;
import ml.keneya.load.generate.mali.Facility;
import ml.keneya.load.generate.mali.Facts;
import ml.keneya.load.generate.mali.HealthMap;

/** A CSCom asks the hub of its region for an opinion, and mostly gets one. */
final class Telehealths {
    private static final List<String> MODALITIES =
            List.of("store-and-forward", "store-and-forward", "synchronous-video", "audio", "messaging");
    private static final Map<String, String> SPECIALITIES = Map.of(
            "skin", "dermatology",
            "hypertension", "cardiology",
            "injury", "traumatology",
            "urogenital", "obstetrics-gynaecology",
            "malnutrition", "nutrition",
            "measles", "infectious-diseases",
            "meningitis", "infectious-diseases",
            "typhoid", "infectious-diseases");
    private static final Map<String, String> TEXTS = Map.of(
            "dermatology", "Dermatologie",
            "cardiology", "Cardiologie",
            "traumatology", "Traumatologie-orthopédie",
            "obstetrics-gynaecology", "Gynécologie-obstétrique",
            "nutrition", "Nutrition",
            "infectious-diseases", "Maladies infectieuses",
            "general-medicine", "Médecine générale");

    private final HealthMap health;
    private final double asked;
    private final double answered;

    Telehealths(HealthMap health, Facts facts) {
        this.health = health;
        this.asked = facts.share("telehealth.requests");
        this.answered = facts.share("telehealth.answered");
    }

    /** An answered request becomes an encounter at the hub; one without answer stays in the record of the visit. */
    void perhapsAsk(Diary diary, Draft draft, Cause cause, int day, Chance chance) {
        if (!chance.happens(asked)) {
            return;
        }
        Facility hub = health.hub(diary.household().commune());
        String speciality = SPECIALITIES.getOrDefault(cause.name(), "general-medicine");
        String words = TEXTS.getOrDefault(speciality, "Médecine générale");
        String question = "Avis demandé : " + words + ". " + cause.text() + ".";
        int answerDay = day + chance.below(3);
        if (!chance.happens(answered) || !diary.tells(answerDay)) {
            draft.entries.add(new Entry.Request(question, null, hub));
            return;
        }
        var answer = new Draft("Téléexpertise", draft.reason);
        answer.kind = "VR";
        answer.minutes = chance.between(10, 40);
        answer.telehealth = new Telehealth(hub, chance.oneOf(MODALITIES), speciality, words);
        answer.entries.add(new Entry.Request(
                question, "Réponse : poursuivre la prise en charge sur place, revoir dans sept jours.", hub));
        diary.write(answerDay, chance, answer);
    }
}
