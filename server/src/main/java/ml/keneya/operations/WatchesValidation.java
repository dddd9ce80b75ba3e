package ml.keneya.operations;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import ml.keneya.fhir.ServedTypes;
import ml.keneya.validation.JudgedRecords;
import ml.keneya.validation.RechecksAccepts;
import ml.keneya.validation.RechecksAccepts.Counts;
import ml.keneya.validation.RecordValidation;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Raises the alarm when the compiled validator was found to be wrong, and counts how often it was looked at. */
@Configuration(proxyBeanMethods = false)
class WatchesValidation {

    /**
     * Down once it was wrong, until the next start: what is wrong is the software, so nothing mends it in between. Not
     * a part of readiness: a server that is right about nearly all records goes on taking them.
     */
    @Bean
    HealthIndicator validationHealthIndicator(RechecksAccepts rechecks) {
        return () -> {
            Counts counts = rechecks.counts();
            Health.Builder health = counts.disagreements() == 0 ? Health.up() : Health.down();
            return health.withDetail("rechecked", counts.rechecked())
                    .withDetail("disagreements", counts.disagreements())
                    .withDetail("leftOut", counts.leftOut())
                    .build();
        };
    }

    @Bean
    MeterBinder validationMeters(RechecksAccepts rechecks) {
        return registry -> {
            count("keneya.validation.rechecked", "Accepts that were re-checked", rechecks, Counts::rechecked)
                    .register(registry);
            count("keneya.validation.disagreements", "Accepts that were wrong", rechecks, Counts::disagreements)
                    .register(registry);
            count("keneya.validation.left.out", "Accepts not re-checked for want of room", rechecks, Counts::leftOut)
                    .register(registry);
        };
    }

    @Bean
    MeterBinder judgedRecordMeters(RecordValidation validation, ServedTypes served) {
        return registry -> served.names().forEach(type -> {
            judged(type, "compiled", validation.judged(), JudgedRecords::byCompiledAlone)
                    .register(registry);
            judged(type, "official", validation.judged(), JudgedRecords::byOfficialToo)
                    .register(registry);
        });
    }

    private static FunctionCounter.Builder<JudgedRecords> judged(
            String type, String validator, JudgedRecords judged, ToDoubleBiFunction<JudgedRecords, String> of) {
        return FunctionCounter.builder("keneya.validation.records", judged, each -> of.applyAsDouble(each, type))
                .tag("type", type)
                .tag("validator", validator)
                .description("Records that were judged");
    }

    private static FunctionCounter.Builder<RechecksAccepts> count(
            String name, String description, RechecksAccepts rechecks, ToDoubleFunction<Counts> of) {
        return FunctionCounter.builder(name, rechecks, each -> of.applyAsDouble(each.counts()))
                .description(description);
    }
}
