package ml.keneya.load.agency;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.terminal.CsvLine;
import ml.keneya.load.terminal.Messages;
import ml.keneya.load.terminal.Terminal;
import ml.keneya.load.terminal.TextTable;

/** Writes people with their vaccines, one dose a line. */
public final class PeopleView {
    private static final Dose NONE = new Dose(new ResourceKey("", ""), "", "", "", true);

    private final Terminal terminal;

    public PeopleView(Terminal terminal) {
        this.terminal = terminal;
    }

    public void table(List<Person> people) {
        Messages words = terminal.messages();
        var table = new TextTable(List.of(
                words.text("people.name"),
                words.text("people.sex"),
                words.text("people.born"),
                words.text("people.place"),
                words.text("people.vaccine"),
                words.text("people.dose"),
                words.text("people.date")));
        people.forEach(person -> addRows(table, person));
        table.printTo(terminal);
    }

    private void addRows(TextTable table, Person person) {
        String place = person.cercle().isEmpty() ? person.commune() : person.commune() + " (" + person.cercle() + ")";
        List<String> who = List.of(person.name(), sex(person), person.birthDate(), place);
        for (Dose dose : dosesOrNone(person)) {
            table.add(
                    List.of(who.get(0), who.get(1), who.get(2), who.get(3), vaccine(dose), dose.number(), dose.date()));
            who = List.of("", "", "", "");
        }
    }

    private static List<Dose> dosesOrNone(Person person) {
        return person.doses().isEmpty() ? List.of(NONE) : person.doses();
    }

    private String sex(Person person) {
        return terminal.messages().textOr("sex." + person.gender(), person.gender());
    }

    private String vaccine(Dose dose) {
        return dose.given() ? dose.vaccine() : terminal.messages().text("people.not-given", dose.vaccine());
    }

    void csvHeading() {
        terminal.line("patient,name,gender,birthDate,commune,cercle,vaccine,dose,date,given");
    }

    void csv(Person person) {
        for (Dose dose : dosesOrNone(person)) {
            terminal.line(CsvLine.of(List.of(
                    person.key().toString(),
                    person.name(),
                    person.gender(),
                    person.birthDate(),
                    person.commune(),
                    person.cercle(),
                    dose.vaccine(),
                    dose.number(),
                    dose.date(),
                    dose.vaccine().isEmpty() ? "" : String.valueOf(dose.given()))));
        }
    }

    public static ArrayNode json(List<Person> people) {
        ArrayNode array = Json.array();
        people.forEach(person -> array.add(json(person)));
        return array;
    }

    static ObjectNode json(Person person) {
        ObjectNode described = Json.object()
                .put("patient", person.key().toString())
                .put("name", person.name())
                .put("gender", person.gender())
                .put("birthDate", person.birthDate())
                .put("commune", person.commune())
                .put("cercle", person.cercle());
        ArrayNode doses = described.putArray("immunizations");
        person.doses()
                .forEach(dose -> doses.addObject()
                        .put("immunization", dose.key().toString())
                        .put("vaccine", dose.vaccine())
                        .put("dose", dose.number())
                        .put("date", dose.date())
                        .put("given", dose.given()));
        return described;
    }
}
