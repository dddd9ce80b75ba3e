package ml.keneya.load.agency;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import ml.keneya.load.agency.WeekTable.Line;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.terminal.CsvLine;
import ml.keneya.load.terminal.Messages;
import ml.keneya.load.terminal.Terminal;
import ml.keneya.load.terminal.TextTable;

/** Writes the counts of a week. */
public final class WeekView {
    private final Terminal terminal;

    public WeekView(Terminal terminal) {
        this.terminal = terminal;
    }

    public void table(WeekTable week) {
        Messages words = terminal.messages();
        var table = new TextTable(List.of(
                words.text("week.region"),
                words.text("week.diagnosis"),
                words.text("week.case"),
                words.text("week.mode"),
                words.text("week.count")));
        for (Line line : week.lines()) {
            table.add(List.of(
                    line.region().isEmpty() ? words.text("week.no-region") : line.region(),
                    diagnosis(line),
                    words.textOr("case." + line.caseClassification(), line.caseClassification()),
                    words.textOr("mode." + line.mode(), line.mode()),
                    String.valueOf(line.count())));
        }
        table.printTo(terminal);
    }

    private String diagnosis(Line line) {
        if (!line.diagnosis().isEmpty()) {
            return line.diagnosis();
        }
        Messages words = terminal.messages();
        return line.reason().isEmpty() ? words.text("week.no-diagnosis") : words.text("week.reason", line.reason());
    }

    void csv(EpidemiologicalWeek number, WeekTable week) {
        terminal.line("week,region,diagnosis,reason,caseClassification,mode,count");
        for (Line line : week.lines()) {
            terminal.line(CsvLine.of(List.of(
                    number.toString(),
                    line.region(),
                    line.diagnosis(),
                    line.reason(),
                    line.caseClassification(),
                    line.mode(),
                    String.valueOf(line.count()))));
        }
    }

    public static ObjectNode json(EpidemiologicalWeek number, WeekTable week) {
        ObjectNode described = Json.object()
                .put("week", number.toString())
                .put("from", number.monday().toString())
                .put("before", number.nextMonday().toString())
                .put("encounters", week.encounters());
        ArrayNode lines = described.putArray("counts");
        week.lines()
                .forEach(line -> lines.addObject()
                        .put("region", line.region())
                        .put("diagnosis", line.diagnosis())
                        .put("reason", line.reason())
                        .put("caseClassification", line.caseClassification())
                        .put("mode", line.mode())
                        .put("count", line.count()));
        return described;
    }
}
