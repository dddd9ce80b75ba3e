package ml.keneya.load.generate.fhir;

import java.time.LocalDate;
import java.util.Map;
import ml.keneya.load.generate.mali.Commune;
import ml.keneya.load.generate.mali.Division;
import ml.keneya.load.generate.people.Household;
import ml.keneya.load.generate.people.Person;
import org.jspecify.annotations.Nullable;

/** Writes Patient by the profile {@code ml-patient}. */
final class PatientWriter {
    private static final Map<String, String> LANGUAGES = Map.ofEntries(
            Map.entry("bm", "bamanankan"),
            Map.entry("bmq", "bomu"),
            Map.entry("dts", "dogon toro so"),
            Map.entry("ff", "fulfulde"),
            Map.entry("ffm", "fulfulde du Maasina"),
            Map.entry("hmb", "soŋoy humburi senni"),
            Map.entry("kao", "xaasongaxanŋo"),
            Map.entry("khq", "soŋoy koyra chiini"),
            Map.entry("mey", "hasanya"),
            Map.entry("mwk", "maninkakan de Kita"),
            Map.entry("myk", "mamara"),
            Map.entry("ses", "soŋoy koyraboro senni"),
            Map.entry("shz", "syenara"),
            Map.entry("snk", "soninké"),
            Map.entry("spp", "supyire"),
            Map.entry("taq", "tamasheq"));
    private static final int MINOR = 15;

    private PatientWriter() {}

    /** @param died whether the death is known when it is written */
    static void write(Sink sink, Written written, boolean update, boolean died, int today) {
        Person person = written.person();
        Household household = written.household();
        FhirJson json = sink.begin(written.name(update));
        json.array("extension")
                .extensionConcept(
                        "residence-status",
                        "residence-status",
                        household.origin() == null ? "resident" : "internally-displaced",
                        "")
                .end();
        identifiers(json, written);
        json.flag("active", true);
        json.array("name")
                .object()
                .text("use", "official")
                .text("family", written.family())
                .array("given")
                .element(written.given())
                .end()
                .end()
                .end();
        if (written.withPhone()) {
            phone(json, household, person, today);
        }
        json.text("gender", person.female() ? "female" : "male");
        birthDate(json, person);
        if (died) {
            json.date("deceasedDateTime", person.death());
        }
        if (written.withAddress()) {
            addresses(json, household);
        }
        contact(json, household, person, today);
        json.array("communication").object();
        json.concept(
                "language", Systems.BCP_47, household.language(), LANGUAGES.getOrDefault(household.language(), ""));
        json.flag("preferred", true).end().end();
        json.reference(
                "managingOrganization", "Organization/" + household.home().code());
        sink.end();
    }

    private static void identifiers(FhirJson json, Written written) {
        Household household = written.household();
        Person.Papers papers = written.person().papers();
        json.array("identifier");
        json.object().text("use", "usual");
        json.concept("type", Systems.hl7("v2-0203"), "MR", "Numéro de dossier");
        json.text("system", Systems.records(household.home().code()))
                .text("value", written.number())
                .end();
        if (written.withPapers()) {
            identifier(json, Systems.NINA, papers.nina(), "CTDEC");
            certificate(json, papers.birthCertificate(), household);
            identifier(json, Systems.DISPLACED, papers.displaced(), "DNDS");
            Household.Cover cover = household.cover();
            if (cover.scheme().equals("AMO")) {
                identifier(json, Systems.AMO, cover.number(), "CANAM");
            } else if (cover.scheme().equals("RAMED")) {
                identifier(json, Systems.RAMED, cover.number(), "ANAM");
            }
        }
        json.end();
    }

    private static void identifier(FhirJson json, String system, @Nullable String value, String assigner) {
        if (value == null) {
            return;
        }
        json.object().text("use", "official").text("system", system).text("value", value);
        json.object("assigner").text("display", assigner).end();
        json.end();
    }

    private static void certificate(FhirJson json, @Nullable String value, Household household) {
        if (value == null) {
            return;
        }
        json.object()
                .text("use", "official")
                .text("system", Systems.BIRTH_CERTIFICATE)
                .text("value", value);
        json.object("period")
                .text("start", value.substring(value.indexOf('/') + 1))
                .end();
        String centre = "Centre d'état civil de " + household.commune().name();
        json.object("assigner").text("display", centre).end();
        json.end();
    }

    private static void phone(FhirJson json, Household household, Person person, int today) {
        String own = person.phone();
        String number = own == null ? household.phone() : own;
        if (number == null) {
            return;
        }
        json.array("telecom").object();
        phoneOf(json, number, own == null ? owner(household, person, today) : "self");
        json.end().end();
    }

    static void phoneOf(FhirJson json, String number, String owner) {
        json.array("extension")
                .extensionConcept("phone-owner", "phone-owner", owner, "")
                .end();
        json.text("system", "phone").text("value", number).text("use", "mobile");
    }

    // The shared telephone is the head's.
    private static String owner(Household household, Person person, int today) {
        if (person.position() == 0) {
            return "self";
        }
        if (person.ageInYears(today) < MINOR && person.mother() == 0) {
            return "mother";
        }
        return person.father() == 0 ? "father" : "household";
    }

    static void birthDate(FhirJson json, Person person) {
        LocalDate day = LocalDate.ofEpochDay(person.birth());
        String date = switch (person.precision()) {
            case DAY -> day.toString();
            case MONTH -> day.toString().substring(0, "2026-11".length());
            case YEAR, ESTIMATED -> Integer.toString(day.getYear());
        };
        json.text("birthDate", date);
        json.object("_birthDate").array("extension");
        json.extensionCode("birth-date-precision", person.precision().code());
        json.end().end();
    }

    private static void addresses(FhirJson json, Household household) {
        Commune commune = household.commune();
        boolean displaced = household.origin() != null;
        json.array("address").object();
        divisions(json, commune);
        json.text("use", displaced ? "temp" : "home");
        json.text("text", household.locality().name() + ", commune de " + commune.name());
        json.text("city", household.locality().name());
        words(json, commune);
        json.end();
        if (household.origin() != null) {
            json.object();
            divisions(json, household.origin());
            json.text("use", "old").text("city", household.origin().name());
            words(json, household.origin());
            json.end();
        }
        json.end();
    }

    static void words(FhirJson json, Commune commune) {
        json.text("district", commune.cercle2015().name())
                .text("state", commune.region2023().name())
                .text("country", "ML");
    }

    /** The codes of the commune and of what is above it, in both divisions of Mali. */
    static void divisions(FhirJson json, Commune commune) {
        json.array("extension");
        division(json, "region", commune.region2023());
        division(json, "region", commune.region2015());
        Division cercle = commune.cercle2023();
        if (cercle != null) {
            division(json, "cercle", cercle);
        }
        division(json, "cercle", commune.cercle2015());
        division(json, "commune", commune.commune());
        json.end();
    }

    private static void division(FhirJson json, String level, Division division) {
        json.object().text("url", Systems.extension(level));
        json.coding("valueCoding", Systems.division(division.since()), division.code(), division.name());
        json.end();
    }

    private static void contact(FhirJson json, Household household, Person person, int today) {
        if (person.ageInYears(today) >= MINOR) {
            return;
        }
        int answers =
                person.mother() >= 0 ? person.mother() : person.father() >= 0 ? person.father() : person.guardian();
        if (answers < 0 || answers >= household.members().size()) {
            return;
        }
        Person adult = household.members().get(answers);
        String words = answers == person.mother() ? "Mère" : answers == person.father() ? "Père" : "Répondant";
        json.array("contact").object().array("relationship");
        json.concept(Systems.hl7("v2-0131"), "N", words);
        json.end();
        json.object("name").text("family", adult.family().text());
        json.array("given").element(adult.given().text()).end().end();
        json.end().end();
    }
}
