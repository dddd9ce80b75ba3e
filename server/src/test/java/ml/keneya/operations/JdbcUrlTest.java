package ml.keneya.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JdbcUrlTest {

    @Test
    void addsOurParameters() {
        assertThat(JdbcUrl.withOurParameters("jdbc:postgresql://db/keneya"))
                .startsWith("jdbc:postgresql://db/keneya?ApplicationName=keneya&")
                .contains("reWriteBatchedInserts=true");
    }

    @Test
    void leavesToTheOperatorWhatTheOperatorSays() {
        assertThat(JdbcUrl.withOurParameters("jdbc:postgresql://db/keneya?ApplicationName=copy2&sslmode=require"))
                .startsWith("jdbc:postgresql://db/keneya?ApplicationName=copy2&sslmode=require&currentSchema=public")
                .doesNotContain("ApplicationName=keneya");
    }

    @Test
    void showsNoParameterThatMayBeASecret() {
        assertThat(JdbcUrl.withoutParameters("jdbc:postgresql://db/keneya?password=secret"))
                .isEqualTo("jdbc:postgresql://db/keneya");
    }
}
