package ml.keneya.load.sheets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.terminal.Terminal;

/** Says what became of spreadsheets, in words or in JSON. */
public final class SheetReport {
    private final Terminal terminal;
    private final boolean json;

    public SheetReport(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    public void summary(ObjectNode summary, String key, Object... values) {
        if (json) {
            ObjectNode document = Json.object();
            document.set("summary", summary);
            terminal.json(document);
        } else {
            terminal.say(key, values);
        }
    }

    /** Says the faults, and writes those of each file beside it. */
    public void faults(Faults faults, List<Path> files, Path where) {
        if (json) {
            faults.all().forEach(this::fault);
        } else {
            faults.show(terminal);
        }
        boolean written = false;
        try {
            for (Path file : files) {
                written |= faults.writeBeside(file);
            }
        } catch (IOException unwritable) {
            // What is wrong has been said; a folder that cannot be written must not hide it.
            terminal.remark("fault.not-written", where, unwritable.getClass().getSimpleName());
            return;
        }
        if (written) {
            terminal.remark("fault.written", where);
        }
    }

    private void fault(Fault fault) {
        ObjectNode document = Json.object();
        document.putObject("fault")
                .put("file", fault.file())
                .put("line", fault.line())
                .put("column", fault.column())
                .put("value", fault.value())
                .put("what", fault.what())
                .put("remedy", fault.remedy());
        terminal.json(document);
    }
}
