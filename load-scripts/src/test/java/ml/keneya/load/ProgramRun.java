package ml.keneya.load;

import java.util.List;
import java.util.Map;
import ml.keneya.load.test.CapturedTerminal;
import ml.keneya.load.test.PassingTime;

/** The program as a user runs it: arguments in, words and exit status out. */
record ProgramRun(int status, String results, String remarks, PassingTime time) {
    static ProgramRun of(String... arguments) {
        return in(Map.of(), arguments);
    }

    static ProgramRun in(Map<String, String> environment, String... arguments) {
        var output = new CapturedTerminal();
        var time = new PassingTime();
        int status = LoadScripts.run(
                List.of(arguments), environment, output.resultStream(), output.remarkStream(), time.timing());
        return new ProgramRun(status, output.results(), output.remarks(), time);
    }
}
