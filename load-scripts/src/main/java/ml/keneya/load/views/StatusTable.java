package ml.keneya.load.views;

import java.util.List;
import ml.keneya.load.terminal.Messages;
import ml.keneya.load.terminal.Terminal;
import ml.keneya.load.terminal.TextTable;
import ml.keneya.load.views.ViewTables.Told;

/** Shows how the tables are. */
final class StatusTable {
    private final Terminal terminal;

    StatusTable(Terminal terminal) {
        this.terminal = terminal;
    }

    void show(List<Told> tables) {
        Messages messages = terminal.messages();
        var table = new TextTable(List.of(
                messages.text("views.view"),
                messages.text("views.table"),
                messages.text("views.state"),
                messages.text("views.copied"),
                messages.text("views.unfit")));
        for (Told each : tables) {
            String state = each.text("state");
            table.add(List.of(
                    each.text("name"),
                    each.text("table"),
                    messages.textOr("views.state." + state, state),
                    each.text("copied") + " / " + each.text("expected"),
                    each.text("unfit")));
        }
        table.printTo(terminal);
    }
}
