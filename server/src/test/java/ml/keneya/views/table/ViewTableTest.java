package ml.keneya.views.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import ml.keneya.views.definition.ColumnType;
import ml.keneya.views.definition.Identifying;
import ml.keneya.views.definition.Indexed;
import ml.keneya.views.definition.ViewColumn;
import org.junit.jupiter.api.Test;

class ViewTableTest {

    @Test
    void leavesRowsWithoutAValueOutOfAnIndexOnlyWhereTheyAreNotLookedUp() {
        List<String> statements = new ViewTable(
                        new Identifier("visit_1"),
                        List.of(
                                column("day", Indexed.ALL),
                                column("disease", Indexed.KNOWN),
                                column("status", Indexed.NO)))
                .creation();

        assertThat(statements)
                .contains("create index on \"keneya_view\".\"visit_1\" (\"day\")")
                .contains("create index on \"keneya_view\".\"visit_1\" (\"disease\") where \"disease\" is not null")
                .noneMatch(statement -> statement.startsWith("create index") && statement.contains("status"));
    }

    private static ViewColumn column(String name, Indexed indexed) {
        return new ViewColumn(name, ColumnType.TEXT, false, Identifying.NO, indexed, List.of(), "");
    }
}
