package ml.keneya.store;

import static org.assertj.core.api.Assertions.assertThat;

import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** In transactions that are undone: all others go by the epoch. */
@KeneyaIntegrationTest
class NoticesRestoresIT {

    @Autowired
    NoticesRestores notices;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Test
    @DisplayName("A start on the same database begins no epoch")
    void leavesTheEpochOfTheSameDatabase() {
        undone(() -> {
            int before = epoch();
            notices.look();
            assertThat(epoch()).isEqualTo(before);
        });
    }

    @Test
    @DisplayName("A start on a restored database begins one epoch, once")
    void beginsAnEpochAfterARestore() {
        undone(() -> {
            int before = epoch();
            // Another cluster, another database of the same, and the same one brought back to an earlier moment.
            for (String other : new String[] {"'7' || origin", "replace(origin, '/', '/9')", "origin || 'F'"}) {
                jdbc.sql("update keneya.change_epoch set origin = " + other).update();
                notices.look();
                assertThat(epoch()).isEqualTo(++before);
                notices.look();
                assertThat(epoch()).isEqualTo(before);
            }
        });
    }

    @Test
    @DisplayName("The first start after the upgrade begins none")
    void keepsTheEpochOfAnExchangeThatKnewNoOrigin() {
        undone(() -> {
            int before = epoch();
            jdbc.sql("update keneya.change_epoch set origin = null").update();
            notices.look();
            assertThat(epoch()).isEqualTo(before);
            assertThat(jdbc.sql("select origin from keneya.change_epoch")
                            .query(String.class)
                            .single())
                    .matches("[0-9]+/[0-9]+/[0-9A-F]{8}");
        });
    }

    private int epoch() {
        return jdbc.sql("select epoch from keneya.change_epoch")
                .query(Integer.class)
                .single();
    }

    private void undone(Runnable work) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            status.setRollbackOnly();
            work.run();
        });
    }
}
