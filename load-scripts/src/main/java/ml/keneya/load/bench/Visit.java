package ml.keneya.load.bench;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/**
 * What bundle number {@code index} tells: who came where and when. A pure function of the number, so that searches know
 * what was posted without reading it back.
 *
 * @param start in Mali's time, which is UTC
 */
record Visit(
        int index,
        boolean female,
        String family,
        String given,
        LocalDate born,
        LocalDateTime start,
        Facility facility,
        Diagnosis diagnosis,
        List<Vaccine> vaccines) {
    private static final long SEED = 20_261_125L;
    private static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 1);

    /** How many days the visits spread over, from {@link #FIRST_DAY}. */
    static final int DAYS = 600;

    private static final List<String> FAMILIES = List.of(
            "Traoré",
            "Coulibaly",
            "Keïta",
            "Diarra",
            "Sidibé",
            "Konaté",
            "Touré",
            "Cissé",
            "Dembélé",
            "Sissoko",
            "Sangaré",
            "Doumbia",
            "Maïga",
            "Ba",
            "Diallo",
            "Koné",
            "Camara",
            "Haïdara",
            "Kanté",
            "Samaké",
            "Fofana",
            "Dicko",
            "Dao",
            "Berthé",
            "Goïta",
            "Togola",
            "Ag Alhassane",
            "Ould Mohamed",
            "Guindo",
            "Tembely");
    private static final List<String> WOMEN = List.of(
            "Fatoumata",
            "Aminata",
            "Mariam",
            "Oumou",
            "Kadiatou",
            "Awa",
            "Assitan",
            "Djénéba",
            "Rokia",
            "Salimata",
            "Bintou",
            "Hawa",
            "Nana",
            "Tenin",
            "Safiatou",
            "Ramata");
    private static final List<String> MEN = List.of(
            "Mamadou",
            "Oumar",
            "Ibrahima",
            "Moussa",
            "Adama",
            "Seydou",
            "Boubacar",
            "Amadou",
            "Modibo",
            "Issa",
            "Drissa",
            "Bakary",
            "Cheick",
            "Souleymane",
            "Abdoulaye",
            "Yacouba");

    /** A vaccine of the national schedule with its CVX code. */
    record Vaccine(String code, String cvx, String name, int doses) {}

    /** A diagnosis with its ICD-10 code. */
    record Diagnosis(String code, String name) {}

    private static final List<Vaccine> VACCINES = List.of(
            new Vaccine("BCG", "19", "BCG", 1),
            new Vaccine("VPO", "178", "Polio oral", 4),
            new Vaccine("PENTA", "198", "Pentavalent", 3),
            new Vaccine("PCV", "133", "Pneumocoque conjugué", 3),
            new Vaccine("ROTA", "122", "Rotavirus", 3),
            new Vaccine("RR", "04", "Rougeole-rubéole", 2),
            new Vaccine("VAA", "37", "Fièvre jaune", 1),
            new Vaccine("VPI", "10", "Polio inactivé", 2));

    static final List<Diagnosis> DIAGNOSES = List.of(
            new Diagnosis("B54", "Paludisme"),
            new Diagnosis("J18.9", "Pneumonie"),
            new Diagnosis("A09", "Diarrhée"),
            new Diagnosis("E44.0", "Malnutrition aiguë modérée"),
            new Diagnosis("D64.9", "Anémie"),
            new Diagnosis("I10", "Hypertension"),
            new Diagnosis("J06.9", "Infection respiratoire"),
            new Diagnosis("N39.0", "Infection urinaire"),
            new Diagnosis("E11.9", "Diabète"),
            new Diagnosis("A01.0", "Fièvre typhoïde"));

    Visit {
        vaccines = List.copyOf(vaccines);
    }

    static Visit number(int index) {
        var draws = draws(index);
        boolean female = draws.happens(52);
        String family = draws.from(FAMILIES);
        String given = draws.from(female ? WOMEN : MEN);
        LocalDateTime start = day(draws.below(DAYS)).atTime(7, 0).plusMinutes(draws.below(10 * 60));
        // Nearly half are small children, as in a community health centre.
        int days = draws.below(365 * (draws.happens(45) ? 5 : 75));
        LocalDate born = start.toLocalDate().minusDays(days);
        return new Visit(
                index,
                female,
                family,
                given,
                isDayOfUnknownBirth(born) ? born.minusDays(3) : born,
                start,
                Facility.number(draws.below(Facility.COUNT)),
                draws.from(DIAGNOSES),
                List.of(draws.from(VACCINES), draws.from(VACCINES)));
    }

    /** The same stream for everything else that a bundle of this number draws. */
    static Draws draws(int index) {
        return new Draws(SEED + index * 0x632BE59BD9B4E019L);
    }

    static LocalDate day(int number) {
        return FIRST_DAY.plusDays(number);
    }

    /** The guide warns of these days, and a warning costs the server time that no clinic's bundle costs. */
    private static boolean isDayOfUnknownBirth(LocalDate day) {
        return day.getDayOfYear() == 1 || (day.getMonthValue() == 12 && day.getDayOfMonth() == 31);
    }

    /** The number of the person in the site's register, and of the visit in its own. */
    String number() {
        return String.format("%010d", index);
    }

    String patientSystem() {
        return "https://keneya.ml/id/site/" + facility.code() + "/record";
    }

    String visitSystem() {
        return "https://keneya.ml/id/site/" + facility.code() + "/visit";
    }
}
