package ml.keneya.load.bundles;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import ml.keneya.load.exchange.Answer;
import ml.keneya.load.exchange.Issue;

/** Reads what the exchange answered to a bundle. */
public final class BundleAnswer {
    /** The same was accepted so long ago that only this is still known: there is nothing left to send. */
    private static final String ANSWER_FORGOTTEN = "ML-INTAKE-013";

    private final String name;
    private final Answer answer;
    private final List<String> locations = new ArrayList<>();
    private final List<Issue> issues = new ArrayList<>();
    private int kept;
    private boolean someRefused;

    private BundleAnswer(String name, Answer answer) {
        this.name = name;
        this.answer = answer;
    }

    public static Outcome read(String name, Answer answer) {
        return new BundleAnswer(name, answer).read();
    }

    private Outcome read() {
        List<Issue> remarks = Issue.of(answer.document());
        if (remarks.stream().anyMatch(remark -> remark.code().equals(ANSWER_FORGOTTEN))) {
            return new Outcome.Accepted(name, List.of(), 0, List.of(), true);
        }
        if (!answer.isSuccess() || !isResponseBundle()) {
            // A success that is no answer to a bundle comes from something else than an exchange: nothing was kept.
            return new Outcome.Refused(name, answer.status(), 0, remarks);
        }
        answer.document().path("entry").forEach(this::readEntry);
        if (someRefused) {
            return new Outcome.Refused(name, answer.status(), kept, issues);
        }
        List<Issue> warnings = issues.stream().filter(Issue::isWarning).toList();
        return new Outcome.Accepted(name, locations, kept, warnings, answer.isReplay());
    }

    private boolean isResponseBundle() {
        return answer.isA("Bundle") && answer.document().path("type").asText().endsWith("-response");
    }

    private void readEntry(JsonNode entry) {
        JsonNode response = entry.path("response");
        issues.addAll(Issue.of(response.path("outcome")));
        if (response.path("status").asText().startsWith("2")) {
            kept++;
        } else {
            someRefused = true;
        }
        locations.add(response.path("location").asText());
    }
}
