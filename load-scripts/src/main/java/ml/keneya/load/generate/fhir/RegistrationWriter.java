package ml.keneya.load.generate.fhir;

import java.time.LocalDate;
import java.util.List;
import ml.keneya.load.generate.chance.Chance;
import ml.keneya.load.generate.chance.RecordUuid;
import ml.keneya.load.generate.fhir.Sink.RecordName;
import ml.keneya.load.generate.people.Household;
import ml.keneya.load.generate.people.Person;

/** Writes what a CSCom notes when it registers people: the persons, who answers for a child, who pays, the family. */
public final class RegistrationWriter {
    private static final long RELATED = 31;
    private static final long COVERAGE = 32;
    private static final long GROUP = 33;
    private static final int MINOR = 15;
    private static final int RAMU_STARTS = (int) LocalDate.of(2025, 9, 1).toEpochDay();

    private final long key;

    public RegistrationWriter(long key) {
        this.key = key;
    }

    /** @param today the day of registration: a death after it is not known yet */
    public void write(Sink sink, Written written, int today, boolean deathKnown) {
        Household household = written.household();
        Person person = written.person();
        PatientWriter.write(sink, written, false, deathKnown, today);
        if (person.ageInYears(today) < MINOR) {
            related(sink, written, person.mother(), "MTH", "Mère");
            related(sink, written, person.father(), "FTH", "Père");
            related(sink, written, person.guardian(), "GUARD", "Répondant");
        }
        if (!household.cover().isNone() && written.withPapers()) {
            coverages(sink, written, today);
        }
    }

    /** The person alone, as it stands in the bundle of a visit. */
    public void writePatient(Sink sink, Written written, int today, boolean deathKnown) {
        PatientWriter.write(sink, written, false, deathKnown, today);
    }

    /** The record of a person who has died, brought up to date. */
    public void writeDeath(Sink sink, Written written) {
        PatientWriter.write(sink, written, true, true, written.person().death());
    }

    private void related(Sink sink, Written written, int position, String code, String words) {
        Household household = written.household();
        if (position < 0 || position >= household.members().size()) {
            return;
        }
        Person adult = household.members().get(position);
        FhirJson json = sink.begin(named("RelatedPerson", written, RELATED, position));
        json.flag("active", true);
        json.reference("patient", sink.link(written.name()));
        json.array("relationship");
        json.concept(Systems.hl7("v3-RoleCode"), code, words);
        json.end();
        json.array("name")
                .object()
                .text("use", "official")
                .text("family", adult.family().text());
        json.array("given").element(adult.given().text()).end().end().end();
        String phone = adult.phone() == null ? household.phone() : adult.phone();
        if (phone != null) {
            json.array("telecom").object();
            PatientWriter.phoneOf(json, phone, adult.phone() == null && position > 0 ? "household" : "self");
            json.end().end();
        }
        json.text("gender", adult.female() ? "female" : "male");
        PatientWriter.birthDate(json, adult);
        sink.end();
    }

    private RecordName named(String type, Written written, long kind, long number) {
        long person = Chance.key(written.uuid());
        return RecordName.of(type, RecordUuid.of(key, person, kind, number));
    }

    private void coverages(Sink sink, Written written, int today) {
        Household.Cover cover = written.household().cover();
        boolean moves = cover.movedToRamu() && today < RAMU_STARTS;
        int start = Math.max(today - 400, written.person().birth());
        if (!cover.movedToRamu() || today < RAMU_STARTS) {
            coverage(sink, written, 0, cover.scheme(), start, moves ? RAMU_STARTS - 1 : -1);
        }
        if (cover.movedToRamu()) {
            coverage(
                    sink,
                    written,
                    1,
                    "RAMU",
                    Math.max(RAMU_STARTS, written.person().birth()),
                    -1);
        }
    }

    private void coverage(Sink sink, Written written, int number, String scheme, int start, int end) {
        Person person = written.person();
        FhirJson json = sink.begin(named("Coverage", written, COVERAGE, number));
        json.text("status", "active");
        json.concept("type", Systems.codes("coverage-type"), scheme, "");
        json.text("subscriberId", written.household().cover().number());
        json.reference("beneficiary", sink.link(written.name()));
        String relationship =
                person.position() == 0 ? "self" : person.mother() == 0 || person.father() == 0 ? "child" : "other";
        json.concept("relationship", Systems.hl7("subscriber-relationship"), relationship, "");
        json.object("period").date("start", start);
        if (end >= 0) {
            json.date("end", end);
        }
        json.end();
        json.array("payor").object().text("display", payor(scheme)).end().end();
        sink.end();
    }

    private static String payor(String scheme) {
        return switch (scheme) {
            case "AMO", "RAMU" -> "Caisse nationale d'assurance maladie (CANAM)";
            case "RAMED" -> "Agence nationale d'assistance médicale (ANAM)";
            default -> "Union technique de la mutualité (UTM)";
        };
    }

    /** The family as the protection programme knows it. */
    public void writeFamily(Sink sink, Household household, List<Written> members, String tag) {
        RecordName name = RecordName.of("Group", RecordUuid.of(key, household.number(), GROUP));
        FhirJson json = sink.begin(name);
        json.array("identifier")
                .object()
                .text("system", Systems.HOUSEHOLD)
                .text("value", tag + "-" + household.number())
                .end()
                .end();
        json.flag("active", true).text("type", "person").flag("actual", true);
        json.words("code", "Famille accompagnée par le programme de protection");
        json.text("name", "Famille " + household.members().get(0).family().text());
        json.whole("quantity", members.size());
        json.reference("managingEntity", "Organization/" + household.home().code());
        json.array("member");
        for (Written member : members) {
            json.object().reference("entity", sink.link(member.name())).end();
        }
        json.end();
        sink.end();
    }
}
