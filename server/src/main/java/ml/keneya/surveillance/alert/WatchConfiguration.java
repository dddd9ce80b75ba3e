package ml.keneya.surveillance.alert;

import java.time.Clock;
import ml.keneya.surveillance.alert.WatchesWeeks.Schedule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives those who watch weeks and deadlines their clock. */
@Configuration(proxyBeanMethods = false)
class WatchConfiguration {

    @Bean
    WatchesWeeks watchesWeeks(
            JdbcClient jdbc, PlatformTransactionManager transactions, LooksAtWeeks looks, AlertSettings settings) {
        return new WatchesWeeks(
                jdbc,
                new TransactionTemplate(transactions),
                looks,
                new Schedule("weeks", Clock.systemUTC(), settings.everyHowLong()));
    }

    @Bean
    WatchesDeadlines watchesDeadlines(
            OverdueAlerts overdue, EscalatesAlerts escalates, PlatformTransactionManager transactions) {
        return new WatchesDeadlines(overdue, escalates, new TransactionTemplate(transactions), Clock.systemUTC());
    }
}
