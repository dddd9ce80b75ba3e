package ml.keneya.views.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.stream.Stream;
import ml.keneya.views.upkeep.TableEntry.State;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BringsViewsUpToDateTest {

    @Test
    @DisplayName("After an upgrade alerts stopped until every view before \"patient\" in the alphabet was built")
    void buildsFirstWhatAlertsWaitFor() {
        assertThat(BringsViewsUpToDate.inOrder(Stream.of("address", "condition", "encounter", "patient", "task")
                        .map(BringsViewsUpToDateTest::waiting)
                        .toList()))
                .extracting(TableEntry::viewName)
                .containsExactly("address", "patient", "condition", "encounter", "task");
    }

    private static TableEntry waiting(String view) {
        return new TableEntry(
                view + "_1", view, "Basic", "", "", State.BUILDING, 1, 0, 0, false, 0, 0, OffsetDateTime.MIN, null);
    }
}
